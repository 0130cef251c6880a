"""Orders as a shopper places them and as the shop's administrator services them."""

from pathlib import Path

from .graphql import Client
from .instance import SOURCES
from .processes import PeerError

UNION = "__typename ...on ErrorResult{errorCode message}"
_ADDRESSES = {
    "us-store": {"streetLine1": "12 Main Street", "streetLine2": "Apt 4", "city": "Springfield",
                 "province": "IL", "postalCode": "62701", "countryCode": "US"},
    "uk-store": {"streetLine1": "10 High Street", "city": "Leeds", "postalCode": "LS1 4AP",
                 "province": "West Yorkshire", "countryCode": "GB"},
    "jp-store": {"streetLine1": "1-1 Chiyoda", "city": "Chiyoda-ku", "province": "Tokyo",
                 "postalCode": "100-0001", "countryCode": "JP"},
}


def place(shop, options):
    """Through the Shop API, in the order in which a checkout goes. Returns id, code, total."""
    client = Client(shop["shop_api"], options.channel)
    for sku, quantity in options.items:
        if sku not in shop["variants"]:
            raise PeerError(f"unknown SKU {sku}; there are {', '.join(shop['variants'])}")
        client("mutation($v:ID!,$q:Int!){addItemToOrder(productVariantId:$v,quantity:$q)"
               f"{{{UNION}}}}}", v=shop["variants"][sku]["id"], q=quantity)
    for coupon in options.coupon:
        client(f"mutation($c:String!){{applyCouponCode(couponCode:$c){{{UNION}}}}}", c=coupon)
    first, _, last = options.name.partition(" ")
    customer = {"firstName": first, "lastName": last, "emailAddress": options.email,
                "phoneNumber": "+1 555 0100"}
    client.mutate("setCustomerForOrder", "CreateCustomerInput!", customer, UNION)
    address = {"fullName": options.name, "phoneNumber": "+1 555 0100",
               **_ADDRESSES[options.channel]}
    client.mutate("setOrderShippingAddress", "CreateAddressInput!", address, UNION)
    client.mutate("setOrderBillingAddress", "CreateAddressInput!", address, UNION)
    method = f"{options.shipping}-{options.channel}"
    client("mutation($i:[ID!]!){setOrderShippingMethod(shippingMethodId:$i)"
           f"{{{UNION}}}}}", i=[shop["shipping_methods"][options.channel][method]])
    client('mutation{transitionOrderToState(state:"ArrangingPayment")'
           f"{{{UNION} ...on OrderStateTransitionError{{transitionError}}}}}}")
    paid = client.mutate(
        "addPaymentToOrder", "PaymentInput!", {"method": options.pay, "metadata": {}},
        f"...on Order{{id code state totalWithTax currencyCode}} {UNION}")
    return {"id": paid["id"], "code": paid["code"], "state": paid["state"],
            "total": paid["totalWithTax"], "currency": paid["currencyCode"]}


class Admin:
    """The Admin API for one order, which may be named by its id or by its code."""

    def __init__(self, shop, order):
        self._client = Client(shop["admin_api"], "us-store")
        self._client.login(shop["superadmin"]["username"], shop["superadmin"]["password"])
        found = self._client("query($o:OrderListOptions){orders(options:$o){items{id}}}", o={
            "filter": {"_or": [{"code": {"eq": order}}, {"id": {"eq": order}}]}})["items"]
        if not found:
            raise PeerError(f"no order {order}")
        self.id = found[0]["id"]
        # An order is serviced in its own channel; the default one sees it but taxes differently.
        channels = self.show()["channels"]
        self._client.channel = next((channel["token"] for channel in channels
                                     if channel["token"] != "us-store"), "us-store")

    def show(self):
        query = (Path(SOURCES) / "vendure/order.graphql").read_text()
        return self._client(query, id=self.id)

    def settle(self):
        for payment in self.show()["payments"]:
            if payment["state"] == "Authorized":
                self._client("mutation($id:ID!){settlePayment(id:$id)"
                             f"{{{UNION} ...on SettlePaymentError{{paymentErrorMessage}}}}}}",
                             id=payment["id"])

    def ship(self, lines, tracking, carrier):
        """Lines is {line id: quantity}; empty means all that is not in a fulfilment yet."""
        handler = {"code": "manual-fulfillment", "arguments": [
            {"name": "method", "value": carrier}, {"name": "trackingCode", "value": tracking}]}
        made = self._client.mutate("addFulfillmentToOrder", "FulfillOrderInput!", {
            "lines": _line_inputs(lines or self._unfulfilled()), "handler": handler},
            f"...on Fulfillment{{id}} {UNION} "
            "...on CreateFulfillmentError{fulfillmentHandlerError}")
        self._move(made["id"], "Shipped")

    def _unfulfilled(self):
        left = {line["id"]: line["quantity"] - sum(part["quantity"] for part in
                                                   line["fulfillmentLines"])
                for line in self.show()["lines"]}
        return {line: quantity for line, quantity in left.items() if quantity > 0}

    def deliver(self):
        for fulfillment in self.show()["fulfillments"]:
            if fulfillment["state"] == "Shipped":
                self._move(fulfillment["id"], "Delivered")

    def _move(self, fulfillment, state):
        self._client("mutation($id:ID!,$s:String!){transitionFulfillmentToState(id:$id,state:$s)"
                     f"{{{UNION} ...on FulfillmentStateTransitionError{{transitionError}}}}}}",
                     id=fulfillment, s=state)

    def cancel(self, lines, reason):
        """Takes units off the order; without lines the whole order with its shipping."""
        self._client.mutate("cancelOrder", "CancelOrderInput!", {
            "orderId": self.id, "reason": reason, "cancelShipping": not lines,
            "lines": _line_inputs(lines) if lines else None}, UNION)

    def refund(self, amount, reason):
        """Amount in minor units, from the first settled payment that can bear it."""
        for payment in self.show()["payments"]:
            taken = sum(refund["total"] for refund in payment["refunds"]
                        if refund["state"] != "Failed")
            if payment["state"] == "Settled" and payment["amount"] - taken >= amount:
                # PostgreSQL refuses the call without the deprecated shipping and adjustment.
                self._client.mutate("refundOrder", "RefundOrderInput!", {
                    "paymentId": payment["id"], "amount": amount, "reason": reason, "lines": [],
                    "shipping": 0, "adjustment": 0}, UNION)
                return
        raise PeerError(f"no settled payment has {amount} left")


def _line_inputs(lines):
    return [{"orderLineId": line, "quantity": quantity} for line, quantity in lines.items()]
