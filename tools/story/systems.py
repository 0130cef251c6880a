"""The three outside systems as people use them: a shopper, a customer's mail, an administrator, an accountant.

The same for the stand-ins (tools/sandbox) and the real ones (tools/peers): both speak the same protocols. Only what has no
protocol of its own (placing an order at once, receiving a mail) differs.
"""

import base64
import json
import os
import subprocess
import sys
import types
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / "tools/peers"
sys.path.insert(0, str(PEERS))

from peerkit import books, desk, orders  # noqa: E402


class Systems:
    """`facts` has the shape of tools/peers' peers.json."""

    real = True

    def __init__(self, facts):
        self.facts = facts

    def place(self, email, items, channel="us-store", pay="card-instant", name="Ada Lovelace"):
        """{id, code, total in minor units, currency}"""
        options = types.SimpleNamespace(email=email, items=list(items.items()), channel=channel, pay=pay,
                                        name=name, coupon=[], shipping="standard")
        return orders.place(self.facts["vendure"], options)

    def shop(self, order):
        return orders.Admin(self.facts["vendure"], order)

    def mail(self, sender, subject, body):
        return str(desk.create(self.facts["request_tracker"], sender, subject, body))

    def ticket(self, number):
        return desk.show(self.facts["request_tracker"], number)

    def notes(self):
        """Posted credit notes in the order of their numbers."""
        posted = [note for note in books.notes(self.facts["tryton"]) if note["state"] in ("posted", "paid")]
        return sorted(posted, key=lambda note: note["number"])

    def refunds(self, order):
        """All refunds of an order that count, as (amount in minor units, reason)."""
        return [(refund["total"], refund["reason"]) for payment in self.shop(order).show()["payments"]
                for refund in payment["refunds"] if refund["state"] != "Failed"]

    def send_webhooks_to(self, hub_url):
        raise NotImplementedError

    def stop_books(self):
        raise NotImplementedError

    def start_books(self):
        raise NotImplementedError


class RealSystems(Systems):
    """The instances that `tools/peers/peers up DIR` made."""

    channels = {"USD": "us-store", "GBP": "uk-store", "JPY": "jp-store"}

    def __init__(self, folder):
        self.folder = Path(folder)
        super().__init__(json.loads((self.folder / "peers.json").read_text()))

    def send_webhooks_to(self, hub_url):
        Path(self.facts["request_tracker"]["webhook"]["url_file"]).write_text(hub_url + "/intake/desk")
        # The shop reads its webhook's address at start.
        self._peers("stop", "vendure")
        self._peers("start", "vendure", WEBHOOK_URL=hub_url + "/intake/shop",
                    WEBHOOK_SECRET=self.facts["vendure"]["webhook"]["secret"])
        self.facts = json.loads((self.folder / "peers.json").read_text())

    def stop_books(self):
        self._peers("stop", "tryton")

    def start_books(self):
        self._peers("start", "tryton")

    def _peers(self, verb, system, **environment):
        subprocess.run([PEERS / "peers", verb, self.folder, system], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, **environment})


def sandbox_facts(url):
    """What tools/sandbox fixes, in the shape of peers.json."""
    hub = {"username": "hub@example.com", "password": "hub-password"}
    return {
        "vendure": {
            "url": url, "admin_api": url + "/vendure/admin-api", "hub": hub, "superadmin": hub,
            "webhook": {"secret": "whsec_" + base64.b64encode(b"a secret of the stand-in").decode()}},
        "request_tracker": {
            "url": url + "/rt", "rest_url": url + "/rt/REST/2.0", "queue": {"name": "Support"},
            "token": "1-35-sandbox00000000000000000000000000", "hub": {"username": "hub"},
            "agent": {"username": "agent1", "password": "hubpass-1"},
            "webhook": {"secret": "secret-of-the-desk"}},
        "tryton": {
            "url": url + "/tryton/hub/", "root_url": url + "/tryton/", "database": "hub", "company": 1,
            "journals": {"revenue": "REV"}, "party": "WEB",
            "hub": {"username": "hub", "password": "hub-Passw0rd-42"},
            "admin": {"username": "hub", "password": "hub-Passw0rd-42"},
            "taxes": {"20": "VAT 20%", "8.25": "Sales tax 8.25%", "5": "VAT 5%", "0": "VAT 0%"}}}


class SandboxSystems(Systems):
    """One orderhub-sandbox process with all three stand-ins."""

    real = False
    channels = {"USD": "us-store", "GBP": "uk-store", "JPY": "jp-store", "BHD": "bh-store"}

    def __init__(self, program, state_file=None):
        command = [program, "--port", "0"] + (["--state", state_file] if state_file else [])
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = "http://" + self.process.stdout.readline().split()[-1]
        super().__init__(sandbox_facts(self.url))

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=120)

    def control(self, what, body=None):
        request = urllib.request.Request(f"{self.url}/_sandbox/{what}",
                                         None if body is None else json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())

    def place(self, email, items, channel="us-store", pay="card-instant", name="Ada Lovelace"):
        first, _, last = name.partition(" ")
        placed = self.control("orders", {
            "channel": channel, "customer": {"firstName": first, "lastName": last, "email": email},
            "lines": [{"sku": sku, "quantity": quantity, "tax_rate": "20"} for sku, quantity in items.items()],
            "shipping": {"price_minor": 500, "tax_rate": 20},
            "payment": {"method": pay, "state": "Authorized" if pay == "card-authorize" else "Settled"}})
        shown = self.shop(placed["code"]).show()
        return {"id": placed["id"], "code": placed["code"], "total": shown["totalWithTax"],
                "currency": shown["currencyCode"]}

    def mail(self, sender, subject, body):
        return self.control("tickets", {"from": sender, "subject": subject, "body": body})["id"]

    def send_webhooks_to(self, hub_url, mode="normal"):
        """`mode`: normal, duplicates, disorder or none."""
        shop, desk_facts = self.facts["vendure"], self.facts["request_tracker"]
        self.control("webhooks", {
            "vendure": {"url": hub_url + "/intake/shop", "secret": shop["webhook"]["secret"], "mode": mode},
            "rt": {"url": hub_url + "/intake/desk", "secret": desk_facts["webhook"]["secret"], "mode": mode}})

    def stop_books(self):
        self.control("down", {"system": "tryton", "down": True})

    def start_books(self):
        self.control("down", {"system": "tryton", "down": False})

    def effects(self):
        """What took effect in the three systems, in order, as the sandbox itself wrote it down."""
        return self.control("effects")
