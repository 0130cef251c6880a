#!/usr/bin/env python3
"""Several hubs on one database under load: one is killed, one is stopped and woken after its lease has ended.

usage: sharing.py --build BUILD [--hubs N]

Checked: the hubs migrate an empty database together, each once; each connector is polled by one hub at a time; the effects of one
order come in the order of their deliveries; a killed hub's work is taken over within 10 s; a hub that wakes too late does no harm
and says so; nothing that was acknowledged is lost, nothing takes effect twice.
"""
import argparse
import contextlib
import sys
import threading
import time

from database import Postgres
from hubs import cluster_stage
from ledger import DELIVERIES, out_of_order
from programs import wait_for
from work import Work
from stage import verdict

TAKEOVER_S = 10
POLLED = ("shop", "desk")


def pause(seconds):
    threading.Event().wait(seconds)


class Sharing:
    def __init__(self, story, postgres):
        self.story, self.postgres, self.cluster = story, postgres, story.hub

    def rows(self, sql):
        return self.postgres.query(sql, "hub")

    def tokens(self):
        """Of the hubs that are registered."""
        return {token for token, in self.rows("SELECT token FROM hubs")}

    def begun(self):
        """{token of a hub: how much it has begun and not ended}"""
        return {owner: int(count) for owner, count in self.rows(
            "SELECT owner, count(*) FROM (SELECT owner FROM inbox WHERE state = 'working' UNION ALL"
            " SELECT owner FROM deliveries WHERE state = 'in_flight') AS begun GROUP BY owner")}

    def start_together(self):
        self.story.say(f"\n{len(self.cluster.hubs)} hubs start at once on an empty database")
        self.cluster.start()
        steps = self.rows("SELECT number FROM schema_migrations ORDER BY number")
        self.story.check("each step of the schema ran once", steps and len(steps) == len({step for step, in steps}), steps)
        self.story.equal("hubs registered", len(self.tokens()), len(self.cluster.hubs))

    def polled_by_one(self, seconds=7):
        """Over some seconds only one hub's count of polls grows, for each connector."""
        def counts():
            return {(connector, number): hub.metric("orderhub_routing_total", connector=connector, event="polled")
                    for connector in POLLED for number, hub in enumerate(self.cluster.hubs)}
        before = counts()
        pause(seconds)
        grown = [(connector, number) for (connector, number), count in counts().items()
                 if count > before[connector, number]]
        self.story.equal("each is polled, by one hub", [connector for connector, _ in grown], list(POLLED))

    def slow_desk(self):
        """So that something is always on its way when a hub goes."""
        for match in ("PUT /ticket", "POST /ticket"):
            self.story.systems.control("faults", {"system": "rt", "match": match, "mode": "latency", "times": 1000,
                                                  "delay_ms": 400})

    def begin_many_on_one_order(self, count=6):
        """Returns of one order, one after the other, through whatever hub: what follows is to keep their order."""
        story = self.story
        placed = story.order_arrives("zoe", {"TEE-L": count + 2})
        story.is_shipped(placed)
        return placed, [story.submit("return", placed, story.units_of(1)) for _ in range(count)]

    def kill_one(self):
        hub, before = self.cluster.hubs[0], self.tokens()
        wait_for("each hub has begun something", lambda: len(self.begun()) > 1, 60)
        begun, killed = self.begun(), time.monotonic()
        hub.kill()
        self.story.say(f"\nA hub is killed; begun were {begun}")
        wait_for("its registration is removed", lambda: len(before - self.tokens()) == 1, TAKEOVER_S + 5)
        gone = (before - self.tokens()).pop()
        wait_for("its work is taken over", lambda: gone not in self.begun(), TAKEOVER_S + 5)
        took = time.monotonic() - killed
        self.story.check(f"its work is taken over within {TAKEOVER_S} s", took <= TAKEOVER_S, took)
        self.story.say(f"  after {took:.1f} s; {begun.get(gone, 0)} pieces of work")
        hub.start()

    def stop_and_wake_one(self):
        hub, before = self.cluster.hubs[1], self.tokens()
        self.story.say("\nA hub is stopped, and woken when its lease has ended")
        self.cluster.balance(out=[hub])
        hub.freeze()
        wait_for("its registration is removed", lambda: len(before - self.tokens()) == 1, TAKEOVER_S + 5)
        gone = (before - self.tokens()).pop()
        pause(2)
        self.story.check("its work is taken over", gone not in self.begun(), self.begun())
        hub.thaw()
        wait_for("it registers anew", lambda: len(self.tokens()) == len(self.cluster.hubs), 15)
        self.story.check("under another token", gone not in self.tokens(), self.tokens())
        self.story.check("its log says so", "another hub has taken over" in hub.log(), hub.log()[-400:])
        self.story.check("its metrics say so", hub.metric("orderhub_store_total", event="fenced") >= 1)
        wait_for("it is ready", hub.is_ready, 15)
        self.cluster.balance()

    def ends_in_order(self):
        effects = self.story.systems.effects()
        wrong, compared = out_of_order(effects, self.rows(DELIVERIES))
        self.story.check("effects to compare", compared >= 10, compared)
        self.story.equal("orders whose effects came in another order", wrong, [])


def play(story, postgres):
    sharing, work = Sharing(story, postgres), Work(story)
    sharing.start_together()
    story.hub.make_token()
    work.begin()
    wait_for("a hundred orders are taken", lambda: work.acknowledged() >= 100, 120)
    sharing.slow_desk()
    sharing.polled_by_one()
    placed, returns = sharing.begin_many_on_one_order()
    sharing.kill_one()
    sharing.stop_and_wake_one()
    for done in returns:
        story.settled(placed, done)
    work.add(placed, "return", returns)
    work.end_and_judge()
    sharing.ends_in_order()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--hubs", type=int, default=2)
    options = parser.parse_args()
    with contextlib.closing(Postgres()) as postgres:
        postgres.start()
        with cluster_stage(options.build, postgres.make_database("hub"), options.hubs) as story:
            play(story, postgres)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
