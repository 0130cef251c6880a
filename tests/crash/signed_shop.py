"""A shop that posts signed orders to the connector signed_orders, and posts each until it is taken."""

import hashlib
import hmac
import http.client
import json
import threading

SECRET = "a secret of the signing shop"
AMOUNT = 23.8


def connector(name="web"):
    """Its entry of the hub's configuration."""
    return {"name": name, "connector": "signed_orders", "config": {"webhook_secret": f"plain:{SECRET}"}}


def signed_order(number):
    address = {"name": "Ada Byron", "street": "Station Road 1", "postalCode": "10115", "city": "Halifax", "country": "GB"}
    return json.dumps({
        "id": f"o-{number}", "number": number, "createdAt": "2026-11-20T08:15:00.000Z", "currency": "EUR",
        "channel": "webshop",
        "customer": {"id": f"c-{number}", "email": f"buyer.{number}@example.org", "firstName": "Ada", "lastName": "Byron"},
        "lines": [{"lineId": 1, "sku": "ART-1", "name": "Oak chair", "quantity": 2, "unitPrice": 11.9, "discounts": [],
                   "tax": {"rate": 19.0, "amount": 3.8}, "lineTotal": AMOUNT}],
        "payment": {"method": "card", "transactionId": f"t-{number}", "status": "captured", "amount": AMOUNT},
        "billingAddress": address, "shippingAddress": address,
        "shipping": {"method": "standard", "price": 0, "taxRate": 19.0}, "totals": {"grandTotal": AMOUNT}}).encode()


class SignedShop:
    """One per test; any thread, each with a connection of its own."""

    def __init__(self, port, connector_name="web"):
        self.port, self.path = port, f"/intake/{connector_name}"
        self.local, self.never = threading.local(), threading.Event()

    def post(self, number):
        """The status, or 0 if there was no answer: the order may have been taken or not."""
        body = signed_order(number)
        digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        line = getattr(self.local, "line", None) or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.local.line = line
        try:
            line.request("POST", self.path, body, {"Content-Type": "application/json", "X-Signature": f"sha256={digest}"})
            answer = line.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            line.close()
            self.local.line = None
            return 0

    def post_until_taken(self, number, attempts=6000):
        for _ in range(attempts):
            status = self.post(number)
            if status == 202:
                return
            if status not in (0, 429, 503):
                raise RuntimeError(f"order {number} was answered with {status}")
            self.never.wait(0.05)
        raise RuntimeError(f"order {number} was never taken")
