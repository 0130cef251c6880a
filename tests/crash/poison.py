#!/usr/bin/env python3
"""A message that takes its process down each time is set aside by the hub itself, and those around it are worked on.

usage: poison.py --build BUILD [--isolation MODE] [--neighbours N]

The connector frail (frail_connector.cpp) aborts its process, the hub or its own, at a marked message. That one stands in the middle of others,
which are under way at the same time when it strikes.
"""
import argparse
import hashlib
import hmac
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import wait_for  # noqa: E402
from killed_hub import KilledHub  # noqa: E402
from stage import stage, verdict  # noqa: E402

SECRET = "a secret of the frail connector"
MOST_STARTS = 20


class LivingHub(KilledHub):
    """Is started again whenever it goes down, as its supervisor would; `deaths` counts that."""

    deaths = 0
    over = False

    def keep_alive(self):
        while not self.over and self.deaths < MOST_STARTS:
            self.process.wait()
            if not self.over:
                self.deaths += 1
                self.start(wait=False)


def configure(hub, build, isolation):
    entry = {"name": "frail", "connector": "frail", "isolation": isolation, "unsigned": True,
             "grant": {"records": ["case"]}, "config": {"webhook_secret": f"plain:{SECRET}"}}
    hub.configure(lambda configuration: configuration.update(
        plugins=str(Path(build).resolve() / "tests/crash"), connectors=[entry], routes={}))


def post(hub, body):
    """Until it is taken: the hub goes down meanwhile."""
    signature = "sha256=" + hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
    request = urllib.request.Request(hub.url + "/intake/frail", body.encode(), {"X-Signature": signature})

    def taken():
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status == 202
        except (urllib.error.URLError, OSError):
            return False
    wait_for(f"{body} is taken", taken)


def deaths_of_connector(hub):
    """Of its own process; 0 if it has none."""
    process = hub.get("/api/v1/connectors")["items"][0]["process"]
    return process["ends"] if process else 0


def play(story, build, isolation, neighbours):
    hub = story.hub
    configure(hub, build, isolation)
    hub.make_token()
    hub.start()
    threading.Thread(target=hub.keep_alive, daemon=True).start()
    names = [f"neighbour-{number}" for number in range(neighbours)]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda body: post(hub, body), [*names[:neighbours // 2], "poison", *names[neighbours // 2:]]))
    parked = wait_for("the message is set aside", lambda: hub.get("/api/v1/inbox", state="parked")["items"])
    wait_for("its neighbours are worked on", lambda: all(hub.case(name) for name in names), 240)
    story.equal("why it was set aside", [each["error"]["code"] for each in parked], ["crash_loop"])
    in_hub = isolation == "in_process"
    story.equal("so often it took the hub down", hub.deaths, 3 if in_hub else 0)
    story.equal("so often it took its own process down", deaths_of_connector(hub), 0 if in_hub else 3)
    late = hub.get("/api/v1/inbox", state="parked")["items"]
    story.equal("nothing else is set aside", len(late), 1)
    post(hub, "a late one")
    story.check("the hub goes on", wait_for("a late one", lambda: hub.case("a late one")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--isolation", default="in_process", choices=["in_process", "process", "sandboxed"])
    parser.add_argument("--neighbours", type=int, default=30)
    options = parser.parse_args()
    with stage(options.build, LivingHub) as story:
        play(story, options.build, options.isolation, options.neighbours)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
