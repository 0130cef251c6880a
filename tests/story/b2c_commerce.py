#!/usr/bin/env python3
"""Salesforce B2C Commerce's stand-in as the shop of a running hub: its orders arrive, a cancel and a shipment reach it, once.

usage: b2c_commerce.py --build BUILD
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402


class B2cHub(Hub):
    """The shop of the configuration is replaced before the hub starts."""

    def use_shop(self, url):
        settings = json.loads(self.config.read_text())
        shop = {"name": "shop", "connector": "b2c_commerce", "grant": {"hosts": [url.removeprefix("http://")]},
                "poll_interval_s": 1,
                "config": {"api_url": url, "account_url": url, "ocapi_url": url, "organization_id": "f_ecom_zzxx_001",
                           "site_id": "RefArch", "scope": "SALESFORCE_COMMERCE_API:zzxx_001 sfcc.orders.rw",
                           "client_id": "sandbox-b2c-client", "client_secret": "plain:sandbox-b2c-secret-1",
                           "tracking_url": "https://track.example/{number}", "page_size": 2}}
        settings["connectors"] = [shop if each["name"] == "shop" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def order_document(number, quantity=2, paid=True):
    """Paid by card, or on account: then cancelling it moves no money, which no connector here could."""
    net, tax = 10 * quantity, 2.1 * quantity
    return {"orderNo": number, "currency": "EUR", "taxation": "net", "customerInfo": {"email": "ada@example.test", "customerNo": "C1"},
            "orderTotal": round(net + tax, 2), "taxTotal": round(tax, 2), "adjustedMerchandizeTotalTax": round(tax, 2),
            "productItems": [{"itemId": f"{number}-1", "productId": "MUG", "productName": "Mug", "quantity": quantity,
                              "netPrice": net, "tax": round(tax, 2), "grossPrice": round(net + tax, 2), "adjustedTax": round(tax, 2),
                              "priceAfterItemDiscount": net, "priceAfterOrderDiscount": net, "taxRate": 0.21, "shipmentId": "me"}],
            "shipments": [{"shipmentId": "me", "shippingAddress": {"fullName": "Ada Lovelace", "city": "Dublin", "countryCode": "IE"}}],
            "paymentInstruments": [] if not paid else [{"paymentInstrumentId": f"{number}-p", "paymentMethodId": "CREDIT_CARD",
                                    "paymentTransaction": {"amount": round(net + tax, 2), "transactionId": f"tx-{number}"}}]}


def effects(systems, kind):
    return [each for each in systems.control("effects") if each["system"] == "b2c" and each["kind"] == kind]


def play_orders(story):
    systems, hub = story.systems, story.hub
    for number in range(1, 6):
        systems.control("b2c_orders", order_document(f"B{number}", paid=number > 3))
    order = wait_for("the last order is there", lambda: hub.order("B5"))
    story.equal("its total", order["totals"]["current"]["inc"], "24.20")
    story.equal("nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
    for number in range(1, 5):
        story.check(f"order B{number} is there, too", wait_for("it is there", lambda: hub.order(f"B{number}")))


def play_cancel(story, number, fault):
    systems, hub = story.systems, story.hub
    if fault:
        systems.control("faults", {"system": "b2c", "match": f"PUT /orders/{number}/status", "mode": fault, "delay_ms": 200})
    story.submit("cancel", {"code": number}, story.units_of(2))
    wait_for(f"{number} is cancelled in the shop",
             lambda: systems.control("state")["b2c"]["orders"][number]["status"] == "cancelled")
    wait_for(f"{number} is cancelled in the hub", lambda: hub.order(number)["status"] == "cancelled")
    story.equal(f"{number} ({fault}): cancelled once",
                len([each for each in effects(systems, "order.status") if each["target"] == f"order/{number}"]), 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build, B2cHub) as story:
        story.hub.use_shop(story.systems.url)
        story.hub.make_token()
        story.hub.start()
        play_orders(story)
        play_cancel(story, "B1", None)
        play_cancel(story, "B2", "timeout_after")
        play_cancel(story, "B3", "status_500_before")
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
