"""The stand-in of Zendesk, as its documentation describes it."""

import base64
import urllib.parse

from sandbox_process import SandboxCase

TOKEN = base64.b64encode(b"hub@acme.example.test/token:sandbox-zendesk-token-01").decode()


class Zendesk(SandboxCase):
    def setUp(self):
        super().setUp()
        self.switch(hold_back_s=0)

    def switch(self, **members):
        self.box.control("switches", {"zendesk": members})

    def ask(self, method, path, body=None, **query):
        return self.box.call(method, "/api/v2" + path + ("?" + urllib.parse.urlencode(query) if query else ""), body,
                             {"Authorization": "Basic " + TOKEN})

    def read(self, path, **query):
        answer = self.ask("GET", path, **query)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def open(self, subject="Torn", body="It came torn"):
        return self.box.control("zendesk_tickets", {"from": "ada@example.test", "subject": subject, "body": body})["id"]

    def change(self, ticket, expected=200, **members):
        answer = self.ask("PUT", f"/tickets/{ticket}.json", {"ticket": members})
        self.assertEqual(answer.status, expected, answer.body)
        return answer.json() if answer.headers["content-type"] == "application/json" else answer

    def test_who_asks(self):
        self.assertEqual(self.read("/users/me")["user"]["role"], "admin")
        self.assertIsNone(self.box.call("GET", "/api/v2/users/me.json").json()["user"]["id"])
        self.assertEqual(self.box.call("GET", "/api/v2/tickets/1").status, 401)
        self.assertEqual(self.ask("GET", "/tickets/1").json()["error"], "RecordNotFound")
        self.assertEqual(self.ask("GET", "/nothing").json()["error"], "InvalidEndpoint")

    def test_comments_are_public_unless_said(self):
        ticket = self.open()
        self.change(ticket, comment={"body": "seen by all"})
        self.change(ticket, comment={"body": "a note", "public": False})
        shown = self.read(f"/tickets/{ticket}/comments", **{"sort_order": "desc", "page[size]": 2})
        self.assertEqual([(each["body"], each["public"]) for each in shown["comments"]],
                         [("a note", False), ("seen by all", True)])
        rest = self.read(f"/tickets/{ticket}/comments", **{"sort_order": "desc", "page[size]": 2,
                                                           "page[after]": shown["meta"]["after_cursor"]})
        self.assertEqual(([each["body"] for each in rest["comments"]], rest["meta"]["has_more"]), (["It came torn"], False))
        self.change(ticket, 422, comment={"body": " "})

    def test_a_guarded_change(self):
        ticket = self.open()
        stamp = self.read(f"/tickets/{ticket}")["ticket"]["updated_at"]
        self.assertEqual(self.change(ticket, 409, safe_update=True, updated_stamp="2020-01-01T00:00:00Z", status="open")["error"],
                         "UpdateConflict")
        done = self.change(ticket, safe_update=True, updated_stamp=stamp, custom_fields=[{"id": 360000000001, "value": "A-1"}])
        self.assertEqual(done["ticket"]["custom_fields"][0]["value"], "A-1")
        self.switch(drop_field=360000000001)
        self.assertEqual(self.change(ticket, custom_fields=[{"id": 360000000001, "value": "B"}])["ticket"]["custom_fields"][0]
                         ["value"], "A-1")
        self.change(ticket, status="closed")
        self.assertIn("closed", self.change(ticket, 422, status="open")["details"]["base"][0]["description"])

    def test_the_export(self):
        first, second = self.open("first"), self.open("second")
        page = self.read("/incremental/tickets/cursor.json", start_time=0, per_page=1)
        self.assertEqual(([str(each["id"]) for each in page["tickets"]], page["end_of_stream"]), ([first], False))
        page = self.read("/incremental/tickets/cursor", cursor=page["after_cursor"])
        self.assertEqual(([str(each["id"]) for each in page["tickets"]], page["end_of_stream"]), ([second], True))
        after = page["after_cursor"]
        self.assertIsNone(self.read("/incremental/tickets/cursor", cursor=after)["after_cursor"])
        self.box.control("zendesk_tickets", {"ticket": first, "status": "deleted"})
        page = self.read("/incremental/tickets/cursor", cursor=after)
        self.assertEqual([(str(each["id"]), each["status"]) for each in page["tickets"]], [(first, "deleted")])
        self.switch(hold_back_s=60)
        self.assertEqual(self.read("/incremental/tickets/cursor", start_time=0)["tickets"], [])
        self.assertEqual(self.ask("GET", "/incremental/tickets/cursor", start_time=4102444800).status, 422)

    def test_limits(self):
        ticket = self.open()
        self.switch(ticket_limit=1, export_limit=0)
        self.change(ticket, status="open")
        refused = self.change(ticket, 429, status="open")
        self.assertGreater(int(refused.headers["retry-after"]), 590)
        self.assertEqual(self.ask("GET", "/incremental/tickets/cursor", start_time=0).status, 429)
