"""The stand-in desk against recorded answers of the real one."""

import base64
import json
import unittest
from urllib.parse import quote

from sandbox_process import SandboxCase
from shapes import differences, recorded

# whatever order and selection of links the page offers
FREE = ("_hyperlinks",)
# page addresses depend on the number of tickets; some user members are set only by some ways of creation
EXTRA = ("next_page", "prev_page", "Data", "RealName", "Description", "SubjectTag", "SLADisabled", "CommentAddress")


class RecordedRequests(SandboxCase):
    def replay(self, real):
        body = real["body"].encode() or None
        headers = {}
        if real["status"] == 401:
            headers["Authorization"] = "token wrong"
        if real["status"] == 412:
            headers["If-Match"] = '"1"'
        return self.box.desk(real["method"], real["path"], body, headers)

    def test_the_same_requests_get_the_same_answers(self):
        for real in recorded("desk.json"):
            with self.subTest(request=f"{real['method']} {real['path']} {real['body'][:40]}"):
                answer = self.replay(real)
                self.assertEqual(answer.status, real["status"])
                self.assertEqual(answer.headers["connection"], "close")
                self.assertEqual(differences(real["reply"], answer.json(), free=FREE, extra=EXTRA), [])
                if isinstance(real["reply"], list):
                    self.assertEqual(sorted(answer.json()), sorted(real["reply"]))
                for header in ("ETag", "Last-Modified", "Location"):
                    self.assertEqual(header.lower() in answer.headers, header in real["headers"], header)

    def test_a_message_and_its_files(self):
        message, file, note = recorded("desk_parts.json")
        ticket = self.box.control("tickets", {"from": "ada@example.test", "subject": "s", "body": "b"})["id"]
        said = self.box.desk("POST", f"/ticket/{ticket}/correspond", {
            "Subject": "Re: s", "Content": "We look.", "ContentType": "text/plain",
            "Attachments": [{"FileName": "label.txt", "FileType": "text/plain", "FileContent": "SGVsbG8="}]})
        ours = self.box.call("GET", said.headers["location"], headers=self.auth()).json()
        self.assertEqual(differences(message["reply"], ours), [])
        links = [one["_url"].partition("/rt/")[2] for one in ours["_hyperlinks"] if one["ref"] == "attachment"]
        parts = [self.box.call("GET", "/rt/" + link, headers=self.auth()).json() for link in links]
        self.assertEqual([one["ContentType"] for one in parts], ["multipart/mixed", "text/plain", "text/plain"])
        self.assertEqual(differences(file["reply"], parts[2]), [])
        self.assertEqual((parts[2]["Content"], parts[2]["Filename"]), ("SGVsbG8=\n", "label.txt"))
        said = self.box.desk("POST", f"/ticket/{ticket}/comment", {"Content": "é", "ContentType": "text/plain"})
        ours = self.box.call("GET", said.headers["location"], headers=self.auth()).json()
        link = next(one["_url"] for one in ours["_hyperlinks"] if one["ref"] == "attachment")
        part = self.box.call("GET", "/rt/" + link.partition("/rt/")[2], headers=self.auth()).json()
        self.assertEqual(differences(note["reply"], part), [])
        self.assertEqual(base64.b64decode(part["Content"]).decode(), "é")

    def auth(self):
        return {"Authorization": "Basic " + base64.b64encode(b"agent1:hubpass-1").decode()}


class Tickets(SandboxCase):
    def mail(self, subject="s", sender="ada@example.test"):
        return self.box.control("tickets", {"from": sender, "subject": subject, "body": "b"})["id"]

    def found(self, query, more=""):
        answer = self.box.desk("GET", f"/tickets?query={quote(query)}{more}")
        self.assertEqual(answer.status, 200, answer.body)
        return [one["id"] for one in answer.json()["items"]]

    def test_search(self):
        first, second = self.mail("Order 1"), self.mail("it's two", "bob@example.test")
        self.box.desk("PUT", f"/ticket/{second}", {"CustomFields": {"External Id": "hub:1"}})
        for query, wanted in (
                ("Queue='Support'", [first, second]), ("'CF.{External Id}' = 'hub:1'", [second]),
                ("CF.{External Id} = 'hub:1' AND id > 0", [second]), ("id > 1", [second]),
                ("Requestor.EmailAddress = 'ada@example.test'", [first]),
                ("Subject = 'it\\'s two' OR id = 1", [first, second]),
                ("(id = 1 OR id = 2) AND Status != 'resolved'", [first, second]),
                ("LastUpdated >= '2001-01-01T00:00:00Z'", [first, second]),
                ("LastUpdated >= '2001-01-01 00:00:00 UTC'", []),
                ("LastUpdated < '2001-01-01T00:00:00Z'", [])):
            with self.subTest(query=query):
                self.assertEqual(self.found(query), wanted)
        self.assertEqual(self.found("id > 0", "&orderby=id&order=DESC&per_page=1&page=2"), [first])

    def test_the_feed_of_transactions_names_its_tickets(self):
        ticket = self.mail()
        self.box.desk("PUT", f"/ticket/{ticket}", {"Status": "open"})
        query = quote("ObjectType='RT::Ticket' AND id > 1 AND TicketQueue='Support'")
        items = self.box.desk("GET", f"/transactions?query={query}&fields=Type,ObjectId").json()["items"]
        self.assertEqual([(one["Type"], one["ObjectId"]) for one in items],
                         [("EmailRecord", ticket), ("Status", ticket)])

    def test_a_stale_etag_is_refused_and_changes_nothing(self):
        ticket = self.mail()
        etag = self.box.desk("GET", f"/ticket/{ticket}").headers["etag"]
        for status in (200, 412):
            answer = self.box.desk("PUT", f"/ticket/{ticket}", {"CustomFields": {"Order Number": str(status)}},
                                   {"If-Match": etag})
            self.assertEqual(answer.status, status)
        self.assertEqual([one["key"] for one in self.box.effects("ticket.update")], ["Order Number 200 added"])

    def test_what_did_nothing_leaves_no_effect(self):
        ticket = self.mail()
        for members in ({"Status": "bogus"}, {"CustomFields": {"Channel": "pigeon", "No": "x"}}, {"No": 1}):
            self.assertEqual(self.box.desk("PUT", f"/ticket/{ticket}", members).status, 200)
        self.assertEqual([one["kind"] for one in self.box.effects()], ["ticket.create"])

    def test_an_answer_of_the_customer_opens_a_resolved_ticket_again(self):
        ticket = self.mail()
        self.box.desk("PUT", f"/ticket/{ticket}", {"Status": "resolved"})
        self.box.control("tickets", {"from": "ada@example.test", "ticket": ticket, "subject": "Re", "body": "no"})
        self.assertEqual(self.box.desk("GET", f"/ticket/{ticket}").json()["Status"], "open")

    def test_the_empty_result_counts_its_pages_with_a_fraction(self):
        self.assertIn('"pages":0.0', self.box.desk("GET", f"/tickets?query={quote('id > 99')}").body)

    def test_multipart_and_plain_notes(self):
        ticket = self.mail()
        note = json.dumps({"Content": "from a form", "ContentType": "text/plain"})
        form = (f'--x\r\nContent-Disposition: form-data; name="JSON"\r\nContent-Type: application/json\r\n\r\n{note}'
                "\r\n--x--\r\n").encode()
        for kind, body in (("multipart/form-data; boundary=x", form), ("text/plain", b"plain")):
            answer = self.box.desk("POST", f"/ticket/{ticket}/comment", body, {"Content-Type": kind})
            self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual([one["key"] for one in self.box.effects("ticket.comment")], ["from a form", "plain"])


if __name__ == "__main__":
    unittest.main()
