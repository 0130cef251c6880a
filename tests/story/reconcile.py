#!/usr/bin/env python3
"""`orderhub reconcile` as an operator runs it: nothing to report after a return, then a note that is in the books
twice, a note of our series that nobody gave, and books that do not answer.

usage: reconcile.py --build BUILD
"""
import argparse
import datetime
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from stage import stage, verdict  # noqa: E402
from systems import books  # noqa: E402


def reconcile(hub, *words):
    """(exit code, document, standard error); today and the days around it."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    day = datetime.timedelta(days=1)
    done = subprocess.run(
        [hub.program, "reconcile", "--from", str(today - day), "--to", str(today + day), "--json", *words],
        capture_output=True, text=True, timeout=120,
        env={**hub.environment, "ORDERHUB_URL": hub.url, "ORDERHUB_TOKEN": hub.token})
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


def differences(run):
    return [(each["kind"], each["code"], each["subject"]) for each in run["items"] if each["kind"] != "explained"]


def copy_note(facts, reference):
    """Posts a note of 1.00 with that reference, as somebody at the books might by mistake."""
    session = books.Session(facts["tryton"])
    context = {"company": 1, "language": "en"}
    minus_one = {"__class__": "Decimal", "decimal": "-1.00"}
    line = {"type": "line", "company": 1, "currency": 1, "description": "by hand", "account": 6, "quantity": 1,
            "unit_price": minus_one, "taxes": []}
    made = session.call("model.account.invoice.create", [{
        "type": "out", "company": 1, "currency": 1, "party": 3, "invoice_address": 3, "journal": 1, "account": 5,
        "reference": reference, "lines": [["create", [line]]]}], context)
    session.call("model.account.invoice.post", made, context)


def play(story):
    hub, systems = story.hub, story.systems
    placed = story.order_arrives()
    story.is_shipped(placed)
    story.returns(placed, units=1)
    code, run, words = reconcile(hub)
    story.equal("a return leaves nothing to reconcile", (code, differences(run)), (0, []))
    story.equal("both were asked", sorted(each["connector"] for each in run["asked"]), ["books", "shop"])
    memo = hub.order(placed["code"])["credit_memos"][0]["number"]
    copy_note(systems.facts, memo)
    copy_note(systems.facts, memo[:-2] + "77")
    code, run, words = reconcile(hub)
    story.equal("what the books have beyond ours is found", (code, differences(run)),
                (6, [("missing", "unknown_in_hub", memo[:-2] + "77"), ("doubled", "memo_doubled", memo)]))
    story.equal("the shop alone agrees", reconcile(hub, "--connector", "shop")[0], 0)
    code, run, words = reconcile(hub, "--connector", "desk")
    story.check("who cannot be asked is named", code == 4 and "desk" in words, (code, words))
    systems.stop_books()
    code, run, words = reconcile(hub)
    story.check("books that do not answer fail the run by name", code == 1 and "books" in words, (code, words))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build) as story:
        story.hub.make_token()
        story.systems.send_webhooks_to(story.hub.url)
        story.hub.start()
        play(story)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
