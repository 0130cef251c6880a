#!/usr/bin/env python3
"""WooCommerce's stand-in as the shop of a running hub: orders by poll and by webhook, a cancel, a return in part and a refusal; each once.

usage: woocommerce.py --build BUILD
"""
import argparse
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

SECRET = "WooHookSecret1"
OLD_SECRET = "WooHookSecretBefore"


class WooHub(Hub):
    """The shop of the configuration is replaced before the hub starts. After the first poll only webhooks bring orders."""

    def use_shop(self, url):
        settings = json.loads(self.config.read_text())
        shop = {"name": "shop", "connector": "woocommerce", "grant": {"hosts": [url.removeprefix("http://")]},
                "poll_interval_s": 3600, "previous_webhook_secret": f"plain:{OLD_SECRET}",
                "config": {"site_url": url, "consumer_key": "ck_sandbox0000000000000000000000000000000001",
                           "consumer_secret": "plain:cs_sandbox0000000000000000000000000000000001",
                           "webhook_secret": f"plain:{SECRET}", "page_size": 2}}
        settings["connectors"] = [shop if each["name"] == "shop" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def place(systems, number, **more):
    """Two mugs for 24.00, paid by card."""
    document = {"number": number, "total": "24.00", "total_tax": "4.00",
                "billing": {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.test", "country": "IE"},
                "line_items": [{"id": 315, "name": "Mug", "sku": "MUG", "quantity": 2, "subtotal": "20.00", "subtotal_tax": "4.00",
                                "total": "20.00", "total_tax": "4.00", "price": 10, "taxes": [{"id": 12, "total": "4", "subtotal": "4"}]}],
                "tax_lines": [{"id": 316, "rate_id": 12, "label": "VAT", "rate_percent": 20}], **more}
    return str(systems.control("woo_orders", document)["id"])


def shop_order(systems, order):
    return systems.control("state")["woocommerce"]["orders"][order]


def refunds(systems, order):
    return systems.control("state")["woocommerce"]["refunds"].get(order, [])


def words_of_shop(hub):
    """What the list of connectors says of the last poll."""
    return [each["state"].get("poll_error", "") for each in hub.get("/api/v1/connectors")["items"] if each["name"] == "shop"][0]


def play_arrivals(story, broken):
    wait_for("what the shop had is there", lambda: all(story.hub.order(f"W{n}") for n in (1, 2, 3)))
    wait_for("an order without a sum is left out and named", lambda: words_of_shop(story.hub).startswith(f"1 order left out: {broken}: "))
    story.systems.control("webhooks", {"woocommerce": {"url": f"{story.hub.url}/intake/shop", "secret": SECRET, "mode": "duplicates"}})
    placed = place(story.systems, "W4", status="completed", date_completed_gmt="2026-11-23T10:00:00")
    order = wait_for("a new one is brought by its webhook", lambda: story.hub.order("W4"))
    story.equal("its total", order["totals"]["current"]["inc"], "24.00")
    story.equal("nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
    return placed


def post(hub, body):
    """Unsigned."""
    request = urllib.request.Request(f"{hub.url}/intake/shop", body, {"Content-Type": "application/x-www-form-urlencoded"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def play_ping(story):
    """A shop tries the address of a new webhook, and takes anything but 200 for an error."""
    story.equal("the trial of a new webhook is answered", post(story.hub, b"webhook_id=5"), 200)
    story.equal("nothing else goes in unsigned", [post(story.hub, b"webhook_id=5&x=1"), post(story.hub, b'{"id":5}')], [401, 401])
    story.equal("nothing of it is kept", [each for each in story.hub.get("/api/v1/inbox")["items"]
                                          if each["connector"] == "shop" and "webhook_id" in json.dumps(each)], [])


def play_rotation(story):
    """The shop signs with the old secret for a while after the hub has the new one."""
    for number, secret, what in (("W5", OLD_SECRET, "the old secret"), ("W6", SECRET, "the new one")):
        story.systems.control("webhooks", {"woocommerce": {"url": f"{story.hub.url}/intake/shop", "secret": secret, "mode": "normal"}})
        place(story.systems, number)
        wait_for(f"an order is brought by a webhook signed with {what}", lambda: story.hub.order(number))


def play_cancel(story, number, order, fault):
    """Paid orders: what was cancelled is given back, by line, no unit comes back."""
    if fault:
        story.systems.control("faults", {"system": "woocommerce", "match": f"PUT /orders/{order}", "mode": fault, "delay_ms": 200})
    done = story.submit("cancel", {"code": number}, story.units_of(2))
    story.finish({"code": number}, done)
    story.equal(f"{number} ({fault}): one refund", [each["amount"] for each in refunds(story.systems, order)], ["24.00"])
    story.equal("by line", [(each["quantity"], each["total"]) for each in refunds(story.systems, order)[0]["line_items"]], [(0, "-20.00")])
    story.equal("cancelled once", len([each for each in story.systems.control("effects")
                                       if each["kind"] == "order.cancelled" and each["target"] == f"order/{order}"]), 1)
    story.equal("though the shop now calls it", shop_order(story.systems, order)["status"], "refunded")
    wait_for(f"{number} is cancelled in the hub", lambda: story.hub.order(number)["status"] == "cancelled")


def play_return(story, number, order, fault):
    before = len(refunds(story.systems, order))
    story.systems.control("faults", {"system": "woocommerce", "match": f"POST /orders/{order}/refunds", "mode": fault, "delay_ms": 200})
    done = story.submit("return", {"code": number}, story.units_of(1))
    story.finish({"code": number}, done)
    story.memo_in_books({"code": number, "currency": "EUR"}, done)
    made = refunds(story.systems, order)[before:]
    story.equal(f"{number} ({fault}): one refund", [each["amount"] for each in made], ["12.00"])
    line = made[0]["line_items"][0]
    story.equal("of one unit with its tax", (line["quantity"], line["total"], line["taxes"]),
                (-1, "-10.00", [{"id": 12, "total": "-2.00"}]))


def play_refusal(story, number, order):
    words = "The charge has already been refunded."
    story.systems.control("switches", {"woocommerce": {"refuse_refund": words}})
    done = story.submit("return", {"code": number}, story.units_of(1))

    def parked():
        steps = [each for each in story.hub.order(number)["steps"] if each["action"] == done["action_id"]]
        return [each for each in steps if each["kind"] == "refund.create" and each["state"] == "parked"]
    step = wait_for("the refused refund waits for a person", parked)[0]
    story.check("in the gateway's words", words in step["message"], step)
    story.equal("nothing was given back", refunds(story.systems, order), [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build, WooHub) as story:
        story.hub.use_shop(story.systems.url)
        first, second = place(story.systems, "W1"), place(story.systems, "W2")
        third = place(story.systems, "W3", status="completed", date_completed_gmt="2026-11-23T10:00:00")
        broken = place(story.systems, "W0", total="a lot")
        story.hub.make_token()
        story.hub.start()
        sent = play_arrivals(story, broken)
        play_ping(story)
        play_rotation(story)
        play_cancel(story, "W1", first, None)
        play_cancel(story, "W2", second, "timeout_after")
        play_return(story, "W4", sent, "timeout_after")
        play_return(story, "W4", sent, "status_500_before")
        play_refusal(story, "W3", third)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
