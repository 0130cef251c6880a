#!/usr/bin/env python3
"""Salesforce B2C Commerce's stand-in as the shop of a running hub: its orders arrive, by the API and by export files, and a cancel
reaches it, once.

usage: b2c_commerce.py --build BUILD
"""
import argparse
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402


class B2cHub(Hub):
    """The shop of the configuration is replaced before the hub starts."""

    def use_shop(self, url):
        settings = json.loads(self.config.read_text())
        self.exports = self.folder / "exports"
        self.exports.mkdir()
        shop = {"name": "shop", "connector": "b2c_commerce",
                "grant": {"hosts": [url.removeprefix("http://")], "directories": [str(self.exports)]},
                "poll_interval_s": 1,
                "config": {"api_url": url, "account_url": url, "ocapi_url": url, "organization_id": "f_ecom_zzxx_001",
                           "site_id": "RefArch", "scope": "SALESFORCE_COMMERCE_API:zzxx_001 sfcc.orders.rw",
                           "client_id": "sandbox-b2c-client", "client_secret": "plain:sandbox-b2c-secret-1",
                           "tracking_url": "https://track.example/{number}", "page_size": 2,
                           "export_directory": str(self.exports)}}
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


NAMESPACE = "http://www.demandware.com/xml/impex/order/2006-10-31"


def export_of(*numbers):
    orders = "".join(f'<order order-no="{number}"><currency>EUR</currency></order>' for number in numbers)
    return f'<?xml version="1.0" encoding="UTF-8"?><orders xmlns="{NAMESPACE}">{orders}</orders>'


def old_order(story, number):
    """An order that changed so long ago that the list does not show it: only a file can bring it."""
    story.systems.control("b2c_orders", {**order_document(number), "lastModified": "2025-01-02T00:00:00.000Z"})


def arrives(story, number):
    order = wait_for(f"{number} is in the hub", lambda: story.hub.order(number))
    story.equal(f"{number} is there once", len(story.hub.find(number)), 1)
    return order


def poll_words(hub):
    """What the operator reads of the last poll."""
    shop = next(each for each in hub.get("/api/v1/connectors")["items"] if each["name"] == "shop")
    return shop["state"].get("poll_error", "")


def play_exports(story):
    hub = story.hub
    for number in ("X1", "X2", "X3", "X4", "X5"):
        old_order(story, number)
    line = arrives(story, "B5")["lines"][0]["external_id"]
    land = lambda name, text: (hub.exports / name).write_text(text)
    land("orders-1.xml", export_of("B5", "X1"))
    arrives(story, "X1")
    story.equal("the order of both ways keeps its lines", [each["external_id"] for each in arrives(story, "B5")["lines"]], [line])

    whole = export_of("X2")
    land("orders-2.xml", whole[:-40])
    land("orders-3.xml", "<orders>")
    os.utime(hub.exports / "orders-3.xml", (1, 1))
    land("orders-4.xml", export_of("nobody", "X3"))
    arrives(story, "X3")
    story.equal("a file without its end waits", hub.order("X2"), None)
    land("orders-2.xml", whole)
    arrives(story, "X2")
    told = hub.request("POST", "/api/v1/connectors/shop:check")
    story.equal("the check tells the operator", (told["ok"], "orders-3.xml: line 1" in told["message"]), (True, True))
    wait_for("the list of connectors tells of it", lambda: "orders-3.xml: line 1" in poll_words(hub))
    log = (hub.folder / "hub.log").read_text()
    story.equal("once", log.count("order export orders-3.xml cannot be read"), 1)
    story.check("and of the order that nobody has", "order nobody of the order export orders-4.xml left out" in log)


def play_killed_while_reading(story):
    """The hub dies with the orders of a file in its hands, and again while the API sheds its requests."""
    hub = story.hub
    hub.kill()
    (hub.exports / "orders-5.xml").write_text(export_of("X4", "X5"))
    hub.start(crash_at="poll.fetched", wait=False)
    wait_for("it has died", hub.has_ended)
    story.systems.control("faults", {"system": "b2c", "match": "GET /orders/X5", "mode": "status_429", "times": 2})
    hub.start()
    for number in ("X4", "X5", "X1"):
        arrives(story, number)
    story.equal("no fault is left", story.systems.control("faults"), [])
    story.equal("the files are as the shop left them", len(list(hub.exports.iterdir())), 5)


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
        play_exports(story)
        play_killed_while_reading(story)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
