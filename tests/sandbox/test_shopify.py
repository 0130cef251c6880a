"""The stand-in of a Shopify shop, as its documentation describes the system, and every request of the connector against the
published types that the stand-in has."""

import pathlib
import re
import unittest
import urllib.parse

from sandbox_process import SandboxCase

QUERIES = pathlib.Path(__file__).resolve().parents[2] / "plugins/storefront/shopify/queries.hpp"
ORDER = "gid://shopify/Order/1"
VALUES = {"ID": ORDER, "String": "some", "Int": 2, "Boolean": False, "OrderCancelReason": "OTHER",
          "RefundInput": {"orderId": ORDER, "transactions": [
              {"orderId": ORDER, "parentId": ORDER, "gateway": "g", "kind": "REFUND", "amount": "1.00"}]},
          "OrderCaptureInput": {"id": ORDER, "parentTransactionId": ORDER, "amount": "1.00", "currency": "EUR"},
          "MetafieldsSetInput": {"ownerId": ORDER, "key": "key", "value": "[]"},
          "FulfillmentInput": {"lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": ORDER}]},
          "FulfillmentTrackingInput": {"company": "DHL", "number": "1"},
          "FulfillmentEventInput": {"fulfillmentId": ORDER, "status": "DELIVERED"}, "OrderInput": {"id": ORDER, "note": "x"}}
LIST = "query L($q: String) { orders(first: 2, query: $q, sortKey: UPDATED_AT) { pageInfo { hasNextPage endCursor } nodes { id } } }"
REFUND = "mutation R($i: RefundInput!) { refundCreate(input: $i) %s { refund { id } userErrors { message } } }"


class Shop(SandboxCase):
    def setUp(self):
        super().setUp()
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": "sandbox-shopify-client",
                                       "client_secret": "shpss_sandbox-shopify-secret-1"})
        answer = self.box.call("POST", "/admin/oauth/access_token", form.encode(),
                               {"Content-Type": "application/x-www-form-urlencoded"})
        self.token = answer.json()["access_token"]

    def ask(self, text, /, token=None, version="2026-10", **variables):
        return self.box.call("POST", f"/admin/api/{version}/graphql.json", {"query": text, "variables": variables},
                             {"X-Shopify-Access-Token": token or self.token})

    def data(self, text, /, **variables):
        answer = self.ask(text, **variables).json()
        self.assertNotIn("errors", answer)
        return answer["data"]

    def code(self, answer):
        return answer.json()["errors"][0]["extensions"]["code"]

    def place(self, **more):
        return self.box.control("shopify_orders", {"currency": "EUR", "lines": [
            {"sku": "MUG", "quantity": 2, "unit_price": "20.00", "tax_rate": "0.19"}], **more})["id"]

    def shown(self, order):
        return self.box.control("state")["shopify"]["orders"]["gid://shopify/Order/" + order]

    def refund(self, order, key, amount):
        shown = self.shown(order)
        parent = shown["transactions"][0]
        return self.data(REFUND % f'@idempotent(key: "{key}")', i={"orderId": shown["id"], "currency": "EUR", "transactions": [
            {"orderId": shown["id"], "parentId": parent["id"], "gateway": parent["gateway"], "kind": "REFUND",
             "amount": amount}]})["refundCreate"]

    def test_doors(self):
        refused = self.ask("{ shop { currencyCode } }", token="wrong")
        self.assertEqual((refused.status, type(refused.json()["errors"])), (401, str))
        self.assertEqual(self.ask("{ shop { currencyCode } }", version="2019-01").status, 404)
        self.assertEqual(self.code(self.ask("{ shop { nothing } }")), "GRAPHQL_VALIDATION_FAILED")
        self.assertEqual(self.code(self.ask("{ shop { currencyCode @skip(if: true) } }")), "GRAPHQL_VALIDATION_FAILED")

    def test_every_request_of_the_connector_fits_the_types(self):
        texts = re.findall(r'R"\((.*?)\)"', QUERIES.read_text(), re.S) + re.findall(r'"(query Hub[^"]*)"}', QUERIES.read_text())
        self.assertGreater(len(texts), 15)
        for text in texts:
            given = {name: VALUES[kind] for name, kind in re.findall(r"\$(\w+): \[?(\w+)", text)}
            if "query" in given:
                given["query"] = "updated_at:>='2026-01-01T00:00:00Z'"
            if "metafields" in given:
                given["metafields"] = [given["metafields"]]
            if "after" in given:
                given["after"] = None
            with self.subTest(text.split(maxsplit=2)[1]):
                self.data(text, **given)
        wrong = texts[0].replace("currencyCode", "currency")
        self.assertEqual(self.code(self.ask(wrong)), "GRAPHQL_VALIDATION_FAILED")

    def test_lists(self):
        numbers = [self.place() for _ in range(3)]
        page = self.data(LIST, q="updated_at:>='2026-01-01T00:00:00Z'")["orders"]
        self.assertEqual((len(page["nodes"]), page["pageInfo"]["hasNextPage"]), (2, True))
        rest = self.data(LIST.replace("first: 2", f'first: 2, after: "{page["pageInfo"]["endCursor"]}"'), q="")["orders"]
        self.assertEqual(rest["pageInfo"]["hasNextPage"], False)
        seen = [row["id"].rsplit("/", 1)[1] for row in page["nodes"] + rest["nodes"]]
        self.assertEqual(sorted(seen), sorted(numbers))
        self.assertEqual(self.code(self.ask(LIST, q="updated_at:>=2026-01-01T00:00:00Z")), "BAD_REQUEST")
        self.assertEqual(self.data(LIST, q="updated_at:>='2100-01-01T00:00:00Z'")["orders"]["nodes"], [])

    def test_costs(self):
        self.assertEqual(self.code(self.ask("{ orders(first: 250, sortKey: UPDATED_AT) { nodes { transactions(first: 9) { id } } } }")),
                         "MAX_COST_EXCEEDED")
        self.box.control("switches", {"shopify": {"available": 1, "rate": 1}})
        throttled = self.ask(LIST)
        self.assertEqual((throttled.status, self.code(throttled)), (200, "THROTTLED"))
        self.assertIn("throttleStatus", throttled.json()["extensions"]["cost"])

    def test_refunds_need_their_key(self):
        order = self.place()
        self.assertEqual(self.code(self.ask(REFUND % "", i={"orderId": "gid://shopify/Order/" + order})), "BAD_REQUEST")
        first = self.refund(order, "k-1", "30.00")
        self.assertEqual(first["userErrors"], [])
        self.assertEqual(self.refund(order, "k-1", "30.00")["refund"], first["refund"])
        self.assertIn("PARAMETER_MISMATCH", self.refund(order, "k-1", "5.00")["userErrors"][0]["message"])
        self.assertIn("cannot exceed", self.refund(order, "k-2", "10.01")["userErrors"][0]["message"])
        self.assertEqual(self.refund(order, "k-3", "10.00")["userErrors"], [])
        self.assertEqual([each["amount"] for each in self.box.control("effects")], ["30.00", "10.00"])
        self.assertEqual(self.shown(order)["displayFinancialStatus"], "REFUNDED")

    def test_a_cancel_gives_up_what_is_authorized(self):
        order = self.place(payment="authorization")
        cancel = ('mutation { orderCancel(orderId: "gid://shopify/Order/%s", reason: OTHER, restock: true, staffNote: "x") '
                  "{ job { id done } orderCancelUserErrors { message code } } }" % order)
        self.assertEqual(self.data(cancel)["orderCancel"]["job"]["done"], False)
        self.assertEqual([each["kind"] for each in self.shown(order)["transactions"]], ["AUTHORIZATION", "VOID"])
        self.assertEqual(self.data(cancel)["orderCancel"]["orderCancelUserErrors"][0]["code"], "INVALID")


if __name__ == "__main__":
    unittest.main()
