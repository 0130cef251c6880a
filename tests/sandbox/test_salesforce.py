"""The stand-ins of the Salesforce platform and of B2C Commerce, as their documentation describes the systems."""

import unittest
import urllib.parse

from sandbox_process import SandboxCase

DATA = "/services/data/v66.0"


class Platform(SandboxCase):
    def setUp(self):
        super().setUp()
        answer = self.token("sandbox-consumer-secret-01")
        self.assertEqual(answer.status, 200, answer.body)
        self.headers = {"Authorization": "Bearer " + answer.json()["access_token"]}

    def token(self, secret, grant="client_credentials"):
        form = urllib.parse.urlencode({"grant_type": grant, "client_id": "3MVG9sandbox-consumer-key", "client_secret": secret})
        return self.box.call("POST", "/services/oauth2/token", form.encode(),
                             {"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method, path, body=None):
        return self.box.call(method, DATA + path, body, self.headers)

    def query(self, soql):
        return self.ask("GET", "/query?q=" + urllib.parse.quote(soql))

    def rows(self, soql):
        answer = self.query(soql)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()["records"]

    def code(self, answer, status):
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()[0]["errorCode"]

    def open_case(self, subject="Torn"):
        return self.box.control("rows", {"type": "Case", "fields": {"Subject": subject}})["id"]

    def test_tokens(self):
        self.assertEqual(self.token("wrong").json()["error"], "invalid_client")
        self.assertEqual(self.token("x", "password").json()["error"], "unsupported_grant_type")
        self.box.control("switches", {"salesforce": {"expire_sessions": True}})
        self.assertEqual(self.code(self.query("SELECT Id FROM Case"), 401), "INVALID_SESSION_ID")

    def test_queries(self):
        first, second = self.open_case("O'Neil"), self.open_case("Other")
        self.assertEqual([row["Id"] for row in self.rows("SELECT Id FROM Case ORDER BY Id DESC")], [second, first])
        self.assertEqual([row["Id"] for row in self.rows("SELECT Id FROM Case WHERE Subject = 'o\\'neil'")], [first])
        self.assertEqual(self.rows(f"SELECT Owner.Name FROM Case WHERE Id IN ('{first}') AND NOT (Status = 'Closed')")[0]
                         ["Owner"]["Name"], "Agent One")
        self.assertIsNone(self.rows("SELECT Id, (SELECT Id FROM CaseComments) FROM Case LIMIT 1")[0]["CaseComments"])
        self.assertEqual(self.rows("SELECT Id FROM Case WHERE SystemModstamp > 2100-01-01T00:00:00Z"), [])
        for soql, code in (("SELECT FROM Case", "MALFORMED_QUERY"), ("SELECT Nothing FROM Case", "INVALID_FIELD"),
                           ("SELECT Id FROM Nothing", "INVALID_TYPE"), ("SELECT Id FROM Case WHERE Description = 'x'", "INVALID_FIELD"),
                           ("SELECT Id FROM Case WHERE SystemModstamp > '2026'", "INVALID_FIELD")):
            self.assertEqual(self.code(self.query(soql), 400), code, soql)

    def test_pages(self):
        made = [self.open_case(str(number)) for number in range(5)]
        self.box.control("switches", {"salesforce": {"page_size": 2}})
        page, seen = self.query("SELECT Id FROM Case ORDER BY Id").json(), []
        while True:
            seen += [row["Id"] for row in page["records"]]
            if page["done"]:
                break
            page = self.box.call("GET", page["nextRecordsUrl"], None, self.headers).json()
        self.assertEqual(seen, made)
        self.assertEqual(self.code(self.ask("GET", "/query/01gnothing-2"), 400), "INVALID_QUERY_LOCATOR")

    def part(self, name, fields, what="CaseComment", method="POST", identity=""):
        return {"method": method, "url": f"{DATA}/sobjects/{what}{identity}", "referenceId": name, "body": fields}

    def test_a_composite_request_is_all_or_none(self):
        case = self.open_case()
        good = self.part("case", {"Status": "Working"}, "Case", "PATCH", "/" + case)
        bad = self.part("note", {"ParentId": case, "CommentBody": "x" * 4001})
        answer = self.ask("POST", "/composite", {"allOrNone": True, "compositeRequest": [good, bad]})
        self.assertEqual(answer.status, 200)
        parts = answer.json()["compositeResponse"]
        self.assertEqual([part["body"][0]["errorCode"] for part in parts], ["PROCESSING_HALTED", "STRING_TOO_LONG"])
        self.assertEqual(self.rows("SELECT Status FROM Case")[0]["Status"], "New")
        fine = self.part("note", {"ParentId": case, "CommentBody": "x"})
        parts = self.ask("POST", "/composite", {"allOrNone": True, "compositeRequest": [good, fine]}).json()["compositeResponse"]
        self.assertEqual([part["httpStatusCode"] for part in parts], [204, 201])
        self.assertEqual(self.rows("SELECT Status FROM Case")[0]["Status"], "Working")

    def test_a_collection_answers_200_whatever_happened(self):
        rows = [{"attributes": {"type": "Case"}, "Subject": "a"}, {"attributes": {"type": "Case"}, "Nothing": "b"}]
        done = self.ask("POST", "/composite/sobjects", {"allOrNone": False, "records": rows})
        self.assertEqual([each["success"] for each in done.json()], [True, False])
        self.assertEqual(done.json()[1]["errors"][0]["statusCode"], "INVALID_FIELD")
        none = self.ask("POST", "/composite/sobjects", {"allOrNone": True, "records": rows})
        self.assertEqual(none.json()[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK")
        self.assertEqual(len(self.rows("SELECT Id FROM Case")), 1)

    def test_requests_run_out(self):
        self.box.control("switches", {"salesforce": {"most_requests": 3, "requests": 0}})
        self.assertEqual(self.ask("GET", "/limits").headers["sforce-limit-info"], "api-usage=1/3")
        self.ask("GET", "/limits"), self.ask("GET", "/limits")
        self.assertEqual(self.code(self.ask("GET", "/limits"), 403), "REQUEST_LIMIT_EXCEEDED")


class Commerce(SandboxCase):
    BASE = "/checkout/orders/v1/organizations/f_ecom_zzxx_001/orders"

    def setUp(self):
        super().setUp()
        self.headers = {"Authorization": "Bearer " + self.token("sfcc.orders.rw")}

    def token(self, scope):
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": "sandbox-b2c-client",
                                       "client_secret": "sandbox-b2c-secret-1", "scope": f"SALESFORCE_COMMERCE_API:zzxx_001 {scope}"})
        return self.box.call("POST", "/dwsso/oauth2/access_token", form.encode(),
                             {"Content-Type": "application/x-www-form-urlencoded"}).json()["access_token"]

    def ask(self, method, path="", body=None, headers=None, **query):
        query.setdefault("siteId", "RefArch")
        return self.box.call(method, f"{self.BASE}{path}?{urllib.parse.urlencode(query)}", body, headers or self.headers)

    def make(self, number, **more):
        return self.box.control("b2c_orders", {"orderNo": number, "currency": "EUR", **more})["orderNo"]

    def test_the_list_goes_by_the_last_change(self):
        for number, at in (("A", "10"), ("B", "11"), ("C", "12")):
            self.make(number, lastModified=f"2026-11-02T{at}:00:00.000Z")
        self.make("D", status="failed")
        listed = self.ask("GET", sortBy="last_modified_date", sortOrder="asc", lastModifiedDateFrom="2026-11-02T11:00:00.000Z",
                          lastModifiedDateTo="2026-11-02T12:00:00.000Z", limit=2)
        self.assertEqual([each["orderNo"] for each in listed.json()["data"]], ["B"])
        self.assertEqual(self.ask("GET", limit=201).status, 400)
        self.assertEqual(self.ask("GET", offset=9999).status, 400)
        self.assertEqual(self.ask("GET", siteId="Other").status, 404)
        self.assertEqual(self.ask("GET", "/X").json()["type"].rsplit("/", 1)[1], "order-not-found")

    def test_states_and_scopes(self):
        self.make("A")
        self.assertEqual(self.ask("PUT", "/A/status", {"status": "cancelled"}).status, 204)
        self.assertEqual(self.ask("PUT", "/A/status", {"status": "created"}).status, 409)
        self.assertEqual(self.ask("PUT", "/A/shipping-status", {"status": "gone"}).status, 400)
        self.assertEqual(self.ask("PUT", "/A/shipping-status", {"status": "shipped"}).status, 204)
        self.assertEqual(self.ask("GET", "/A").json()["shippingStatus"], "shipped")
        reader = {"Authorization": "Bearer " + self.token("sfcc.orders")}
        self.assertEqual(self.ask("GET", "/A", headers=reader).status, 200)
        self.assertEqual(self.ask("PATCH", "/A", {"c_x": 1}, headers=reader).status, 403)
        self.assertEqual(self.ask("PATCH", "/A", {"c_x": 1}).status, 204)
        self.assertEqual(self.ask("PATCH", "/A", {"status": "new"}).status, 400)

    def test_events(self):
        self.make("A")
        event = {"id": "k", "occurredAt": "2026-11-02T10:00:00Z", "type": "shipped", "lineItems": []}
        self.assertEqual(self.ask("POST", "/A/oms-status-events", {"fulfillmentEvent": event}).status, 400)
        event |= {"trackingNumber": "1", "trackingUrl": "https://track.example/1"}
        for _ in range(2):
            self.assertEqual(self.ask("POST", "/A/oms-status-events", {"fulfillmentEvent": event}).status, 202)
        self.assertEqual(len(self.box.effects("order.event")), 1)
        self.box.control("switches", {"b2c": {"oms_active": False}})
        self.assertTrue(self.ask("POST", "/A/oms-status-events", {"fulfillmentEvent": event}).json()["type"].endswith("oms-not-active"))

    def test_load(self):
        self.box.control("switches", {"b2c": {"load": 85}})
        self.assertEqual(self.ask("GET").headers["sfdc_load_status"], "WARN")
        self.box.control("switches", {"b2c": {"load": 95}})
        shed = self.ask("GET")
        self.assertEqual((shed.status, shed.headers["sfdc_load"]), (503, "95"))


if __name__ == "__main__":
    unittest.main()
