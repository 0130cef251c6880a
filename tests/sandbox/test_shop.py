"""The stand-in shop against recorded answers and recorded orders of the real one."""

import unittest

from sandbox_process import SandboxCase
from shapes import RECORDED, differences, recorded

FULL = (RECORDED / "order_full.graphql").read_text()
ORDERS = ["06-refund-pending", "10-partly-refunded", "11-split-payment", "13-cancelled", "14-declined-then-paid",
          "15-return", "17-plain", "18-shipped", "20-two-parcels"]
TOTALS = ["subTotal", "subTotalWithTax", "shipping", "shippingWithTax", "total", "totalWithTax", "totalQuantity",
          "state", "active", "type", "currencyCode", "nextStates"]
# placed by other promotions, so named and numbered otherwise here
FREE = ("data", "metadata", "couponCodes", "promotions")


def wish_for(order):
    """What a shopper has to do to come to the recorded order."""
    gross = order["channels"][-1]["pricesIncludeTax"]
    lines = []
    for line in order["lines"]:
        types = [one["type"] for one in line["discounts"]]
        lines.append({"sku": line["productVariant"]["sku"], "name": line["productVariant"]["name"],
                      "quantity": line["orderPlacedQuantity"], "tax_rate": str(line["taxRate"]),
                      "unit_price_minor": line["unitPriceWithTax" if gross else "unitPrice"],
                      "discount_percent": 15 if "PROMOTION" in types else 0})
    shipping = order["shippingLines"][0]
    rate = order["taxSummary"][-1]["taxRate"]
    return {"channel": order["channels"][-1]["token"], "lines": lines,
            "coupon_percent": 10 if "SAVE10" in order["couponCodes"] else 0,
            "shipping": {"price_minor": shipping["priceWithTax" if gross else "price"], "tax_rate": str(rate)},
            "payments": [{"method": one["method"], "state": one["state"],
                          "amount_minor": one["amount"]} for one in order["payments"]]}


class RecordedOrders(SandboxCase):
    def relive(self, order):
        """Places the order and does to it what was done to the recorded one."""
        placed = self.box.place(**wish_for(order))
        ours = self.box.order(placed["id"], "lines{id} payments{id}")
        lines = {old["id"]: new["id"] for old, new in zip(order["lines"], ours["lines"])}
        for parcel in order["fulfillments"]:
            self.ship(parcel, lines)
        for entry in order["history"]["items"]:
            if entry["type"] == "ORDER_CANCELLATION":
                self.cancel(placed["id"], entry["data"], lines)
        for old, new in zip(order["payments"], ours["payments"]):
            for refund in old["refunds"]:
                made = self.box.refund(new["id"], refund["total"], refund["reason"]).json()["data"]["refundOrder"]
                if (made["state"], refund["state"]) == ("Pending", "Settled"):
                    self.box.shop("mutation($i:SettleRefundInput!){settleRefund(input:$i){__typename}}",
                                  i={"id": made["id"], "transactionId": refund["transactionId"]})
        return self.box.shop(FULL, id=placed["id"])["order"]

    def ship(self, parcel, lines):
        handler = {"code": "manual-fulfillment", "arguments": [{"name": "method", "value": parcel["method"]},
                                                               {"name": "trackingCode",
                                                                "value": parcel["trackingCode"]}]}
        parts = [{"orderLineId": lines[part["orderLineId"]], "quantity": part["quantity"]}
                 for part in parcel["lines"]]
        made = self.box.shop("mutation($i:FulfillOrderInput!){addFulfillmentToOrder(input:$i){__typename "
                             "... on Fulfillment{id}}}", i={"lines": parts, "handler": handler})
        for state in ("Shipped", "Delivered")[:2 if parcel["state"] == "Delivered" else 1]:
            self.box.shop("mutation($id:ID!,$s:String!){transitionFulfillmentToState(id:$id,state:$s){__typename}}",
                          id=made["addFulfillmentToOrder"]["id"], s=state)

    def cancel(self, order, data, lines):
        parts = [{"orderLineId": lines[str(part["orderLineId"])], "quantity": part["quantity"]}
                 for part in data["lines"]]
        done = self.box.shop("mutation($i:CancelOrderInput!){cancelOrder(input:$i){__typename}}", i={
            "orderId": order, "lines": parts, "reason": data["reason"],
            "cancelShipping": data["shippingCancelled"]})
        self.assertEqual(done["cancelOrder"]["__typename"], "Order")

    def test_every_figure_is_the_real_shops(self):
        for name in ORDERS:
            real = recorded(f"orders/{name}.json")
            with self.subTest(order=name):
                ours = self.relive(real)
                self.assertEqual({key: ours[key] for key in TOTALS}, {key: real[key] for key in TOTALS})
                for theirs, line in zip(real["lines"], ours["lines"], strict=True):
                    figures = [key for key in theirs if "Price" in key or key in (
                        "quantity", "orderPlacedQuantity", "taxRate", "lineTax")]
                    self.assertEqual({key: line[key] for key in figures}, {key: theirs[key] for key in figures})
                    self.assertEqual(amounts(line["discounts"]), amounts(theirs["discounts"]))
                self.assertEqual(summary(ours), summary(real))
                self.assertEqual(amounts(ours["discounts"]), amounts(real["discounts"]))
                for theirs, line in zip(real["shippingLines"], ours["shippingLines"], strict=True):
                    prices = [key for key in theirs if "rice" in key]
                    self.assertEqual({key: line[key] for key in prices}, {key: theirs[key] for key in prices})

    def test_every_member_has_the_real_shops_type(self):
        for name in ORDERS:
            real = recorded(f"orders/{name}.json")
            with self.subTest(order=name):
                self.assertEqual(differences(real, self.relive(real), free=FREE), [])

    def test_cancellation_in_the_history_has_numbers_for_ids(self):
        real = recorded("orders/13-cancelled.json")
        ours = self.relive(real)
        entry = next(one for one in ours["history"]["items"] if one["type"] == "ORDER_CANCELLATION")
        theirs = next(one for one in real["history"]["items"] if one["type"] == "ORDER_CANCELLATION")
        self.assertEqual(differences(theirs["data"], entry["data"]), [])
        self.assertIsInstance(entry["data"]["lines"][0]["orderLineId"], int)
        self.assertEqual([line["quantity"] for line in entry["data"]["lines"]],
                         [line["quantity"] for line in theirs["data"]["lines"]])


def amounts(discounts):
    return sorted((one["type"], one["amount"], one["amountWithTax"]) for one in discounts)


def summary(order):
    return sorted((row["taxRate"], row["taxBase"], row["taxTotal"]) for row in order["taxSummary"])


if __name__ == "__main__":
    unittest.main()
