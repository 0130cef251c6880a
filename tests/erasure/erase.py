#!/usr/bin/env python3
"""A person's data erased on a real hub that is killed meanwhile: what export showed is gone from the whole file, the journal
is as it was sealed, and what the shop sends afterwards brings nothing back.

usage: erase.py --build BUILD
"""
import argparse
import contextlib
import hashlib
import hmac
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Gone, Hub, wait_for  # noqa: E402
from ports import free_port  # noqa: E402

SECRET = "a secret of the signing shop"
HERS, OTHERS = 150, 20
CANARIES = ("zenobia", "quartermaine", "zq@canary.example", "77 canary wharf", "canaryburg", "zz99 7cn", "canary-customer")


class ErasingHub(Hub):
    """With one shop, which signs what it posts."""

    def __init__(self, build, folder):
        build, self.port = Path(build).resolve(), free_port()
        self.program, self.folder, self.url = build / "hub/orderhub", Path(folder), f"http://127.0.0.1:{self.port}"
        self.config = self.folder / "orderhub.yaml"
        self.config.write_text(json.dumps({
            "listen": f"127.0.0.1:{self.port}", "data": str(self.folder / "data"), "plugins": str(build / "connectors"),
            "limits": {"requests_per_caller": 0, "requests_per_address": 0},
            "connectors": [{"name": "web", "connector": "signed_orders", "config": {"webhook_secret": f"plain:{SECRET}"}}]}))
        self.environment, self.process, self.token = dict(os.environ), None, None

    def post(self, order):
        body = json.dumps(order).encode()
        request = urllib.request.Request(f"{self.url}/intake/web", body, {
            "Content-Type": "application/json",
            "X-Signature": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()})
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 202

    def run(self, *words):
        done = subprocess.run([self.program, *words], capture_output=True, text=True, timeout=120,
                              env={**self.environment, "ORDERHUB_URL": self.url, "ORDERHUB_TOKEN": self.token})
        return done.returncode, done.stdout + done.stderr

    def whole_file(self):
        """The hub is stopped for it, and its log copied into the file."""
        self.stop()
        with sqlite3.connect(self.folder / "data/orderhub.db") as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        text = b"".join(path.read_bytes() for path in (self.folder / "data").glob("orderhub.db*")).lower()
        self.start()
        return text

    def quiet(self, orders):
        def open_messages():
            request = urllib.request.Request(f"{self.url}/metrics", headers={"Authorization": f"Bearer {self.token}"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                lines = answer.read().decode().splitlines()
            return sum(float(line.split()[-1]) for line in lines if line.startswith("orderhub_inbox_messages{"))

        wait_for("all is applied", lambda: len(self.get("/api/v1/orders", limit=200)["items"]) == orders and not open_messages())


def order(number, first, last, email, customer, placed_at="2026-03-20T08:15:00.000Z", channel="webshop"):
    address = {"name": f"{first} {last}", "street": f"77 {first.replace('Zenobia', 'Canary')} Wharf", "postalCode": "ZZ99 7CN",
               "city": "Canaryburg" if first == "Zenobia" else "Halifax", "country": "GB"}
    if first != "Zenobia":
        address["postalCode"] = "10115"
    return {
        "id": f"o-{number}", "number": number, "createdAt": placed_at, "currency": "EUR", "channel": channel,
        "customer": {"id": customer, "email": email, "firstName": first, "lastName": last},
        "lines": [{"lineId": 1, "sku": "ART-1", "name": "Oak chair", "quantity": 2, "unitPrice": 11.9, "discounts": [],
                   "tax": {"rate": 19.0, "amount": 3.8}, "lineTotal": 23.8}],
        "payment": {"method": "card", "transactionId": f"t-{number}", "status": "captured", "amount": 23.8},
        "billingAddress": address, "shippingAddress": address,
        "shipping": {"method": "standard", "price": 0, "taxRate": 19.0}, "totals": {"grandTotal": 23.8}}


def hers(number, **more):
    return order(number, "Zenobia", "Quartermaine", "zq@canary.example", "canary-customer", **more)


def check(name, condition, details=""):
    print(("  ok    " if condition else "  FAIL  ") + name, details if not condition else "", flush=True)
    if not condition:
        raise SystemExit(1)


def found_in(text):
    return [each for each in CANARIES if each.encode() in text]


def erase_with_a_kill(hub, customer):
    """Killed after so many commits: some of the start, thirty that find the orders, half of the thirty that erase them. It goes on
    by itself."""
    hub.stop()
    hub.start(crash_at="store.after_commit:50")
    with contextlib.suppress(Gone):  # the hub may be killed before it has answered
        hub.request("POST", f"/api/v1/customers/{customer}:erase", {"reason": "asked by Zenobia Quartermaine"})
    hub.process.wait(timeout=120)
    # Only looked at: the hub itself recovers what the kill has left.
    with sqlite3.connect(f"file:{hub.folder}/data/orderhub.db?mode=ro", uri=True) as database:
        [(begun, state)] = database.execute("SELECT id, state FROM erasures WHERE dry_run = 0").fetchall()
        [(erased,)] = database.execute("SELECT count(*) FROM erased_records WHERE kind = 'order'").fetchall()
    database.close()
    check("it was killed half-way", state == "running" and 0 < erased < HERS, (state, erased))
    hub.start()
    return wait_for("the erasure is done", lambda: (now := hub.get(f"/api/v1/erasures/{begun}"))["state"] == "done" and now)


def play(hub):
    for number in range(HERS):
        hub.post(hers(f"Z-{number}"))
    for number in range(OTHERS):
        hub.post(order(f"B-{number}", "Bob", "Other", "bob@example.test", "bob"))
    hub.quiet(HERS + OTHERS)
    hub.stop()
    hub.start()
    code, said = hub.run("audit", "verify")
    check("the journal is sealed", code == 0, said)
    kept = said.strip().split("--seal ")[1]

    exported = json.loads(hub.command("customers", "export", "zq@canary.example"))
    check("export has all of it", len(exported["orders"]) == HERS
          and len(found_in(json.dumps(exported).lower().encode())) == len(CANARIES), exported["customer"])
    check("so does the file", len(found_in(hub.whole_file())) == len(CANARIES))
    customer = exported["customer"]["id"]
    refused, said = hub.run("customers", "erase", "zq@canary.example", "--reason", "asked")
    check("it is not done by oversight", refused == 2 and "--dry-run" in said, said)
    dry = json.loads(hub.command("customers", "erase", customer, "--reason", "asked", "--dry-run", "--json"))
    check("a dry run counts what export showed", dry["state"] == "done" and dry["erased"]["orders"] == HERS
          and dry["erased"]["messages"] == HERS and dry["kept"]["payments"] == HERS, dry)
    check("and changes nothing", json.loads(hub.command("customers", "export", customer)) == exported)

    erased = erase_with_a_kill(hub, customer)
    check("as many as the dry run has said", erased["erased"]["orders"] == HERS
          and erased["erased"]["messages"] == HERS and not erased["left"], (erased, dry))
    check("the reason does not name her", erased["reason"] == "asked by [erased]", erased["reason"])
    check("nothing is left in the file", not (left := found_in(hub.whole_file())), left)
    for each in exported["orders"]:
        now = hub.get(f"/api/v1/orders/{each['order']['id']}")
        check_kept(each["order"], now)
    print("  ok    every order that was exported has its figures, and not her")
    check("she is not found any more", hub.run("customers", "export", "zq@canary.example")[0] == 5)
    check("others are", len(json.loads(hub.command("customers", "export", "bob@example.test"))["orders"]) == OTHERS)
    code, said = hub.run("audit", "verify", "--seal", kept)
    check("the journal is still the one that was sealed", code == 0, said)
    says = json.loads(hub.command("audit", "list", "--type", "customer.erased", "--json"))["items"]
    check("it says who erased whom", [(each["actor"], each["data"]["customer_id"]) for each in says]
          == [("agent:story", customer)], says)

    hub.post(hers("Z-1", channel="telephone"))
    hub.post(hers("Z-old", placed_at="2025-01-01T08:15:00.000Z"))
    hub.quiet(HERS + OTHERS + 1)
    check("what the shop sends again brings nothing back", not (left := found_in(hub.whole_file())), left)
    tampered(hub)


def check_kept(before, now):
    assert now["totals"] == before["totals"] and now["lines"] == before["lines"] and now["money"] == before["money"], now
    assert not found_in(json.dumps(now).lower().encode()), now
    assert now["shipping_address"]["country"] == "GB", now


def tampered(hub):
    """Who changes an event and calls it erased is found out, even with the checksum that it had."""
    lines = hub.command("audit", "export").splitlines()
    line = next(each for each in lines if '"erased"' not in each and json.loads(each)["type"] == "order.imported")
    hub.stop()
    with sqlite3.connect(hub.folder / "data/orderhub.db") as database:
        database.execute("UPDATE events SET actor = 'agent:other', erased = ? WHERE sequence = ?",
                         (hashlib.sha256(line.encode()).hexdigest(), json.loads(line)["sequence"]))
    database.close()
    hub.start()
    code, said = hub.run("audit", "verify")
    check("an event that only looks erased is noticed", code == 1 and "no entry of the journal says so" in said, said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    with tempfile.TemporaryDirectory(prefix="orderhub-erasure-") as folder:
        hub = ErasingHub(parser.parse_args().build, folder)
        hub.make_token()
        hub.start()
        try:
            play(hub)
        finally:
            hub.stop()


if __name__ == "__main__":
    main()
