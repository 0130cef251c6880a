"""Notifications: signatures, bodies, and the ways in which they are unreliable."""

import base64
import hashlib
import hmac
import http.server
import json
import queue
import threading
import time
import unittest

from sandbox_process import SandboxCase
from shapes import differences, recorded

KEY = b"0123456789abcdef0123456789abcdef"
SHOP_SECRET = "whsec_" + base64.b64encode(KEY).decode()
DESK_SECRET = "desk-secret"


class Receiver:
    def __init__(self):
        self.seen, self.answers = queue.Queue(), []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.answers.pop(0) if receiver.answers else 202
                # before answering: the sender is done with it only when it has the answer
                receiver.seen.put((self.path, {k.lower(): v for k, v in self.headers.items()}, body, status))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def next(self):
        return self.seen.get(timeout=120)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Webhooks(SandboxCase):
    def setUp(self):
        super().setUp()
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def listen(self, **shop):
        self.box.control("webhooks", {
            "vendure": {"url": self.receiver.url + "/intake/shop", "secret": SHOP_SECRET, **shop},
            "rt": {"url": self.receiver.url + "/intake/desk", "secret": DESK_SECRET}})

    def until_sent(self):
        """All that came once nothing is waiting any more."""
        deadline = time.monotonic() + 120
        while any(self.box.control("webhooks")[name]["pending"] for name in ("vendure", "rt")):
            self.assertLess(time.monotonic(), deadline)
        return [self.receiver.seen.get_nowait() for _ in range(self.receiver.seen.qsize())]

    def test_the_shop_signs_as_standard_webhooks(self):
        order = self.box.place()
        self.listen()
        self.box.shop('mutation{addNoteToOrder(input:{id:"1",note:"n",isPublic:true}){id}}')
        path, headers, body, _ = self.receiver.next()
        self.assertEqual(path, "/intake/shop")
        signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
        wanted = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], wanted)
        self.assertLess(abs(int(headers["webhook-timestamp"]) - time.time()), 120)
        event = json.loads(body)
        self.assertEqual({name: event[name] for name in ("type", "event", "orderId", "orderCode")},
                         {"type": "order.changed", "event": "history.created", "orderId": order["id"],
                          "orderCode": order["code"]})
        self.assertEqual(sorted(event), ["event", "occurredAt", "orderCode", "orderId", "type"])

    def test_the_desk_signs_its_body_and_tells_once_per_request(self):
        self.listen()
        ticket = self.box.control("tickets", {"from": "a@example.test", "subject": "s", "body": "b"})["id"]
        self.box.desk("PUT", f"/ticket/{ticket}", {"CustomFields": {"Order Number": "1", "Order Total": "2"}})
        for real, types in zip(recorded("desk_webhooks.json"), (["Create"], ["CustomField"] * 2)):
            path, headers, body, _ = self.receiver.next()
            self.assertEqual(path, "/intake/desk")
            self.assertEqual(headers["x-rt-signature"],
                             "sha256=" + hmac.new(DESK_SECRET.encode(), body, hashlib.sha256).hexdigest())
            self.assertEqual(differences(real, json.loads(body)), [])
            self.assertEqual([one["type"] for one in json.loads(body)["transactions"]], types)
        self.assertEqual(self.until_sent(), [])

    def test_the_shop_tries_again_until_it_is_taken(self):
        self.box.place()
        self.receiver.answers = [500, 503]
        self.listen()
        self.box.refund("1", 100)
        got = [self.receiver.next() for _ in range(3)]
        self.assertEqual([one[3] for one in got], [500, 503, 202])
        self.assertEqual(len({one[1]["webhook-id"] for one in got}), 1)
        self.assertEqual(len({one[2] for one in got}), 1)

    def test_the_desk_does_not_try_again(self):
        self.receiver.answers = [500]
        self.listen()
        self.box.control("tickets", {"subject": "s", "body": "b"})
        self.assertEqual(self.receiver.next()[3], 500)
        self.assertEqual(self.until_sent(), [])

    def test_duplicates_carry_the_same_id(self):
        self.box.place()
        self.listen(mode="duplicates")
        self.box.refund("1", 100)
        first, second = self.receiver.next(), self.receiver.next()
        self.assertEqual((first[1]["webhook-id"], first[2]), (second[1]["webhook-id"], second[2]))

    def test_disorder(self):
        self.listen(mode="disorder")
        self.box.place()
        events = [json.loads(one[2])["occurredAt"] for one in self.until_sent()]
        self.assertGreater(len(events), 2)
        self.assertEqual(events, sorted(events, reverse=True))

    def test_none(self):
        self.listen(mode="none")
        self.box.place()
        self.assertEqual(self.until_sent(), [])
        self.listen(mode="normal")
        self.box.place()
        self.assertEqual(json.loads(self.receiver.next()[2])["orderId"], "2")

    def test_what_was_not_done_is_not_told(self):
        self.box.place()
        self.listen()
        self.box.control("faults", {"system": "vendure", "match": "refundOrder", "mode": "ok_without_doing"})
        self.box.refund("1", 100)
        self.assertEqual(self.until_sent(), [])


if __name__ == "__main__":
    unittest.main()
