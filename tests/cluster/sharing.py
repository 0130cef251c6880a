#!/usr/bin/env python3
"""Several hubs on one database under load: one is killed, one is stopped and woken after its lease has ended.

usage: sharing.py --build BUILD [--hubs N]

Checked: the hubs migrate an empty database together, each once; each connector is polled by one hub at a time; the effects of one
order come in the order of their deliveries; a killed hub's work is taken over; a hub that wakes too late does no harm and says
so; nothing that was acknowledged is lost, nothing takes effect twice.
"""
import argparse
import contextlib
import sys
import time

from database import Postgres
from hubs import cluster_stage
from ledger import DELIVERIES, out_of_order
from programs import wait_for
from work import Work
from stage import verdict

POLLED = ("shop", "desk")


class Sharing:
    def __init__(self, story, postgres):
        self.story, self.postgres, self.cluster = story, postgres, story.hub

    def rows(self, sql):
        return self.postgres.query(sql, "hub")

    def tokens(self):
        """Of the hubs that are registered."""
        return {token for token, in self.rows("SELECT token FROM hubs")}

    def tokens_of(self, hub):
        """Of one; another than before if it was starved, has lost its lease and has registered anew."""
        return {token for token, in self.rows(f"SELECT token FROM hubs WHERE name LIKE '%:{hub.port}'")}

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
        wait_for("all hubs are registered", lambda: len(self.tokens()) == len(self.cluster.hubs))

    def polled_by_one(self):
        """While a lease stays where it is only that hub's count of polls grows. One that is starved may lose it: then it is
        looked again."""
        def counts():
            return {(connector, number): hub.metric("orderhub_routing_total", connector=connector, event="polled")
                    for connector in POLLED for number, hub in enumerate(self.cluster.hubs)}

        def leases():
            return self.rows("SELECT name, owner FROM leases WHERE name LIKE 'poll %' ORDER BY name")

        def grown():
            held, before = leases(), counts()
            wait_for("each connector is polled three times", lambda: all(
                sum(count - before[each] for each, count in counts().items() if each[0] == connector) >= 3 for connector in POLLED))
            seen = [each for each, count in counts().items() if count > before[each]]
            return seen if leases() == held else None
        seen = wait_for("the leases stay where they are", grown)
        self.story.equal("each is polled by one hub", [connector for connector, _ in seen], list(POLLED))

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
        hub = self.cluster.hubs[0]
        wait_for("it has begun something", lambda: self.tokens_of(hub) & set(self.begun()))
        begun, gone, killed = self.begun(), self.tokens_of(hub), time.monotonic()
        hub.kill()
        self.story.say(f"\nA hub is killed; begun were {begun}")
        gone |= self.tokens_of(hub)
        wait_for("its registration is removed", lambda: not gone & self.tokens())
        wait_for("its work is taken over", lambda: not gone & set(self.begun()))
        self.story.say(f"  after {time.monotonic() - killed:.1f} s; {sum(begun.get(each, 0) for each in gone)} pieces of work")
        hub.start()

    def stop_and_wake_one(self):
        hub = self.cluster.hubs[1]
        self.story.say("\nA hub is stopped, and woken when its lease has ended")
        self.cluster.balance(out=[hub])
        hub.freeze()
        gone = self.tokens_of(hub)
        wait_for("its registration is removed", lambda: not gone & self.tokens())
        wait_for("its work is taken over", lambda: not gone & set(self.begun()))
        hub.thaw()
        wait_for("it registers anew, under another token", lambda: self.tokens_of(hub) - gone)
        wait_for("its log says so", lambda: "another hub has taken over" in hub.log())
        wait_for("its metrics say so", lambda: hub.metric("orderhub_store_total", event="fenced") >= 1)
        wait_for("it is ready", hub.is_ready)
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
    wait_for("a hundred orders are taken", lambda: work.acknowledged() >= 100, 240)
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
