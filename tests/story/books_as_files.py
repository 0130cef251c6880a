#!/usr/bin/env python3
"""Connectors that keep files as the books of a running hub: an order is shipped, comes back and is refunded, with a fee; the
files say what the hub says, once, whatever is in their way.

usage: books_as_files.py --build BUILD
"""
import argparse
import csv
import json
import sys
import xml.etree.ElementTree as xml
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
SELLER = {"name": "Example Ltd", "vat_id": "GB123456789", "address": {
    "line1": "1 High Street", "city": "London", "postcode": "N1 1AA", "country": "GB"}}
ACCOUNTS = {"revenue": "Revenue", "shipping": "Shipping", "fee": "Fees", "clearing": "Clearing", "taxes": {"20": "VAT"}}
FEE = [{"label": "Restocking", "basis": "amount_with_tax", "value": "3.00"}]


class FileHub(Hub):
    def use_books(self, connector, config):
        self.books = self.folder / connector
        settings = json.loads(self.config.read_text())
        books = {"name": "books", "connector": connector, "grant": {"directories": [str(self.books)]},
                 "config": {"directory": str(self.books), **config}}
        settings["connectors"] = [books if each["name"] == "books" else each for each in settings["connectors"]]
        settings["routes"] = {"credit_memo.post": "books", "invoice.post": "books"}
        self.config.write_text(json.dumps(settings, indent=1))


def from_xml(folder, document, kind):
    """ex, tax, inc as the file has them."""
    name = {"credit_memos": "credit-note", "invoices": "invoice"}[kind]
    root = xml.parse(folder / f"{name}-{document['number']}.xml").getroot()
    totals = root.find(CAC + "LegalMonetaryTotal")
    found = [totals.find(CBC + "TaxExclusiveAmount"), root.find(f"{CAC}TaxTotal/{CBC}TaxAmount"),
             totals.find(CBC + "TaxInclusiveAmount")]
    return [Decimal(each.text) for each in found]


def from_csv(folder, document, kind):
    rows = []
    for path in folder.glob("journal-*.csv"):
        with open(path, newline="", encoding="utf-8") as file:
            rows += [row for row in csv.DictReader(file) if row["number"] == document["number"]]
    amount = lambda row: Decimal(row["debit"] or 0) - Decimal(row["credit"] or 0)
    sign = 1 if kind == "credit_memos" else -1
    of = lambda *accounts: sign * sum(amount(row) for row in rows if row["account"] in accounts)
    return [of("Revenue", "Shipping", "Fees"), of("VAT"), -of("Clearing")]


def check_documents(story, placed, done, read):
    for kind in ("credit_memos", "invoices"):
        for document in story.of_action(placed, done, kind):
            totals = [Decimal(document["totals"][part]) for part in ("ex", "tax", "inc")]
            story.equal(f"{document['number']}: the file's totals", read(story.hub.books, document, kind), totals)
            story.equal(f"{document['number']}: the hub says", document["state"], "posted")


def give_back(story, placed, units):
    done = story.submit("return", placed, story.units_of(units, fees=FEE))
    refund = lambda: [step["state"] for step in story.hub.order(placed["code"])["steps"]
                      if step["action"] == done["action_id"] and step["kind"] == "refund.create"]
    story.wait("the refund is made", lambda: (states := refund()) and set(states) == {"done"})
    story.refunded_in_shop(placed, done)
    return done


def play(story, connector, config, read):
    hub = story.hub
    hub.use_books(connector, config)
    hub.books.mkdir()
    hub.make_token()
    hub.start()
    placed = story.order_arrives(items={"TEE-L": 3, "BOOK-1": 1}, channel="uk-store")
    story.is_shipped(placed)
    done = give_back(story, placed, 2)
    story.finish(placed, done)
    story.equal("a credit memo and an invoice", [len(story.of_action(placed, done, kind)) for kind in
                                                 ("credit_memos", "invoices")], [1, 1])
    check_documents(story, placed, done, read)

    hub.books.rename(hub.folder / "away")
    waiting = give_back(story, placed, 1)
    wait_for("the books are missed", lambda: any("cannot use" in step["message"] for step in
                                                 hub.order(placed["code"])["steps"]))
    (hub.folder / "away").rename(hub.books)
    for step in hub.order(placed["code"])["steps"]:
        if step["state"] != "done":
            hub.command("deliveries", "retry", step["delivery"], check=False)  # done meanwhile: all the better
    story.finish(placed, waiting)
    check_documents(story, placed, waiting, read)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    code = 0
    for connector, config, read in (("ubl", {"seller": SELLER}, from_xml), ("journal", {"accounts": ACCOUNTS}, from_csv)):
        with stage(options.build, FileHub) as story:
            play(story, connector, config, read)
        code = verdict(story) or code
    return code


if __name__ == "__main__":
    sys.exit(main())
