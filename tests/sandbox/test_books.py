"""The stand-in ERP against recorded answers of the real one."""

import datetime
import json
import unittest

from sandbox_process import BOOKS_CONTEXT, SandboxCase
from shapes import differences, recorded

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
# set by the moment, or ids that other records of the recorded database took
LOOSE = ("create_date", "write_date", "move")
INVOICE = {"type": "out", "company": 1, "currency": 1, "party": 3, "invoice_address": 3, "journal": 1, "account": 5}


def decimal(text):
    return {"__class__": "Decimal", "decimal": text}


def date(day):
    return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}


def line(quantity, price, taxes=(), currency=1, account=6):
    return {"type": "line", "company": 1, "currency": currency, "description": "x", "account": account,
            "quantity": quantity, "unit_price": decimal(price), "taxes": [["add", list(taxes)]] if taxes else []}


def this_year(recorded_text):
    """The recording of 2026 as if made this year: dates of orders, numbers, and the years beside it."""
    for distance in (0, -1, 5):
        recorded_text = recorded_text.replace(str(2026 + distance), f"<year{distance}>")
    for distance in (0, -1, 5):
        recorded_text = recorded_text.replace(f"<year{distance}>", str(TODAY.year + distance))
    return recorded_text


def without(value, names):
    if isinstance(value, list):
        return [without(one, names) for one in value]
    if isinstance(value, dict):
        return {name: without(one, names) for name, one in value.items() if name not in names}
    return value


class BooksCase(SandboxCase):
    def setUp(self):
        super().setUp()
        self.session = self.box.books_login()

    def ask(self, method, *params):
        return self.box.books(self.session, method, *params)

    def refused(self, method, *params):
        return self.box.books_raw(self.session, method, [*params, BOOKS_CONTEXT]).json()["error"]

    def create(self, lines, **members):
        return self.ask("model.account.invoice.create", [{**INVOICE, "lines": [["create", lines]], **members}])[0]

    def posted(self, lines, **members):
        number = self.create(lines, **members)
        self.ask("model.account.invoice.post", [number])
        return self.ask("model.account.invoice.read", [number], [
            "number", "state", "untaxed_amount", "tax_amount", "total_amount", "currency.code", "taxes"])[0]


class RecordedRequests(BooksCase):
    def test_the_same_requests_get_the_same_answers(self):
        for real in json.loads(this_year(json.dumps(recorded("books.json")))):
            with self.subTest(method=real["method"], params=json.dumps(real["params"])[:90]):
                answer = self.box.books_raw(self.session, real["method"], real["params"])
                self.assertEqual((answer.status, answer.headers["connection"]), (real["status"], "close"))
                if real["reply"] is None:
                    continue
                ours = {name: one for name, one in answer.json().items() if name != "id"}
                if ours.get("error", [None])[0] == "UserError":
                    ours["error"][1] = ours["error"][1][:2]
                self.assertEqual(differences(real["reply"], ours), [])
                if real["method"] != "model.party.party.create":
                    self.assertEqual(without(ours, LOOSE), without(real["reply"], LOOSE))


class Money(BooksCase):
    LINES = (3, "9.99"), (-1, "5.00")

    def figures(self, currency):
        made = self.posted([line(quantity, price, [1], currency) for quantity, price in self.LINES],
                           currency=currency)
        return [made[name]["decimal"] for name in ("untaxed_amount", "tax_amount", "total_amount")]

    def test_taxes_are_rounded_per_tax_line_in_each_currency(self):
        self.assertEqual(self.figures(2), ["24.97", "4.99", "29.96"])
        self.assertEqual(self.figures(4), ["25", "5", "30"])
        self.assertEqual(self.figures(5), ["24.970", "4.994", "29.964"])

    def test_the_ledger_balances_in_company_currency(self):
        self.figures(2)
        rows = self.ask("model.account.move.line.search_read", [["move.origin", "=", "account.invoice,1"]], 0, 20,
                        None, ["debit", "credit", "account.code", "amount_second_currency"])
        self.assertEqual([(row["account."]["code"], row["debit"]["decimal"], row["credit"]["decimal"])
                          for row in rows],
                         [("4000", "0.00", "27.25"), ("4000", "4.55", "0.00"),
                          ("2200", "0.00", "5.45"), ("2200", "0.91", "0.00"), ("1100", "27.24", "0.00")])

    def test_given_tax_rows_keep_their_amount_when_their_base_is_right(self):
        row = {"manual": False, "tax": 1, "account": 7, "description": "VAT 20%", "amount": decimal("-2.01")}
        kept = self.posted([line(-1, "10.00", [1])],
                           taxes=[["create", [{**row, "base": decimal("-10.00")}]]])
        again = self.posted([line(-1, "10.00", [1])],
                            taxes=[["create", [{**row, "base": decimal("-9.00")}]]])
        self.assertEqual((kept["tax_amount"]["decimal"], kept["number"][:4]), ("-2.01", "CRN-"))
        self.assertEqual(again["tax_amount"]["decimal"], "-2.00")

    def test_quarter_percent_taxes(self):
        self.assertEqual(self.posted([line(3, "13.33", [4])])["tax_amount"]["decimal"], "3.30")

    def test_an_invoice_over_nothing_is_paid(self):
        self.assertEqual(self.posted([])["state"], "paid")


class Rules(BooksCase):
    def test_references_are_not_unique_and_posting_again_does_nothing(self):
        first, second = (self.create([line(1, "1.00")], reference="hub:1") for _ in range(2))
        for _ in range(2):
            self.ask("model.account.invoice.post", [first])
        found = self.ask("model.account.invoice.search", [["reference", "=", "hub:1"]], 0, 2, None)
        self.assertEqual(found, [second, first])
        self.assertEqual([(one["kind"], one["key"]) for one in self.box.effects()],
                         [("invoice.create", "hub:1"), ("invoice.create", "hub:1"), ("invoice.post", "hub:1")])

    def test_what_changed_is_listed_by_either_date_from_a_place_on(self):
        base = [["type", "=", "out"], ["company", "=", 1], ["reference", "!=", None]]

        def listed(field, at, after, *more):
            place = ["OR", [field, ">", at], [[field, "=", at], ["id", ">", after]]]
            found = self.ask("model.account.invoice.search_read", [*base, *more, place], 0, 100,
                             [[field, "ASC"], ["id", "ASC"]], ["reference", field])
            return [(one["id"], one[field]) for one in found]

        began = {"__class__": "datetime", "year": TODAY.year, "month": 1, "day": 1, "hour": 0, "minute": 0,
                 "second": 0, "microsecond": 0}
        draft, posted = (self.create([line(1, "1.00")], reference="CM-000001") for _ in range(2))
        self.create([line(1, "1.00")])
        self.ask("model.account.invoice.post", [posted])
        created = listed("create_date", began, 0, ["write_date", "=", None])
        written = listed("write_date", began, 0)
        self.assertEqual([number for number, _ in created], [draft])
        self.assertEqual([number for number, _ in written], [posted])
        at = written[0][1]
        self.assertEqual(listed("write_date", at, posted), [])
        self.assertEqual(listed("write_date", at, posted - 1), written)

    def test_earlier_dates_are_refused_after_later_ones(self):
        first = datetime.date(TODAY.year, 1, 2)
        self.posted([line(1, "1.00")], accounting_date=date(first))
        early = self.create([line(1, "1.00")], accounting_date=date(first - datetime.timedelta(days=1)))
        self.assertIn("must set an accounting date after", self.refused("model.account.invoice.post", [early])[1][0])

    def test_a_closed_account_is_refused_only_at_post(self):
        made = self.create([line(1, "1.00", account=10)])
        self.assertIn("Account Move Line", self.refused("model.account.invoice.post", [made])[1][0])

    def test_a_stale_timestamp_is_refused(self):
        made = self.create([line(1, "1.00")])
        stamp = self.ask("model.account.invoice.read", [made], ["_timestamp"])[0]["_timestamp"]
        context = {**BOOKS_CONTEXT, "_timestamp": {f"account.invoice,{made}": stamp}}
        for wanted in (None, "ConcurrencyException"):
            reply = self.box.books_raw(self.session, "model.account.invoice.write",
                                       [[made], {"description": "d"}, context]).json()
            self.assertEqual(reply.get("error", [None])[0], wanted)

    def test_only_posting_needs_a_fresh_session(self):
        made = self.create([line(1, "1.00")])
        self.box.control("switches", {"tryton": {"session_timeout_ms": -1}})
        self.assertEqual(self.box.books_raw(self.session, "model.account.invoice.read",
                                            [[made], ["state"], BOOKS_CONTEXT]).status, 200)
        post = [[made], BOOKS_CONTEXT]
        self.assertEqual(self.box.books_raw(self.session, "model.account.invoice.post", post).status, 401)
        self.box.control("switches", {"tryton": {"session_timeout_ms": 300000}})
        self.assertEqual(self.box.books_raw(self.box.books_login(), "model.account.invoice.post", post).status, 200)

    def test_sign_in(self):
        login = {"id": 1, "method": "common.db.login", "params": ["hub", {"password": "no"}]}
        self.assertEqual(self.box.call("POST", "/tryton/hub/", login).status, 401)
        login["params"][1] = {}
        self.assertEqual(self.box.call("POST", "/tryton/hub/", login).json()["error"][0], "LoginException")
        self.assertEqual(self.box.books_raw({}, "model.account.invoice.read", []).status, 401)
        self.box.control("switches", {"tryton": {"expire_sessions": True}})
        self.assertEqual(self.box.books_raw(self.session, "model.account.invoice.read", []).status, 401)
        version = {"id": 1, "method": "common.server.version", "params": []}
        self.assertEqual(self.box.call("POST", "/tryton/", version).json()["result"], "6.0.29")

    def test_what_is_looked_up_before_an_invoice(self):
        for model, domain, wanted in (
                ("account.account", [["code", "=", "1100"], ["company", "=", 1]], [5]),
                ("account.account", [["code", "=", "4999"]], []),
                ("account.tax", [["name", "=", "Sales tax 8.25%"]], [4]),
                ("account.journal", [["code", "=", "REV"]], [1]),
                ("currency.currency", [["code", "in", ["JPY", "BHD"]]], [4, 5]),
                ("party.party", [["contact_mechanisms.value", "ilike", "ADA@example.test"]], [3]),
                ("party.party", ["OR", ["code", "=", "WEB"], [["name", "like", "Bulk%"], ["id", ">", 1]]], [2, 4]),
                ("country.country", [["code", "=", "GB"]], [2])):
            with self.subTest(model=model, domain=domain):
                found = self.ask(f"model.{model}.search_read", domain, 0, 9, None, ["id"])
                self.assertEqual([one["id"] for one in found], wanted)


if __name__ == "__main__":
    unittest.main()
