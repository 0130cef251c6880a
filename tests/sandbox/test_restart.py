"""With a state file a restart goes on where the sandbox was, killed or not."""

import os
import tempfile
import unittest

from sandbox_process import Sandbox


class Restart(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = os.path.join(folder.name, "state.json")

    def test_everything_that_took_effect_is_there_again(self):
        first = Sandbox("--state", self.file, "--seed", "demo")
        order = first.place()
        first.refund("1", 100)
        session = first.books_login()
        made = first.books(session, "model.account.invoice.create", [
            {"type": "out", "company": 1, "currency": 1, "party": 3, "invoice_address": 3, "journal": 1, "account": 5}])
        before = first.control("state")
        first.process.kill()
        first.process.wait()
        first.process.stdout.close()
        second = Sandbox("--state", self.file)
        self.addCleanup(second.stop)
        self.assertEqual(second.control("state")["effects"], before["effects"])
        self.assertEqual(second.control("state")["vendure"], before["vendure"])
        self.assertEqual(second.order(order["id"], "code")["code"], order["code"])
        self.assertEqual(second.books(session, "model.account.invoice.read", made, ["state"])[0]["state"], "draft")
        self.assertEqual(len(second.control("effects")), 3)
        self.assertGreater(int(second.place()["id"]), int(order["id"]))

    def test_without_a_state_file_nothing_is_kept(self):
        box = Sandbox()
        self.addCleanup(box.stop)
        self.assertEqual(box.control("effects"), [])
        self.assertEqual(box.shop("{orders{totalItems}}")["orders"]["totalItems"], 0)

    def test_demo_seed(self):
        box = Sandbox("--seed", "demo")
        self.addCleanup(box.stop)
        orders = box.shop("{orders{totalItems items{currencyCode}}}")["orders"]
        self.assertEqual({one["currencyCode"] for one in orders["items"]}, {"USD", "GBP", "EUR", "JPY", "BHD"})
        self.assertEqual(box.desk("GET", "/ticket/1").status, 200)
        self.assertEqual(box.control("effects"), [])


if __name__ == "__main__":
    unittest.main()
