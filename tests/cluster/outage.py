#!/usr/bin/env python3
"""The database goes away under load, and comes back: stopped at once, then frozen with its connections open. One hub of
several is killed and started again meanwhile.

usage: outage.py --build BUILD [--hubs N] [--kind stopped|frozen] [--seconds S]

8 seconds stopped or 14 frozen at least, 60 with ORDERHUB_LONG=1. While it is away intake answers 503, as it does to all that it
cannot take, and /readyz is red: the database comes back only when both were seen. Then all goes on, nothing that was acknowledged is
lost and nothing takes effect twice.
"""
import argparse
import contextlib
import os
import sys
import threading
import time

from database import Postgres
from hubs import cluster_stage
from programs import wait_for
from work import Work
from stage import verdict

NORMAL_S = {"stopped": 8, "frozen": 14}  # a frozen server is waited for some seconds before it counts as lost
REFUSALS = 5


def lose(postgres, kind, seconds):
    """Gives the moments at which it went and came back."""
    gone = time.monotonic()
    postgres.stop() if kind == "stopped" else postgres.freeze()
    yield gone
    threading.Event().wait(max(0, gone + seconds - time.monotonic()))
    postgres.start() if kind == "stopped" else postgres.thaw()
    yield time.monotonic()


def start_again(story, cluster):
    """A hub that starts waits for its database, and says so."""
    hub = cluster.hubs[-1]
    cluster.balance(out=[hub])
    hub.kill()
    hub.start(wait=False)
    wait_for("the hub says what it waits for", lambda: hub.has_ended() or "trying again" in hub.log())
    story.check("a hub that starts waits for its database", not hub.has_ended(), hub.log()[-500:])


def play(story, postgres, options):
    cluster, work = story.hub, Work(story)
    cluster.make_token()
    cluster.start()
    work.begin()
    wait_for("a hundred orders are taken", lambda: work.acknowledged() >= 100, 240)
    shop = work.shop
    outage = lose(postgres, options.kind, options.seconds)
    gone = next(outage)
    for hub in cluster.hubs:
        wait_for("/readyz is red", lambda hub=hub: hub.is_ready() is False)
    story.say(f"  /readyz is red after {time.monotonic() - gone:.1f} s")
    # An answer comes although the database gives none.
    wait_for("intake refuses with 503 meanwhile", lambda: shop.count(503) >= REFUSALS)
    if len(cluster.hubs) > 1:
        start_again(story, cluster)
    back = next(outage)
    taken = work.acknowledged()
    wait_for("intake takes orders again", lambda: work.acknowledged() > taken + 5)
    story.say(f"  orders are taken again {time.monotonic() - back:.1f} s after it came back")
    for hub in cluster.hubs:
        wait_for("/readyz is green", hub.is_ready)
    cluster.balance()
    wait_for("and a hundred more", lambda: work.acknowledged() >= taken + 100, 240)
    during = [each for each in shop.posts if gone + 1 < each[0] < back]
    # 0: what the hub that was killed had been asked.
    answers = {status for _, status, _ in during} - {202, 503, *([0] if len(cluster.hubs) > 1 else [])}
    story.equal("answers other than taken and refused", sorted(answers), [])
    work.end_and_judge()
    story.say(f"  intake's slowest refusal took {shop.slowest(503, 0):.1f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--hubs", type=int, default=1)
    parser.add_argument("--kind", choices=["stopped", "frozen"], default="stopped")
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    if options.seconds is None:
        options.seconds = 60 if os.environ.get("ORDERHUB_LONG") else NORMAL_S[options.kind]
    with contextlib.closing(Postgres()) as postgres:
        postgres.start()
        with cluster_stage(options.build, postgres.make_database("hub"), options.hubs) as story:
            play(story, postgres, options)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
