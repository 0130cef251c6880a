#!/usr/bin/env python3
"""kill -9 before and after each step of a run: the hub that is started again goes on at the step, and each of its effects is
there once.

usage: flow_kills.py --build BUILD [--store sqlite|postgres]
"""
import argparse
import contextlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools/story"))

from hub import Gone, wait_for  # noqa: E402
from killed_hub import KilledHub, store  # noqa: E402
from signed_shop import SignedShop, connector  # noqa: E402
from stage import stage, verdict  # noqa: E402

FLOW = """
flow: chores
title: Effects of every kind
starts: {by_hand: true}
after:
  - {id: first, note: "one"}
  - {id: sent, submit: {action: fulfil, input: {lines: [{line_id: l1, quantity: 1}]}}}
  - id: both
    for_each: {in: "{1, 2}", as: n, do: [{id: each, note: "two {{ n }}"}]}
  - {id: raised, exception: {code: chore, message: look}}
  - {id: last, note: "three"}
"""
STEPS = ["first", "sent", "both", "each", "each", "raised", "last"]
NOTES = ["one", "two 1", "two 2", "three"]


def order_of(hub, number):
    found = hub.request("GET", f"/api/v1/orders?q={number}")["items"]
    return found[0]["id"] if found else None


def run_once(story, point, number):
    hub = story.hub
    hub.start(crash_at=point)
    SignedShop(hub.port).post_until_taken(number)
    order = wait_for("the order is there", lambda: order_of(hub, number))
    with contextlib.suppress(Gone):  # the hub may be killed before it has answered
        hub.request("POST", "/api/v1/flow-runs", {"flow": "chores", "order_id": order})
    hub.process.wait(timeout=120)
    story.equal(f"{point}: the hub was killed", hub.process.returncode, -9)
    hub.start()
    [started] = hub.request("GET", f"/api/v1/flow-runs?order={order}")["items"]
    path = f"/api/v1/flow-runs/{started['id']}"
    wait_for("the run is over", lambda: hub.request("GET", path)["state"] in ("done", "failed"))
    judge(story, point, hub.request("GET", path), order)
    hub.stop()


def judge(story, point, run, order):
    hub = story.hub
    story.equal(f"{point}: state", (run["state"], run["message"]), ("done", ""))
    story.equal(f"{point}: steps", [step["step"] for step in run["steps"]], STEPS)
    story.equal(f"{point}: all done", {step["state"] for step in run["steps"]}, {"done"})
    events = hub.request("GET", f"/api/v1/orders/{order}/events?limit=200")["items"]
    story.equal(f"{point}: notes", [each["data"]["text"] for each in events if each["type"] == "flow.note"], NOTES)
    shown = hub.request("GET", f"/api/v1/orders/{order}")
    story.equal(f"{point}: fulfilments", len(shown["fulfilments"]), 1)
    story.equal(f"{point}: actions", [each["action"] for each in shown["actions"]], ["fulfil"])
    story.equal(f"{point}: exceptions", [each["code"] for each in shown["exceptions"]], ["chore"])


def play(story, database):
    hub = story.hub
    flows = hub.folder / "flows"
    flows.mkdir()
    (flows / "chores.yaml").write_text(FLOW)
    hub.configure(lambda configuration: configuration.update(connectors=[connector()], routes={}, flows=str(flows)))
    hub.keep_in(database)
    hub.make_token()
    for index in range(1, len(STEPS) + 1):
        for name in ("due", "stepped"):
            run_once(story, f"flow.{name}:{index}", f"{name}-{index}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args()
    with store(options.store) as database, stage(options.build, KilledHub) as story:
        play(story, database)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
