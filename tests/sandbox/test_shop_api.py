"""The shop's protocol: recorded requests, sign-in, lists, the three kinds of error."""

import unittest

from sandbox_process import API_KEY, SandboxCase
from shapes import differences, recorded

LIST = "query($o:OrderListOptions){orders(options:$o){totalItems items{id code state updatedAt}}}"


class RecordedRequests(SandboxCase):
    def replay(self, name, headers=None, **variables):
        real = next(one for one in recorded("shop.json") if one["name"] == name)
        query = real["query"].replace('"24"', '"1"')
        answer = self.box.shop_raw(query, variables or real["variables"] or {}, headers)
        self.assertEqual(answer.status, real["status"])
        self.assertEqual(differences(real["response"], answer.json(), free=("permissions", "http")), [], name)
        return real["response"], answer

    def same(self, name, headers=None, **variables):
        """Word for word."""
        real, answer = self.replay(name, headers, **variables)
        self.assertEqual(answer.json(), real)

    def test_sign_in(self):
        self.same("admin login wrong password", {})
        self.same("admin no auth", {})
        self.same("admin bad api key", {"vendure-api-key": "nope", "vendure-token": "us-store"})
        self.same("admin unknown channel token", {"vendure-api-key": API_KEY, "vendure-token": "nope"})
        _, answer = self.replay("admin login", {})
        token = answer.headers["vendure-auth-token"]
        self.replay("admin api key orders", {"Authorization": f"Bearer {token}"})

    def test_lists(self):
        code = self.box.place()["code"]
        self.replay("list updatedAt after, page 1")
        self.replay("by code", o={"filter": {"code": {"eq": code}}})
        self.replay("customer by email", o={"filter": {"emailAddress": {"eq": "shopper@example.com"}}})
        self.same("take too large")
        self.same("missing order")

    def test_refunds(self):
        order = self.box.place()
        payment = self.box.order(order["id"], "payments{id}")["payments"][0]["id"]
        ask = {"paymentId": payment, "shipping": 0, "adjustment": 0, "reason": "Late delivery"}
        self.same("refund without lines", i={"paymentId": payment, "amount": 1000, "reason": "Late delivery"})
        self.replay("refund amount", i={**ask, "amount": 1000})
        self.replay("refund too much", i={**ask, "amount": 9999999})
        self.same("refund zero", i={**ask, "amount": 0})
        self.replay("settleRefund", i={"id": "1", "transactionId": "RF-777"})
        self.same("settleRefund again", i={"id": "1", "transactionId": "RF-778"})
        self.same("cancel too many", i={"orderId": order["id"], "reason": "x", "lines": [
            {"orderLineId": "1", "quantity": 9}]})

    def test_service(self):
        order = self.box.place(payment={"method": "card-authorize", "state": "Authorized"})
        self.replay("settlePayment", id="1")
        self.assertEqual(self.box.order(order["id"], "state")["state"], "PaymentSettled")
        self.replay("settlePayment", id="1")
        self.same("fulfil empty")
        handler = {"code": "manual-fulfillment", "arguments": []}
        self.same("fulfil too many", i={"lines": [{"orderLineId": "1", "quantity": 5}], "handler": handler})
        self.replay("addNoteToOrder private", i={"id": order["id"], "note": "n", "isPublic": False})
        self.replay("setOrderCustomFields", i={"id": order["id"], "customFields": {"hubReference": "C-1"}})
        self.assertEqual([one["kind"] for one in self.box.effects()],
                         ["order.place", "payment.settle", "order.note", "order.custom_fields"])


    def test_fulfilments(self):
        self.box.place(payment={"method": "card-authorize", "state": "Authorized"})
        handler = {"code": "manual-fulfillment", "arguments": [{"name": "method", "value": "DHL"},
                                                               {"name": "trackingCode", "value": "JD0001"}]}
        self.replay("fulfil before settle", i={"lines": [{"orderLineId": "1", "quantity": 1}], "handler": handler})
        self.replay("fulfillment -> Shipped", id="1", s="Shipped")
        self.same("fulfillment -> Shipped again", id="1", s="Shipped")
        self.replay("fulfillment -> Delivered", id="1", s="Delivered")

    def test_authorized_payments(self):
        for _ in range(2):
            self.box.place(payment={"method": "card-authorize", "state": "Authorized"})
        self.replay("cancelPayment", id="1")
        self.replay("cancelPayment again", id="1")
        self.same("settlePayment of a cancelled one", id="1")
        self.box.control("switches", {"vendure": {"refuse_capture": "Simulated settlement error"}})
        self.same("settlePayment refused", id="2")
        self.same("settlePayment refused, again", id="2")


class Service(SandboxCase):
    SHIP = ('mutation($i:FulfillOrderInput!){addFulfillmentToOrder(input:$i){__typename '
            '... on Fulfillment{id state} ... on ErrorResult{errorCode}}}')
    NOTE = 'mutation($i:AddNoteToOrderInput!){addNoteToOrder(input:$i){id}}'

    def place(self):
        return self.box.place(payment={"method": "card-authorize", "state": "Authorized"})["id"]

    def ship(self, tracking):
        arguments = [{"name": "method", "value": "DHL"}, {"name": "trackingCode", "value": tracking}]
        made = self.box.shop(self.SHIP, i={
            "lines": [{"orderLineId": "1", "quantity": 1}],
            "handler": {"code": "manual-fulfillment", "arguments": arguments}})["addFulfillmentToOrder"]
        self.assertEqual(made["state"], "Pending")
        return made["id"]

    def test_a_fulfilment_is_known_by_the_note_before_it(self):
        order = self.place()
        self.box.shop(self.NOTE, i={"id": order, "note": "first [orderhub:K1]", "isPublic": False})
        self.ship("T1")
        self.ship("T2")
        self.assertEqual([one["key"] for one in self.box.effects("fulfillment.create")],
                         ["first [orderhub:K1]", "T2"])
        types = [one["type"] for one in self.box.order(order, "history{items{type}}")["history"]["items"]]
        self.assertLess(types.index("ORDER_NOTE"), types.index("ORDER_FULFILLMENT"))

    def test_an_order_moves_on_only_with_its_money(self):
        order = self.place()
        move = f'mutation{{transitionFulfillmentToState(id:"{self.ship("T1")}",state:"Shipped"){{__typename}}}}'
        self.box.shop(move)
        self.assertEqual(self.box.order(order, "state")["state"], "PaymentAuthorized")
        self.box.shop('mutation{settlePayment(id:"1"){__typename}}')
        self.assertEqual(self.box.order(order, "state")["state"], "PaymentSettled")

    def test_a_provider_may_refuse_a_capture(self):
        order = self.place()
        self.box.control("switches", {"vendure": {"refuse_capture": "expired"}})
        answer = self.box.shop('mutation{settlePayment(id:"1"){__typename ... on SettlePaymentError'
                               '{errorCode paymentErrorMessage}}}')["settlePayment"]
        self.assertEqual(answer, {"__typename": "SettlePaymentError", "errorCode": "SETTLE_PAYMENT_ERROR",
                                  "paymentErrorMessage": "expired"})
        self.assertEqual(self.box.order(order, "payments{state errorMessage}")["payments"],
                         [{"state": "Error", "errorMessage": "expired"}])
        self.assertEqual(self.box.effects("payment.settle"), [])

    def test_an_authorization_is_given_up_once(self):
        self.place()
        void = 'mutation{cancelPayment(id:"1"){__typename ... on Payment{state}}}'
        for _ in range(2):
            self.assertEqual(self.box.shop(void)["cancelPayment"], {"__typename": "Payment", "state": "Cancelled"})
        self.assertEqual([one["target"] for one in self.box.effects("payment.cancel")], ["payment/1"])


class Protocol(SandboxCase):
    def test_a_query_with_a_wrong_member_is_refused_before_anything_is_done(self):
        self.box.place()
        answer = self.box.shop_raw('mutation{settlePayment(id:"1"){... on Payment{id nope}}}')
        self.assertEqual((answer.status, answer.json()["errors"][0]["extensions"]["code"]),
                         (400, "GRAPHQL_VALIDATION_FAILED"))
        wrong = self.box.refund("1", "much").json()
        self.assertEqual(wrong["errors"][0]["extensions"]["code"], "BAD_USER_INPUT")
        self.assertEqual(self.box.shop_raw("{orders{").status, 400)
        self.assertEqual(len(self.box.effects()), 1)

    def test_aliases_fragments_and_inline_literals(self):
        order = self.box.place()
        data = self.box.shop('fragment F on Order { mine: code } { a: order(id: "1") { ...F ... on Order { id } }'
                             ' b: orders(options: {take: 1, filter: {state: {in: ["PaymentSettled"]}}}) '
                             '{ totalItems } }')
        self.assertEqual(data, {"a": {"mine": order["code"], "id": "1"}, "b": {"totalItems": 1}})

    def test_refunding_twice_refunds_twice(self):
        self.box.place()
        for _ in range(2):
            self.box.refund("1", 300, "same")
        self.assertEqual([(one["amount"], one["currency"], one["key"]) for one in self.box.effects("refund.create")],
                         [("3.00", "USD", "same")] * 2)
        refused = self.box.refund("1", 1801).json()["data"]["refundOrder"]
        self.assertEqual((refused["errorCode"], refused["maximumRefundable"]), ("REFUND_AMOUNT_ERROR", 1800))

    def test_card_refunds_start_as_the_switch_says(self):
        self.box.place()
        self.assertEqual(self.box.refund("1", 1).json()["data"]["refundOrder"]["state"], "Pending")
        self.box.control("switches", {"vendure": {"card_refund": "Settled"}})
        self.assertEqual(self.box.refund("1", 1).json()["data"]["refundOrder"]["state"], "Settled")

    def test_channels(self):
        self.box.place()
        self.box.place(channel="uk-store")
        for channel, count in (("us-store", 2), ("uk-store", 1), ("eu-store", 0)):
            answer = self.box.shop_raw("{orders{totalItems}}",
                                       headers={"vendure-api-key": API_KEY, "vendure-token": channel})
            self.assertEqual(answer.json()["data"]["orders"]["totalItems"], count)

    def test_pages_are_sorted_and_cut(self):
        ids = [self.box.place()["id"] for _ in range(5)]
        page = self.box.shop(LIST, o={"sort": {"id": "DESC"}, "skip": 1, "take": 2})["orders"]
        self.assertEqual(([one["id"] for one in page["items"]], page["totalItems"]), (ids[::-1][1:3], 5))

    def test_updated_at_moves_only_as_in_a_stock_shop(self):
        order = self.box.place(payment={"method": "card-authorize", "state": "Authorized"})["id"]
        seen = lambda: self.box.order(order, "updatedAt")["updatedAt"]  # noqa: E731
        before = seen()
        self.box.shop('mutation{settlePayment(id:"1"){__typename}}')
        self.assertEqual(seen(), before)
        after = self.box.shop(LIST, o={"filter": {"updatedAt": {"after": before}}})["orders"]
        self.assertLessEqual(after["totalItems"], 1)
        self.box.control("switches", {"vendure": {"touch_updated_at": True}})
        self.box.refund("1", 1)
        self.assertGreater(seen(), before)

    def test_currencies_without_and_with_three_decimals(self):
        lines = [{"sku": "MUG-1", "quantity": 3, "unit_price_minor": 1655, "tax_rate": 10}]
        yen = self.box.place(channel="jp-store", lines=lines)
        dinar = self.box.place(channel="bh-store", lines=lines)
        self.assertEqual([(one["amount"], one["currency"]) for one in self.box.effects("order.place")],
                         [("4965", "JPY"), ("5.462", "BHD")])
        self.assertEqual((yen["totalWithTax"], dinar["totalWithTax"]), (4965, 5462))


if __name__ == "__main__":
    unittest.main()
