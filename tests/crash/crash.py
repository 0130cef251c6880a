#!/usr/bin/env python3
"""Kills the hub at one named durable point of the story and expects the end that an undisturbed hub reaches.

usage: crash.py --build BUILD --point NAME[:N] [--store sqlite|postgres]

The hub is started with ORDERHUB_CRASH_AT; when it has killed itself there it is started again without. The stand-ins keep their
own ledger of what took effect: nothing may be missing, nothing may stand there twice.
"""
import argparse
import signal
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import wait_for  # noqa: E402
from killed_hub import KilledHub, store  # noqa: E402
from stage import stage, verdict  # noqa: E402

class Watched(KilledHub):
    """Starts again, once, when it has been killed; counts how often that happened."""

    deaths = 0
    over = False

    def start(self, crash_at=None, wait=True):
        super().start(crash_at, wait=False)
        threading.Thread(target=self.restart, args=(self.process,), daemon=True).start()
        if wait:
            self.wait_ready()

    def has_ended(self):
        # The point may lie in what a hub writes before it is ready.
        return self.process.poll() not in (None, -signal.SIGKILL)

    def restart(self, process):
        code = process.wait()
        if self.over or code != -signal.SIGKILL:
            return
        super().start(wait=False)
        self.deaths += 1
        if self.over:  # the test has ended meanwhile: nothing may stay behind
            self.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--point", required=True)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args()
    with store(options.store) as database, stage(options.build, Watched) as story:
        hub, systems = story.hub, story.systems
        hub.keep_in(database)
        systems.send_webhooks_to(hub.url)
        if options.point.startswith("migration."):
            hub.start(options.point, wait=False)
            wait_for("the hub was killed while it migrated", lambda: hub.deaths)
            hub.wait_ready()
            hub.stop()
            hub.make_token()
            hub.start()
        else:
            hub.make_token()
            hub.start(options.point)
        story.tell_short()
        story.equal(f"the hub was killed at {options.point}", hub.deaths, 1)
        refunds = [each for each in systems.effects() if each["kind"] == "refund.create"]
        story.equal("the ledger has the two refunds", len(refunds), 2)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
