#!/usr/bin/env python3
"""Failover for real: two PostgreSQL servers under Patroni, the primary killed under load, the standby promoted.

usage: failover.py --build BUILD [--hubs N] [--again]

The hubs find the new primary by themselves, within 30 s of its promotion, which is Patroni's matter; nothing that was
acknowledged is lost and nothing takes effect twice. --again starts the killed server as standby, waits until it follows, and kills the other (long mode does too).
"""
import argparse
import contextlib
import os
import sys
import time

from hubs import cluster_stage
from patroni import LOOP_S, TTL_S, PatroniPair
from programs import wait_for
from work import Work
from stage import verdict

LIMIT_S = 30


def fail_over(story, pair, work):
    taken = work.acknowledged()
    wait_for("more orders are taken", lambda: work.acknowledged() >= taken + 150, 240)
    wait_for("commits wait for the other server", pair.is_synchronous)
    primary, killed = pair.primary(), time.monotonic()
    primary.kill()
    wait_for("the other server is primary", pair.primary)
    promoted, taken = time.monotonic(), work.acknowledged()
    wait_for("orders are taken again", lambda: work.acknowledged() > taken + 2)
    took = time.monotonic() - promoted
    story.say(f"  promoted {promoted - killed:.1f} s after the kill (ttl {TTL_S} s, loop {LOOP_S} s), orders taken again"
              f" {time.monotonic() - promoted:.1f} s later")
    story.check(f"the hubs go on within {LIMIT_S} s", took <= LIMIT_S, took)
    for hub in story.hub.hubs:
        wait_for("/readyz is green", hub.is_ready)
    return primary


def play(story, pair, options):
    work = Work(story)
    story.hub.make_token()
    story.hub.start()
    work.begin()
    killed = fail_over(story, pair, work)
    if options.again:
        killed.program.start()
        wait_for("the killed server follows", pair.is_synchronous, 240)
        fail_over(story, pair, work)
    work.end_and_judge()
    story.say(f"  longest time without an order taken: {work.shop.longest_gap():.1f} s")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--hubs", type=int, default=1)
    parser.add_argument("--again", action="store_true", default=bool(os.environ.get("ORDERHUB_LONG")))
    options = parser.parse_args()
    with contextlib.closing(PatroniPair()) as pair:
        pair.start()
        with cluster_stage(options.build, pair.make_database("hub"), options.hubs) as story:
            play(story, pair, options)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
