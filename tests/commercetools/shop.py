"""The mock as a project: what a shop, its payment integration and its warehouse do there."""
import base64
import json
import subprocess
import urllib.request
from pathlib import Path

PROJECT = "acme"
PRICE = {"currencyCode": "EUR", "centAmount": 1200}
RATE = {"name": "VAT", "amount": 0.2, "includedInPrice": True, "country": "IE"}


def cents(amount):
    return {"currencyCode": "EUR", "centAmount": amount}


class Shop:
    def __init__(self, node):
        self.process = subprocess.Popen([node, Path(__file__).with_name("mock.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.url = json.loads(self.process.stdout.readline())["url"]
        basic = base64.b64encode(b"client:secret").decode()
        token = self.send("POST", "/oauth/token", b"grant_type=client_credentials",
                          {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Basic {basic}"})
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token['access_token']}"}
        self.make_goods()

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def send(self, method, path, body=None, headers=None):
        request = urllib.request.Request(self.url + path, body, method=method, headers=headers or self.headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    def post(self, path, body):
        return self.send("POST", f"/{PROJECT}{path}", json.dumps(body).encode())

    def get(self, path):
        return self.send("GET", f"/{PROJECT}{path}")

    def act(self, path, *actions):
        """Update actions on what is there now."""
        return self.post(path, {"version": self.get(path)["version"], "actions": list(actions)})

    def fail(self, match, mode):
        self.send("POST", "/_faults", json.dumps({"match": match, "mode": mode}).encode())

    def make_goods(self):
        self.post("/product-types", {"key": "goods", "name": "goods", "description": "goods"})
        self.post("/tax-categories", {"key": "standard", "name": "standard", "rates": [RATE]})
        self.post("/products", {"key": "mug", "productType": {"typeId": "product-type", "key": "goods"}, "name": {"en": "Mug"},
                                "slug": {"en": "mug"}, "taxCategory": {"typeId": "tax-category", "key": "standard"},
                                "masterVariant": {"sku": "MUG", "prices": [{"value": PRICE}]}, "publish": True})

    def place(self, number, is_paid):
        """Two mugs for 24.00; gives the ids of the order and of its payment."""
        order = self.post("/orders/import", {
            "orderNumber": number, "customerEmail": "ada@example.test", "totalPrice": cents(2400), "billingAddress": {"firstName": "Ada", "country": "IE"},
            "lineItems": [{"name": {"en": "Mug"}, "variant": {"sku": "MUG"}, "price": {"value": PRICE}, "quantity": 2, "taxRate": RATE}]})
        if not is_paid:
            return order["id"], None
        payment = self.post("/payments", {"amountPlanned": cents(2400), "paymentMethodInfo": {"method": "CARD"}, "transactions": [
            {"type": "Charge", "amount": cents(2400), "state": "Success", "interactionId": "psp-1"}]})
        self.act(f"/orders/{order['id']}", {"action": "addPayment", "payment": {"typeId": "payment", "id": payment["id"]}})
        return order["id"], payment["id"]

    def ship(self, order):
        self.act(f"/orders/{order}", {"action": "changeShipmentState", "shipmentState": "Shipped"})

    def refunds(self, payment):
        return [each for each in self.get(f"/payments/{payment}")["transactions"] if each["type"] == "Refund"]

    def give_back(self, payment):
        """The payment integration carries out what waits."""
        for each in self.refunds(payment):
            if each["state"] == "Initial":
                self.act(f"/payments/{payment}", {"action": "changeTransactionState", "transactionId": each["id"], "state": "Success"})
