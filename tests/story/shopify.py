#!/usr/bin/env python3
"""Shopify's stand-in as the shop of a running hub: an order comes by webhook, is cancelled, partly returned and refunded once; a
webhook that is lost is made up for by polling.

usage: shopify.py --build BUILD
"""
import argparse
import json
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

SECRET = "shpss_sandbox-shopify-secret-1"


class ShopifyHub(Hub):
    """The shop of the configuration is replaced before the hub starts."""

    def use_shop(self, url):
        settings = json.loads(self.config.read_text())
        shop = {"name": "shop", "connector": "shopify", "grant": {"hosts": [url.removeprefix("http://")]},
                "poll_interval_s": 2,
                "config": {"shop_url": url, "client_id": "sandbox-shopify-client", "client_secret": "plain:" + SECRET,
                           "webhook_secret": "plain:" + SECRET, "page_size": 2}}
        settings["connectors"] = [shop if each["name"] == "shop" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def place(systems, name, payment="sale", **more):
    """Two mugs of 20.00 and delivery of 4.90, with tax in them."""
    made = systems.control("shopify_orders", {
        "name": name, "currency": "EUR", "payment": payment, "shipping": {"price": "4.90", "tax_rate": "0.19"},
        "lines": [{"sku": "MUG", "name": "Mug", "quantity": 2, "unit_price": "20.00", "discount": "4.00", "tax_rate": "0.19"}],
        **more})
    return {"code": name, "id": made["id"], "currency": "EUR"}


def webhooks(story, mode):
    story.systems.control("webhooks", {"shopify": {"url": story.hub.url + "/intake/shop", "secret": SECRET, "mode": mode}})


def in_shop(systems, placed):
    return systems.control("state")["shopify"]["orders"]["gid://shopify/Order/" + placed["id"]]


def effects(systems, kind, placed):
    return [each for each in systems.control("effects") if each["system"] == "shopify" and each["kind"] == kind
            and each["target"] == "order/" + placed["id"]]


def ship(systems, placed):
    """The merchant sends everything from the shop's own pages."""
    place_ = in_shop(systems, placed)["fulfillmentOrders"]["nodes"][0]
    rows = [{"id": row["id"], "quantity": row["remainingQuantity"]} for row in place_["lineItems"]["nodes"]]
    body = {"query": "mutation F($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }",
            "variables": {"f": {"lineItemsByFulfillmentOrder": [
                {"fulfillmentOrderId": place_["id"], "fulfillmentOrderLineItems": rows}],
                "trackingInfo": {"company": "DHL", "number": "JD0002"}}}}
    request = urllib.request.Request(systems.url + "/admin/api/2026-10/graphql.json", json.dumps(body).encode(), {
        "Content-Type": "application/json", "X-Shopify-Access-Token": "shpat_sandbox-shopify-fixed-token-1"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.load(answer)["data"]["fulfillmentCreate"]["userErrors"] == []


def sent_well(systems):
    return [each for each in systems.control("webhooks")["sent"] if each["system"] == "shopify" and each["status"] // 100 == 2]


def order_arrives(story, name, **more):
    placed = place(story.systems, name, **more)
    order = wait_for("the order is in the hub", lambda: story.hub.order(name))
    story.equal(f"{name}: the hub's total is the shop's", order["totals"]["current"]["inc"], "40.90")
    story.equal("nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
    return placed


def refunded_once(story, placed, done, what):
    story.finish(placed, done)
    amounts = [each["amount"] for each in done["plan"]["refunds"]]
    story.equal(f"{what}: the shop refunded once", [each["amount"] for each in effects(story.systems, "refund.create", placed)], amounts)
    wait_for("the hub sees the refund", lambda: all(
        each["state"] == "succeeded" for each in story.hub.order(placed["code"])["refunds"]))


def no_exceptions(story, placed, what):
    story.equal(f"{what}: nobody needs to look at it", [each["message"] for each in story.hub.order(placed["code"])["exceptions"]
                                                        if each["state"] == "active"], [])


def play(story):
    systems, hub = story.systems, story.hub
    webhooks(story, "duplicates")
    placed = order_arrives(story, "#S1")
    wait_for("a webhook was taken", lambda: sent_well(systems))
    story.say("\nThe merchant sends it, a unit comes back; the answer to its refund is lost")
    ship(systems, placed)
    wait_for("the hub knows the shipment", lambda: hub.order("#S1")["status"] == "fulfilled")
    story.equal("the tracking number", hub.order("#S1")["fulfilments"][0]["tracking_number"], "JD0002")
    systems.control("faults", {"system": "shopify", "match": f"refundCreate gid://shopify/Order/{placed['id']}",
                               "mode": "timeout_after", "delay_ms": 200})
    refunded_once(story, placed, story.submit("return", placed, story.units_of(1)), "a return")
    line = in_shop(systems, placed)["lineItems"]["nodes"][0]
    story.equal("the shop has one unit less", line["currentQuantity"], 1)
    no_exceptions(story, placed, "a return")

    story.say("\nA paid order is cancelled")
    second = order_arrives(story, "#S2")
    done = story.submit("cancel", second, story.units_of(2))
    refunded_once(story, second, done, "a cancel")
    story.equal("the shop cancelled once", len(effects(systems, "order.cancel", second)), 1)
    wait_for("the hub shows it cancelled", lambda: hub.order("#S2")["status"] == "cancelled")

    story.say("\nOne of two units is cancelled; the shop answers with an error before it does anything")
    third = order_arrives(story, "#S3")
    systems.control("faults", {"system": "shopify", "match": f"refundCreate gid://shopify/Order/{third['id']}",
                               "mode": "status_500_before"})
    refunded_once(story, third, story.submit("cancel", third, story.units_of(1)), "a part's cancel")
    story.equal("the shop cancelled the unit once", len(effects(systems, "order.cancel_units", third)), 1)
    no_exceptions(story, third, "a part's cancel")

    story.say("\nNo webhook comes: polling finds the order")
    webhooks(story, "none")
    wait_for("no webhook is under way", lambda: systems.control("webhooks")["shopify"]["pending"] == 0)
    before = len(sent_well(systems))
    order_arrives(story, "#S4")
    story.equal("no webhook told of it", len(sent_well(systems)), before)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build, ShopifyHub) as story:
        story.hub.use_shop(story.systems.url)
        story.hub.make_token()
        story.hub.start()
        play(story)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
