"""The stand-in for Stripe: what its documentation says of keys, forms, captures, refunds, lists and signatures."""

import hashlib
import hmac
import http.server
import json
import threading
import unittest
import urllib.parse

from sandbox_process import SandboxCase

HEADERS = {"Authorization": "Bearer sk_test_sandbox_stripe_0001", "Stripe-Version": "2026-10-28.endive"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Stripe(SandboxCase):
    def ask(self, path, headers=None, **query):
        text = "?" + urllib.parse.urlencode(query, doseq=True) if query else ""
        return self.box.call("GET", "/v1" + path + text, headers=headers or HEADERS)

    def post(self, path, key=None, **form):
        headers = {**HEADERS, **FORM, **({"Idempotency-Key": key} if key else {})}
        return self.box.call("POST", "/v1" + path, urllib.parse.urlencode(form).encode(), headers)

    def pay(self, amount=5000, **more):
        return self.box.control("stripe_payments", {"amount": amount, "currency": "eur", **more})

    def code(self, answer, status):
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()["error"].get("code", answer.json()["error"]["type"])

    def test_a_key_and_a_form_are_needed(self):
        self.assertEqual(self.ask("/refunds", {"Stripe-Version": "1"}).status, 401)
        as_json = self.box.call("POST", "/v1/refunds", {"charge": "ch_1"}, HEADERS)
        self.assertEqual(as_json.status, 400)
        self.assertEqual(self.code(self.post("/refunds", payment="pi"), 400), "parameter_unknown")
        self.assertEqual(self.code(self.post("/refunds"), 400), "parameter_missing")
        self.assertEqual(self.code(self.post("/refunds", payment_intent="pi_no"), 404), "resource_missing")

    def test_a_key_is_answered_as_before(self):
        paid = self.pay()["payment_intent"]
        first = self.post("/refunds", "k1", payment_intent=paid, amount=1200)
        again = self.post("/refunds", "k1", payment_intent=paid, amount=1200)
        self.assertEqual(first.body, again.body)
        self.assertEqual(again.headers["idempotent-replayed"], "true")
        self.assertEqual(self.code(self.post("/refunds", "k1", payment_intent=paid, amount=1), 400), "idempotency_error")
        self.box.control("switches", {"stripe": {"forget_keys": True}})
        self.assertNotEqual(self.post("/refunds", "k1", payment_intent=paid, amount=1200).body, first.body)
        self.assertEqual([each["amount"] for each in self.box.effects("refund.create")], ["1200", "1200"])

    def test_no_more_than_was_captured_goes_back(self):
        paid = self.pay()["payment_intent"]
        self.assertEqual(self.code(self.post("/refunds", payment_intent=paid, amount=5001), 400), "invalid_request_error")
        self.assertEqual(self.post("/refunds", payment_intent=paid).json()["amount"], 5000)
        self.assertEqual(self.code(self.post("/refunds", payment_intent=paid, amount=1), 400), "charge_already_refunded")

    def test_an_authorization_is_captured_once_or_cancelled(self):
        held = self.pay(capture="manual")["payment_intent"]
        self.assertEqual(self.code(self.post(f"/payment_intents/{held}/capture", amount_to_capture=5001), 400), "amount_too_large")
        done = self.post(f"/payment_intents/{held}/capture", amount_to_capture=3000, **{"metadata[a]": "b"}).json()
        self.assertEqual((done["status"], done["amount_received"], done["metadata"]), ("succeeded", 3000, {"a": "b"}))
        self.assertEqual(self.code(self.post(f"/payment_intents/{held}/cancel"), 400), "payment_intent_unexpected_state")
        other = self.pay(capture="manual")["payment_intent"]
        self.assertEqual(self.post(f"/payment_intents/{other}/cancel").json()["status"], "canceled")
        old = self.pay(capture="manual", charge=True)["charge"]
        self.assertEqual(self.post(f"/charges/{old}/capture", amount=5000).json()["amount_captured"], 5000)
        self.assertEqual(self.code(self.post(f"/charges/{old}/capture"), 400), "charge_already_captured")

    def test_lists_are_newest_first(self):
        paid = self.pay()["payment_intent"]
        made = [self.post("/refunds", payment_intent=paid, amount=100).json()["id"] for _ in range(3)]
        page = self.ask("/refunds", payment_intent=paid, limit=2).json()
        self.assertEqual(([each["id"] for each in page["data"]], page["has_more"]), (made[:0:-1], True))
        rest = self.ask("/refunds", payment_intent=paid, limit=2, starting_after=made[1]).json()
        self.assertEqual(([each["id"] for each in rest["data"]], rest["has_more"]), (made[:1], False))
        self.assertEqual(self.ask("/refunds", limit=101).status, 400)

    def test_a_bank_decides_later(self):
        self.box.control("switches", {"stripe": {"refund_status": "pending"}})
        refund = self.post("/refunds", payment_intent=self.pay()["payment_intent"]).json()
        self.assertEqual(refund["pending_reason"], "processing")
        self.box.control("stripe_refunds", {"id": refund["id"], "status": "failed", "failure_reason": "declined"})
        self.assertEqual(self.ask(f"/refunds/{refund['id']}").json()["failure_reason"], "declined")
        events = self.ask("/events", **{"types[]": ["refund.updated", "refund.failed"]}).json()["data"]
        self.assertEqual([each["type"] for each in events], ["refund.failed", "refund.updated"])

    def test_webhooks_are_signed(self):
        got, arrived = [], threading.Event()

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                got.append((self.headers["Stripe-Signature"], self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()
                arrived.set()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.box.control("webhooks", {"stripe": {"url": f"http://127.0.0.1:{server.server_port}/", "secret": "whsec_1"}})
        self.post("/refunds", payment_intent=self.pay()["payment_intent"])
        self.assertTrue(arrived.wait(60))
        header, body = got[0]
        parts = header.split(",")
        expected = hmac.new(b"whsec_1", parts[0][2:].encode() + b"." + body, hashlib.sha256).hexdigest()
        self.assertIn("v1=" + expected, parts)
        self.assertEqual(json.loads(body)["type"], "refund.created")


if __name__ == "__main__":
    unittest.main()
