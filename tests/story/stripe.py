#!/usr/bin/env python3
"""Salesforce B2C Commerce as the shop of a running hub, Stripe as the provider of its payments: what is cancelled or returned in
the hub is refunded by Stripe, once, also when the answer is lost; a refund that fails later becomes a process exception.

usage: stripe.py --build BUILD
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from b2c_commerce import B2cHub, order_document  # noqa: E402
from hub import Refused, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

SECRET = "whsec_of_the_story"


class StripeHub(B2cHub):
    def use_stripe(self, url):
        settings = json.loads(self.config.read_text())
        settings["connectors"].append({
            "name": "stripe", "connector": "stripe", "grant": {"hosts": [url.removeprefix("http://")]}, "poll_interval_s": 1,
            "config": {"api_url": url, "secret_key": "plain:sk_test_sandbox_stripe_0001", "webhook_secret": f"plain:{SECRET}"}})
        settings["payments"] = [{"connector": "stripe", "storefronts": ["shop"], "references": ["pi_", "ch_"]}]
        self.config.write_text(json.dumps(settings, indent=1))


def pay(systems, minor=2420, **more):
    made = systems.control("stripe_payments", {"amount": minor, "currency": "eur", **more})
    return made["payment_intent"] or made["charge"]


def place(story, number, reference, shipped=False):
    document = order_document(number)
    document["paymentInstruments"][0]["paymentTransaction"]["transactionId"] = reference
    if shipped:
        document["shippingStatus"] = document["shipments"][0]["shippingStatus"] = "shipped"
    story.systems.control("b2c_orders", document)
    order = wait_for(f"{number} is there", lambda: story.hub.order(number))
    story.equal(f"{number}: its payment's reference", order["payments"][0]["reference"], reference)


def refunds_at_stripe(systems, reference):
    return [each for each in systems.control("effects")
            if each["system"] == "stripe" and each["kind"] == "refund.create" and each["target"] == reference]


def refund_of(hub, number):
    refunds = hub.order(number)["refunds"]
    return refunds[0] if refunds else None


def wait_refund(story, number, state):
    return wait_for(f"the refund of {number} is {state}",
                    lambda: (found := refund_of(story.hub, number)) and found["state"] == state and found)


def lose_answer(systems, reference, mode):
    systems.control("faults", {"system": "stripe", "match": f"POST /refunds payment_intent={reference}", "mode": mode,
                               "delay_ms": 200})


def refunded_once(story, number, reference, amount):
    refund = wait_refund(story, number, "succeeded")
    made = refunds_at_stripe(story.systems, reference)
    story.equal(f"{number}: refunds at Stripe", [(each["amount"], each["key"]) for each in made], [(amount, refund["id"])])


def play_cancel(story, number, fault):
    reference = pay(story.systems)
    place(story, number, reference)
    if fault:
        lose_answer(story.systems, reference, fault)
    done = story.submit("cancel", {"code": number}, story.units_of(2))
    story.equal(f"{number}: steps", done["plan"]["steps"], ["order.cancel", "refund.create"])
    refunded_once(story, number, reference, "2420")
    wait_for(f"{number} is cancelled", lambda: story.hub.order(number)["status"] == "cancelled")


def play_refused_cancel(story, number):
    """A shop that does not cancel keeps the money where it is."""
    reference = pay(story.systems)
    place(story, number, reference)
    story.systems.control("faults", {"system": "b2c", "match": f"PUT /orders/{number}/status", "mode": "reply", "status": 409,
                                     "body": '{"title":"conflict","detail":"it has left already"}'})
    story.submit("cancel", {"code": number}, story.units_of(2))
    wait_for("the step is parked", lambda: [each for each in story.hub.order(number)["exceptions"] if each["code"] == "step_parked"])
    story.equal("nothing is given back yet", (refund_of(story.hub, number)["state"], refunds_at_stripe(story.systems, reference)),
                ("reserved", []))


def play_return(story, number, fault):
    reference = pay(story.systems)
    place(story, number, reference, shipped=True)
    lose_answer(story.systems, reference, fault)
    story.submit("return", {"code": number}, story.units_of(1))
    refunded_once(story, number, reference, "1210")
    # The shop never shows a refund that Stripe made, and nobody misses it there.
    story.systems.control("b2c_orders", {"orderNo": number, "status": "completed"})
    wait_for("the shop's later state is seen", lambda: story.hub.order(number)["storefront_state"] == "completed")
    story.equal(f"{number}: nobody needs to look at it", [each["message"] for each in story.hub.order(number)["exceptions"]], [])


def play_failing(story, number, state, by):
    """Pending, or succeeded already; then the bank says no."""
    systems, hub = story.systems, story.hub
    systems.control("switches", {"stripe": {"refund_status": state}})
    reference = pay(systems)
    place(story, number, reference, shipped=True)
    story.submit("return", {"code": number}, story.units_of(1))
    refund = wait_refund(story, number, state)
    systems.control("switches", {"stripe": {"refund_status": "succeeded"}})
    systems.control("stripe_refunds", {"id": refund["external_id"], "status": "failed", "failure_reason": "lost_or_stolen_card"})
    wait_refund(story, number, "failed")
    story.equal(f"{number} ({state}, {by}): a person is asked",
                [(each["code"], each["message"]) for each in hub.order(number)["exceptions"]],
                [("refund_failed", "the refund did not succeed: lost_or_stolen_card")])


def play_no_provider(story, number):
    place(story, number, "tx-of-somebody-else")
    order = story.hub.order(number)
    try:
        story.hub.act("preview", "cancel", order, story.units_of(2)(order))
        story.check("a payment that Stripe does not know is not refunded", False)
    except Refused as refused:
        story.equal("a payment that Stripe does not know is not refunded", refused.problem["code"], "no_connector")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build, StripeHub) as story:
        story.hub.use_shop(story.systems.url)
        story.hub.use_stripe(story.systems.url)
        story.hub.make_token()
        story.hub.start()
        play_failing(story, "P1", "pending", "polled")
        story.systems.control("webhooks", {"stripe": {"url": f"{story.hub.url}/intake/stripe", "secret": SECRET,
                                                      "mode": "duplicates"}})
        play_cancel(story, "C1", None)
        play_cancel(story, "C2", "timeout_after")
        play_refused_cancel(story, "C3")
        play_return(story, "R1", "status_500_after")
        play_failing(story, "P2", "pending", "told by webhook")
        play_failing(story, "P3", "succeeded", "told by webhook")
        play_no_provider(story, "N1")
        sent = story.systems.control("webhooks")["sent"]
        story.equal("webhooks were accepted", sorted({each["status"] for each in sent if each["system"] == "stripe"}), [202])
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
