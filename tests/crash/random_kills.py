#!/usr/bin/env python3
"""Kills the hub at random moments under a mixed load, leaves it alone until it is quiet, and asks the outside systems' own
ledger: nothing that was acknowledged is lost, nothing took effect twice.

usage: random_kills.py --build BUILD [--store sqlite|postgres] [--kills N] [--seed S]

50 kills, 500 with ORDERHUB_LONG=1. The seed is printed; given again it repeats the schedule of kills and the load's choices.
"""
import argparse
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from judge import Judge  # noqa: E402
from killed_hub import Killer, KilledHub, settled, store  # noqa: E402
from mixed_load import Load  # noqa: E402
from signed_shop import SignedShop, connector  # noqa: E402
from stage import stage, verdict  # noqa: E402


def play(story, options, database):
    hub, systems = story.hub, story.systems
    hub.configure(lambda configuration: configuration["connectors"].append(connector()))
    hub.keep_in(database)
    systems.send_webhooks_to(hub.url)
    hub.make_token()
    hub.start()
    load = Load(systems, hub, SignedShop(hub.port), options.seed)
    load.start()
    killer = Killer(hub, random.Random(options.seed), options.kills, database)
    killer.run()
    story.equal("workers that failed", load.finish(), [])
    story.equal("lives that ended by themselves", killer.early_ends, [])
    left, retried = settled(hub, systems)
    print(f"  {retried} times something was under way at three kills in a row, was set aside, and was tried again by hand")
    story.equal("still open after the load", left, [])
    promises = load.promises
    print(f"  {len(promises.signed)} signed orders, {len(promises.orders)} orders of the shop, {len(promises.actions)} actions"
          f" ({promises.refused} refused), {len(promises.tickets)} tickets, {len(systems.effects())} effects")
    Judge(story, promises).judge()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--kills", type=int, default=500 if os.environ.get("ORDERHUB_LONG") else 50)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    print(f"random_kills.py --store {options.store} --kills {options.kills} --seed {options.seed}", flush=True)
    started = time.monotonic()
    with store(options.store) as database, stage(options.build, KilledHub) as story:
        play(story, options, database)
    print(f"  {time.monotonic() - started:.0f} s")
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
