#!/usr/bin/env python3
"""The Salesforce platform's stand-in as a shop of a running hub: orders by one door, order summaries by the other, and B2C
Commerce beside it, whose orders come to the platform, too: each order is one order.

usage: salesforce_commerce.py --build BUILD
"""
import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from b2c_commerce import B2cHub, order_document  # noqa: E402
from hub import wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402


class CommerceHub(B2cHub):
    def use_platform(self, url, door, **more):
        settings = json.loads(self.config.read_text())
        settings["connectors"].append({
            "name": door, "connector": "salesforce_commerce", "grant": {"hosts": [url.removeprefix("http://")]},
            "poll_interval_s": 1,
            "config": {"base_url": url, "login_url": url, "grant": "client_credentials", "door": door, "currency": "EUR",
                       "client_id": "3MVG9sandbox-consumer-key", "client_secret": "plain:sandbox-consumer-secret-01", **more}})
        self.config.write_text(json.dumps(settings, indent=1))


def put(systems, name, **fields):
    return systems.control("rows", {"type": name, "fields": fields, "system": True})["id"]


def make_order(systems, number, paid):
    """Paid, or on account: then cancelling it moves no money, which no connector here could."""
    order = put(systems, "Order", OrderNumber=number, Status="Activated", TaxLocaleType="Net", GrandTotalAmount=24.2,
                TotalTaxAmount=4.2, BillingEmailAddress="ada@example.test", OrderedDate="2026-11-22T18:00:00.000+0000")
    product = put(systems, "Product2", Name="Mug", ProductCode="MUG")
    item = put(systems, "OrderItem", OrderId=order, Product2Id=product, OrderItemNumber="1", Type="Order Product", Quantity=2,
               UnitPrice=10, TotalPrice=20, TotalLineAmount=20)
    put(systems, "OrderItemTaxLineItem", OrderItemId=item, Name="VAT", Amount=4.2, Rate=21)
    if paid:
        group = put(systems, "PaymentGroup", SourceObjectId=order)
        put(systems, "Payment", PaymentGroupId=group, Amount=24.2, Status="Processed", GatewayRefNumber="gw-1")
    systems.control("rows", {"type": "Order", "id": order, "fields": {"Status": "Activated"}})
    return order


def make_summary(systems, number, external=None):
    summary = put(systems, "OrderSummary", OrderNumber=number, TaxLocaleType="Net", GrandTotalAmount=24.2, TotalTaxAmount=4.2,
                  OrderedDate="2026-11-22T18:00:00.000+0000", ExternalReferenceIdentifier=external)
    put(systems, "OrderItemSummary", OrderSummaryId=summary, Name="Mug", ProductCode="MUG", Type="Order Product",
        TypeCode="Product", Quantity=2, QuantityOrdered=2, QuantityReturned=0, TotalLineAmount=20, AdjustedLineAmount=20,
        TotalPrice=20, TotalTaxAmount=4.2, TotalAdjustmentDistAmount=0)
    return summary


def fill(systems):
    """Before the hub looks: rows are made one by one, and half an order is none. Gives P-1's id."""
    made = make_order(systems, "P-1", paid=False)
    make_order(systems, "P-2", paid=True)
    systems.control("b2c_orders", order_document("B-1"))
    make_summary(systems, "B-1", "zzxx_001@catalog@B-1")
    make_summary(systems, "S-1")
    return made


def play(story, made):
    systems, hub = story.systems, story.hub
    for number, managed in (("P-1", True), ("P-2", True), ("B-1", True), ("S-1", False)):
        order = wait_for(f"{number} is there", lambda number=number: hub.order(number))
        story.equal(f"{number} is managed", order["managed"], managed)
        story.equal(f"{number}: its total", order["totals"]["current"]["inc"], "24.20")
        story.equal(f"{number}: nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
    story.equal("an order that comes by both doors is one", len(hub.find("B-1")), 1)
    systems.control("faults", {"system": "salesforce", "match": "POST /composite", "mode": "timeout_after", "delay_ms": 200})
    story.submit("cancel", {"code": "P-1"}, story.units_of(2))
    wait_for("P-1 is cancelled", lambda: systems.control("state")["salesforce"]["rows"]["Order"][made]["Status"] == "Cancelled")
    wait_for("the hub knows it", lambda: hub.order("P-1")["status"] == "cancelled")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build, CommerceHub) as story:
        story.hub.use_shop(story.systems.url)
        story.hub.use_platform(story.systems.url, "order", cancelled_status="Cancelled", key_field="OrderHubKey__c")
        story.hub.use_platform(story.systems.url, "order_summary")
        made = fill(story.systems)
        story.hub.make_token()
        story.hub.start()
        play(story, made)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
