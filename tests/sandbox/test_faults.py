"""Every way to go wrong: what the client sees, and what really happened."""

import http.client
import socket
import threading
import time
import unittest

from sandbox_process import BOOKS_CONTEXT, SandboxCase

CLOSED = (ConnectionResetError, http.client.RemoteDisconnected)


class Faults(SandboxCase):
    def setUp(self):
        super().setUp()
        self.box.place()

    def arm(self, mode, system="vendure", match="refundOrder", **more):
        self.box.control("faults", {"system": system, "match": match, "mode": mode, **more})

    def refunds(self):
        return len(self.box.effects("refund.create"))

    def refund(self, **options):
        return self.box.refund("1", 100, **options)

    def after(self, happened):
        """The fault is used up, its effect is as told, and the next request is in order."""
        self.wait_until_met()
        self.assertEqual(self.refunds(), happened)
        self.assertEqual(self.refund().json()["data"]["refundOrder"]["state"], "Pending")
        self.assertEqual(self.refunds(), happened + 1)

    def wait_until_met(self):
        """Who hangs up early may be gone before its request was read."""
        deadline = time.monotonic() + 120
        while (left := self.box.control("faults")) != []:
            self.assertLess(time.monotonic(), deadline, left)

    def test_latency(self):
        self.arm("latency", delay_ms=300)
        start = time.monotonic()
        self.assertEqual(self.refund().status, 200)
        self.assertGreaterEqual(time.monotonic() - start, 0.3)
        self.after(1)

    def test_status_429(self):
        self.arm("status_429", retry_after=7)
        answer = self.refund()
        self.assertEqual((answer.status, answer.headers["retry-after"]), (429, "7"))
        self.after(0)

    def test_status_500_before(self):
        self.arm("status_500_before")
        self.assertEqual(self.refund().status, 500)
        self.after(0)

    def test_status_500_after(self):
        self.arm("status_500_after")
        self.assertEqual(self.refund().status, 500)
        self.after(1)

    def test_reset_before(self):
        self.arm("reset_before")
        with self.assertRaises(CLOSED):
            self.refund()
        self.after(0)

    def test_reset_after(self):
        self.arm("reset_after")
        with self.assertRaises(CLOSED):
            self.refund()
        self.after(1)

    def test_half_close(self):
        self.arm("half_close")
        with self.assertRaises(http.client.IncompleteRead):
            self.refund()
        self.after(1)

    def test_slow_body(self):
        self.arm("slow_body", delay_ms=400)
        start = time.monotonic()
        self.assertEqual(self.refund().json()["data"]["refundOrder"]["total"], 100)
        self.assertGreaterEqual(time.monotonic() - start, 0.35)
        self.after(1)

    def test_wrong_json(self):
        self.arm("wrong_json")
        answer = self.refund()
        self.assertEqual(answer.status, 200)
        self.assertRaises(ValueError, answer.json)
        self.after(1)

    def test_ok_without_doing(self):
        self.arm("ok_without_doing")
        self.assertEqual(self.refund().json()["data"]["refundOrder"]["state"], "Pending")
        self.assertEqual(self.box.order("1", "payments{refunds{id}}")["payments"], [{"refunds": []}])
        self.after(0)

    def test_timeout_after(self):
        self.arm("timeout_after", delay_ms=20_000)
        with self.assertRaises((socket.timeout, TimeoutError)):
            self.refund(timeout=0.3)
        self.after(1)

    def test_timeout_after_ends_without_an_answer(self):
        self.arm("timeout_after", delay_ms=200)
        with self.assertRaises(CLOSED):
            self.refund()
        self.after(1)

    def test_reply(self):
        locked = '{"id":7,"error":["could not obtain lock on row in relation \\"ir_sequence_strict\\"\\n",""]}'
        self.arm("reply", "tryton", "invoice.post", status=200, body=locked)
        session = self.box.books_login()
        answer = self.box.books_raw(session, "model.account.invoice.post", [[1], BOOKS_CONTEXT])
        self.assertTrue(answer.json()["error"][0].startswith("could not obtain lock"))
        self.after(0)

    def test_unknown_modes_are_refused(self):
        self.assertEqual(self.box.call("POST", "/_sandbox/faults", {"mode": "gremlins"}).status, 400)

    def test_rules_apply_in_order_to_their_system_and_operation_only(self):
        self.arm("status_500_before", times=2)
        self.arm("status_429")
        self.assertEqual(self.box.shop_raw("{orders{totalItems}}").status, 200)
        self.assertEqual([self.refund().status for _ in range(4)], [500, 500, 429, 200])
        self.arm("status_500_before", "rt", "PUT /ticket")
        ticket = self.box.control("tickets", {"subject": "s", "body": "b"})["id"]
        self.assertEqual(self.box.desk("GET", f"/ticket/{ticket}").status, 200)
        self.assertEqual(self.box.desk("PUT", f"/ticket/{ticket}", {"Status": "open"}).status, 500)
        self.assertEqual([one["fault"] for one in self.box.control("requests")],
                         [None] + ["status_500_before"] * 2 + ["status_429", None, None, "status_500_before"])

    def test_rules_can_be_taken_back(self):
        self.arm("status_500_before")
        self.box.control("faults", method="DELETE")
        self.assertEqual(self.refund().status, 200)

    def test_a_slow_answer_does_not_hold_up_others(self):
        self.arm("latency", delay_ms=5000, times=20)
        slow = [threading.Thread(target=self.refund) for _ in range(20)]
        for one in slow:
            one.start()
        self.wait_until_met()
        self.assertEqual(self.box.shop_raw("{orders{totalItems}}").status, 200)
        self.assertTrue(any(one.is_alive() for one in slow), "all slow answers came before")
        for one in slow:
            one.join()
        self.assertEqual(self.refunds(), 20)


class Down(SandboxCase):
    def test_a_system_that_is_down_closes_connections(self):
        session = self.box.books_login()
        self.box.control("down", {"system": "tryton", "down": True})
        with self.assertRaises(CLOSED):
            self.box.books(session, "model.account.invoice.search", [], 0, 1, None)
        self.assertEqual(self.box.shop("{orders{totalItems}}")["orders"]["totalItems"], 0)
        self.box.control("down", {"system": "tryton", "down": False})
        self.assertEqual(self.box.books(session, "model.account.invoice.search", [], 0, 1, None), [])

    def test_or_answers_503(self):
        self.box.control("down", {"system": "rt", "down": True, "mode": "503"})
        self.assertEqual(self.box.desk("GET", "/rt").status, 503)
        self.box.control("down", {"system": "rt", "down": False})
        self.assertEqual(self.box.desk("GET", "/rt").status, 200)


if __name__ == "__main__":
    unittest.main()
