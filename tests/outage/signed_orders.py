"""Orders for the connector signed_orders, and what their messages are called in the inbox."""

import hashlib
import hmac
import http.client
import json

SECRET = "a secret of the outage tests"


def signed_order(number):
    address = {"name": "Kim Example", "street": "Mill Lane 2", "postalCode": "20095", "city": "York", "country": "GB"}
    return json.dumps({
        "id": f"o-{number}", "number": f"{number}", "createdAt": "2026-11-20T08:15:00.000Z", "currency": "EUR", "channel": "web",
        "customer": {"id": f"c-{number}", "email": f"kim.{number}@example.org", "firstName": "Kim", "lastName": "Example"},
        "lines": [{"lineId": 1, "sku": "ART-1", "name": "Oak chair " + "x" * 1_500, "quantity": 1, "unitPrice": 11.9,
                   "discounts": [], "tax": {"rate": 19.0, "amount": 1.9}, "lineTotal": 11.9}],
        "payment": {"method": "card", "transactionId": f"t-{number}", "status": "captured", "amount": 11.9},
        "billingAddress": address, "shippingAddress": address,
        "shipping": {"method": "standard", "price": 0, "taxRate": 19.0}, "totals": {"grandTotal": 11.9}}).encode()


def message_id(number):
    return hashlib.sha256(signed_order(number)).hexdigest()


class Sender:
    """One connection, of one thread."""

    def __init__(self, port):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def post(self, number):
        """Status and Retry-After of one try."""
        body = signed_order(number)
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        self.line.request("POST", "/intake/web", body,
                          {"Content-Type": "application/json", "X-Signature": f"sha256={signature}"})
        answer = self.line.getresponse()
        answer.read()
        return answer.status, answer.getheader("Retry-After")
