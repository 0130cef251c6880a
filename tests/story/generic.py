#!/usr/bin/env python3
"""A company whose shop, help desk and books are all home-grown: three generic connectors with the very configuration of their
samples, a running hub, and the systems that tools/sandbox/home_grown.py plays. Order in, case in and linked, cancel, return;
refund and credit memo out, once each, also when an answer is lost.

usage: generic.py --build BUILD
"""
import argparse
import json
import os
import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools/story"))
sys.path.insert(0, str(ROOT / "tools/sandbox"))

import home_grown  # noqa: E402
from hub import Hub, wait_for  # noqa: E402
from ports import free_port  # noqa: E402
from stage import verdict  # noqa: E402
from story import Story  # noqa: E402

SECRETS = {"KONTOR_SHOP_KEY": home_grown.SHOP_KEY, "KONTOR_SHOP_WEBHOOK_SECRET": home_grown.SHOP_SECRET,
           "KONTOR_DESK_PASSWORD": "kontor-desk-password", "KONTOR_DESK_WEBHOOK_TOKEN": home_grown.DESK_TOKEN,
           "KONTOR_BOOKS_SECRET": "kontor-books-secret"}


class SampleHub(Hub):
    """Its connectors are those of the samples, at the address of the systems."""

    def __init__(self, build, folder, url, port):
        build = Path(build).resolve()
        self.program, self.folder, self.port = build / "hub/orderhub", Path(folder), port
        self.url = f"http://127.0.0.1:{port}"
        self.config = self.folder / "orderhub.yaml"
        connectors = []
        for kind in ("storefront", "servicedesk", "finance"):
            sample = (ROOT / f"plugins/{kind}/generic/config.sample.yaml").read_text()
            [entry] = yaml.safe_load(sample.replace("127.0.0.1:8090", url.removeprefix("http://")))
            connectors.append({**entry, "poll_interval_s": 1})
        self.config.write_text(json.dumps({
            "listen": f"127.0.0.1:{port}", "public_url": self.url, "data": str(self.folder / "data"),
            "plugins": str(build / "connectors"), "connectors": connectors,
            "routes": {"credit_memo.post": "books", "invoice.post": "books"}}, indent=1))
        self.environment = {**os.environ, **SECRETS}
        self.process = self.token = None


class Company(Story):
    def __init__(self, world, hub):
        self.world, self.hub, self.say = world, hub, print
        self.failures, self.checks, self.run = [], 0, "kontor"

    def effects(self, system, kind, target=None):
        with self.world.lock:
            return [each for each in self.world.effects
                    if (each["system"], each["kind"]) == (system, kind) and target in (None, each["target"])]

    def fault(self, match, mode):
        with self.world.lock:
            self.world.faults.append({"match": match, "mode": mode})

    def faults_are_over(self):
        with self.world.lock:
            self.equal("every planned fault took place", self.world.faults, [])

    def orders(self, number, mugs=3, **more):
        with self.world.lock:
            self.world.place({"no": number, "positions": [
                {"article": "MUG", "title": "Mug", "qty": mugs, "unit_gross": "12.10"},
                {"article": "BOOK", "title": "Book", "qty": 1, "unit_gross": "9.99", "vat_rate": "13.5"}], **more})
        placed = {"code": number, "currency": "EUR"}
        order = self.wait(f"order {number} is in the hub", lambda: self.hub.order(number))
        self.equal(f"{number}: nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
        self.equal(f"{number}: its total", order["totals"]["current"]["inc"],
                   str(Decimal("12.10") * mugs + Decimal("9.99") + Decimal(more.get("shipping_gross", "0"))))
        return placed

    def asks(self, placed):
        with self.world.lock:
            ticket = self.world.write_ticket({
                "subject": f"Where is {placed['code']}?", "from": {"name": "Ada Lovelace", "mail": "ada@example.test"},
                "mails": [{"no": 1, "sent_by": "customer", "author": "Ada", "text": f"Order {placed['code']} has not come."}]})["id"]
        self.wait("the desk shows the order", lambda: self.world.tickets[ticket]["order"].get("number"))
        self.equal("the ticket's order", self.world.tickets[ticket]["order"]["number"], placed["code"])
        self.equal("the case is linked", self.linked(ticket)["order_id"], self.hub.order(placed["code"])["id"])
        return ticket

    def gives_back(self, action, placed, units, memos):
        """Refunded and booked once, to the cent."""
        before = [self.effects("shop", "refunds", placed["code"]), self.effects("books", "credit")]
        done = self.submit(action, placed, self.units_of(units))
        self.finish(placed, done)
        refunds = self.effects("shop", "refunds", placed["code"])[len(before[0]):]
        self.equal(f"{action} {placed['code']}: refunded once", len(refunds), 1)
        made = next(each for each in self.world.orders[placed["code"]]["refunds"] if each["ref"] == refunds[0]["key"])
        self.equal("the cents of the plan", made["cents"], int(Decimal(done["plan"]["refunds"][0]["amount"]) * 100))
        self.equal("credit memos", len(self.effects("books", "credit")) - len(before[1]), memos)
        for memo in self.of_action(placed, done, "credit_memos"):
            [booked] = [each for each in self.world.documents if each["reference"] == memo["number"]]
            self.equal(f"{memo['number']} as the hub has it", [booked["net"], booked["vat"], booked["gross"]],
                       [memo["totals"][part] for part in ("ex", "tax", "inc")])
            self.equal("and the hub says", memo["state"], "posted")
        return done

    def ships(self, placed):
        with self.world.lock:
            positions = [{"pos": each["pos"], "qty": each["qty"]} for each in self.world.orders[placed["code"]]["positions"]]
            self.world.act(placed["code"], "parcels", {"carrier": "An Post", "tracking": "AP1", "positions": positions})
        self.wait("the hub knows the parcel", lambda: self.quantity(placed, "fulfilled") > 0)


def play(story):
    hub = story.hub
    checked = hub.command("connectors", "check", check=False)
    for words in ("reads by message list; carries out order.cancel refund.create fulfilment.create; not configured: fulfilment.update",
                  "carries out case.link case.note", "reads by list; carries out credit_memo.post invoice.post"):
        story.check(f"connectors check says: {words}", words in checked, checked)
    placed = story.orders("H-1001", shipping_gross="4.90")
    ticket = story.asks(placed)
    story.say("\nA unit is cancelled before it leaves")
    story.gives_back("cancel", placed, 1, memos=0)
    story.equal("cancelled once in the shop", len(story.effects("shop", "cancel", "H-1001")), 1)
    story.wait("the echo is recognised", lambda: story.quantity(placed, "cancelled") == 1)
    story.say("\nThe rest is sent, and a unit comes back")
    story.ships(placed)
    story.gives_back("return", placed, 1, memos=1)
    order = hub.order("H-1001")
    story.equal("nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
    story.wait("the ticket says so", lambda: any("Refund" in each["text"] for each in story.world.tickets[ticket]["notes"]))


def play_trouble(story):
    """Each fault is bound to the one request that it is for."""
    placed = story.orders("H-2001", mugs=4)
    story.say("\nThe answers to a cancellation and to its refund are lost")
    story.fault("POST /shop/orders/H-2001/cancel", "lost_after")
    story.fault("POST /shop/orders/H-2001/refunds", "lost_after")
    story.gives_back("cancel", placed, 1, memos=0)
    story.faults_are_over()
    story.equal("cancelled once in the shop", len(story.effects("shop", "cancel", "H-2001")), 1)
    story.ships(placed)
    for match, mode in (("POST /books/documents", "lost_after"), ("POST /shop/orders/H-2001/refunds", "before_500"),
                        ("POST /shop/orders/H-2001/refunds", "busy")):
        story.say(f"\nA unit comes back; {match}: {mode}")
        story.fault(match, mode)
        story.gives_back("return", placed, 1, memos=1)
        story.faults_are_over()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="orderhub-generic-"))
    port = free_port()
    world, url = home_grown.start(hub=f"http://127.0.0.1:{port}")
    hub = SampleHub(options.build, folder, url, port)
    story = Company(world, hub)
    try:
        hub.make_token()
        hub.start()
        play(story)
        play_trouble(story)
    finally:
        hub.stop()
    if not story.failures:
        shutil.rmtree(folder, ignore_errors=True)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
