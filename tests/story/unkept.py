#!/usr/bin/env python3
"""Outside systems that do not keep their word: an answer of success with nothing done, and effects that were there and are
gone (a backup was played back). Either is done after all, or stands where a person sees it.

usage: unkept.py --build BUILD
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import wait_for  # noqa: E402
from reconcile import differences, reconcile  # noqa: E402
from stage import stage, verdict  # noqa: E402

OF_MONEY = [("vendure", "mutation refundOrder"), ("vendure", "mutation cancelOrder"), ("tryton", "invoice.create"),
            ("tryton", "invoice.post")]
OF_CASES = [("rt", "PUT /ticket")]


def lie(systems, calls):
    systems.control("faults", [{"system": system, "match": match, "mode": "ok_without_doing", "times": 1}
                               for system, match in calls])


def money_is_done_after_all(story):
    """The connectors look whether what they were promised is there."""
    placed = story.order_arrives()
    story.is_shipped(placed)
    other = story.order_arrives("bob", {"TEE-L": 3})
    lie(story.systems, OF_MONEY)
    story.returns(placed)
    story.cancels(other)
    story.equal("every lie was told", story.systems.control("faults"), [])
    story.equal("nothing is left to reconcile", reconcile(story.hub)[0], 0)
    return placed


def a_case_is_parked(story, placed):
    """A ticket's field that keeps its old value may be a matter of rights: a person decides."""
    hub, systems = story.hub, story.systems
    lie(systems, OF_CASES)
    ticket = systems.mail(story.email("ada"), f"Order {placed['code']}", "It is torn.")
    parked = wait_for("the link is parked", lambda: hub.get("/api/v1/deliveries", state="parked")["items"])
    story.equal("what is parked", [(each["kind"], each["error"]["code"]) for each in parked],
                [("case.link", "field_not_written")])
    hub.command("deliveries", "retry", parked[0]["id"])
    fields = story.wait("the ticket shows the order", lambda: story.ticket_fields(ticket, "Order Number"))
    story.equal("the ticket's order number", fields["Order Number"], [placed["code"]])


def what_was_lost_is_found(story):
    hub, systems = story.hub, story.systems
    systems.control("switches", {"vendure": {"card_refund": "Settled"}})
    placed = story.order_arrives("cleo", {"TEE-L": 3})
    story.is_shipped(placed, "JD0009")
    backup = systems.control("state")
    done = story.returns(placed)
    story.wait("the shop has said that the money went", lambda: all(
        each["state"] == "succeeded" for each in story.of_action(placed, done, "refunds")))
    systems.control("state", {part: backup[part] for part in ("vendure", "rt", "tryton", "effects")})
    memo = story.of_action(placed, done, "credit_memos")[0]["number"]
    code, run, _ = reconcile(hub)
    found = differences(run)
    story.equal("something differs", code, 6)
    story.check("the refund is missing in the shop", any(kind == "missing" and "refund" in what for kind, what, _ in found), found)
    story.check(f"{memo} is missing in the books", any(kind == "missing" and subject == memo for kind, _, subject in found),
                found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build) as story:
        story.hub.make_token()
        story.systems.send_webhooks_to(story.hub.url)
        story.hub.start()
        placed = money_is_done_after_all(story)
        a_case_is_parked(story, placed)
        story.nothing_is_left()
        what_was_lost_is_found(story)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
