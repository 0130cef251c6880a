#!/usr/bin/env python3
"""A hub with orders, tickets and trouble, for a browser to look at.

usage: world.py --build BUILD [--port N] [--keep]

Prints one line of JSON: {"url", "sandbox", "framing" (the origin that may frame the panel), "token", "admin", "agent", "orders": {name: number}}. Then reads commands, a line of JSON
each, and answers each with a line: {"do": "stop" | "start" | "restart"}, {"do": "ship", "order": number, "lines": {sku: n}},
{"do": "place", "email", "items", ...}, {"do": "close_period"}, {"do": "quiet"}. Ends with its input, or with --keep when it is interrupted.
"""
import argparse
import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools/story"))

from hub import Empty, Hub, Refused, wait_for  # noqa: E402
from ports import free_port  # noqa: E402
from systems import SandboxSystems  # noqa: E402

HANNA = {"firstName": "Hanna", "lastName": "Okonkwo", "email": "hanna.okonkwo@example.com", "phone": "+49 40 5550 0142"}
ADDRESS = {"fullName": "Hanna Okonkwo", "streetLine1": "Lange Reihe 41", "city": "Hamburg", "postalCode": "20099",
           "countryCode": "DE", "phoneNumber": "+49 40 5550 0142"}


class World:
    def __init__(self, build, port):
        self.folder = Path(tempfile.mkdtemp(prefix="orderhub-world-"))
        self.systems = SandboxSystems(Path(build) / "tools/sandbox/orderhub-sandbox")
        self.hub = Hub(build, self.folder, self.systems.facts, port)
        self.orders = {}
        configuration = json.loads(self.hub.config.read_text())
        self.framing = f"http://127.0.0.1:{free_port()}"
        configuration["access"] = {"panel": {"secret": "plain:" + "panel " * 8, "frame_ancestors": [self.framing]}}
        self.hub.config.write_text(json.dumps(configuration, indent=1))

    def begin(self):
        self.hub.make_token()
        self.agent = self.user("lena", "agent")
        self.admin = self.user("mara", "admin")
        self.systems.send_webhooks_to(self.hub.url)
        self.hub.start()

    def user(self, name, role):
        return {"name": name, "password": self.hub.make_user(name, role)}

    def place(self, name, customer, lines, channel="eu-store", pay="card-instant", **more):
        body = {"channel": channel, "customer": customer, "shippingAddress": ADDRESS, "billingAddress": ADDRESS,
                "lines": [{"sku": sku, "name": title, "quantity": quantity, "unit_price_minor": price, "tax_rate": "20"}
                          for sku, title, quantity, price in lines],
                "shipping": {"price_minor": 495, "tax_rate": 20},
                "payment": {"method": pay, "state": "Authorized" if pay == "card-authorize" else "Settled"}, **more}
        placed = self.systems.control("orders", body)
        self.orders[name] = placed["code"]
        return placed["code"]

    def order(self, name):
        return wait_for(f"order {name} is in the hub", lambda: self.hub.order(self.orders[name]))

    def ship(self, code, lines=None, tracking="00340434161094042557"):
        fulfilled = lambda: sum(line["quantities"]["fulfilled"] for line in self.hub.order(code)["lines"])
        order = wait_for("the order is in the hub", lambda: self.hub.order(code))
        before = fulfilled()
        theirs = {line["sku"]: line["external_id"] for line in order["lines"]}
        self.systems.shop(code).ship({theirs[sku]: count for sku, count in (lines or {}).items()}, tracking, "DHL")
        wait_for("the shipment is in the hub", lambda: fulfilled() > before)

    def act(self, name, action, body):
        done = self.submitted(name, action, body)
        wait_for(f"{action} of {name} is carried out", lambda: all(
            step["state"] in ("done", "parked", "dropped") for step in self.hub.order(self.orders[name])["steps"]))
        return done

    def submitted(self, name, action, body):
        """The shop's word of an earlier action may change the order meanwhile: then it is done on what it is now."""
        while True:
            order = self.order(name)
            try:
                return self.hub.act("submit", action, order, body(order))
            except Refused as refused:
                if refused.problem.get("code") != "order_changed":
                    raise

    def people(self):
        """A morning at a shop: what the pages are looked at with."""
        self.place("main", HANNA, [("TJ-MOS-M", "Trail jacket, Moss, M", 1, 14900), ("MS-2P-42", "Merino socks, 2-pack, 39–42", 3, 1990),
                                   ("SB-075", "Steel bottle 0.75 l", 2, 2495), ("HT-400", "Head torch 400 lm", 1, 5900)],
                   coupon_percent=10)
        self.place("late", HANNA, [("TENT-2P", "Ridge tent for two, storm grey", 1, 28900)])
        for name, lines in (("fresh", [("MUG-1", "Enamel mug", 4, 1250), ("KETTLE", "Camp kettle 1.2 l", 1, 4200)]),
                            ("swap", [("SHOE-42", "Approach shoe, 42", 1, 12900)]),
                            ("spare", [("STOVE", "Gas stove", 2, 6400)]),
                            ("back", [("MS-2P-42", "Merino socks, 2-pack, 39–42", 2, 1990)])):
            self.place(name, {"firstName": "Jonas", "lastName": "Weidenfeller-Hohenstein",
                              "email": "jonas.weidenfeller@example.org", "phone": "+49 30 901820"}, lines)
        self.place("held", {"firstName": "Aiko", "lastName": "Tanaka", "email": "aiko.tanaka@example.net", "phone": "+81 3 1234 5678"},
                   [("PACK-45", "Trekking pack 45 l", 1, 18500), ("COVER", "Rain cover", 1, 2200)], pay="card-authorize")
        self.ship(self.orders["main"], {"TJ-MOS-M": 1, "MS-2P-42": 3})
        self.ship(self.orders["late"], tracking="00340434161094042601")
        self.ship(self.orders["swap"], tracking="JD014600003RU")
        self.ship(self.orders["spare"], tracking="JD014600004RU")
        self.ship(self.orders["back"], tracking="JD014600005RU")

    def line(self, order, sku, quantity):
        return {"line_id": next(each["id"] for each in order["lines"] if each["sku"] == sku), "quantity": quantity}

    def service(self):
        """What agents have done, and what went wrong while they did it."""
        self.act("main", "cancel", lambda order: {"lines": [self.line(order, "SB-075", 1)], "reason": "Customer changed her mind"})
        self.act("main", "appease", lambda order: {"basis": "amount_with_tax", "value": "4.95", "reason": "Late delivery",
                                                   "lines": [self.line(order, "MS-2P-42", 1)["line_id"]]})
        self.period_is_closed()
        self.act("main", "return", lambda order: {"lines": [self.line(order, "TJ-MOS-M", 1)], "reason": "Seam torn"})
        self.act("spare", "open-return", lambda order: {"lines": [self.line(order, "STOVE", 2)], "reason": "Leaks gas"})

    def quiet(self):
        """Nothing is on its way in either direction: a fault that is planned now strikes what is done next, and no order changes
        under whoever opens it now."""
        # Twice: what a system has just done it tells of only then.
        wait_for("nothing is on its way", lambda: Empty(self.on_its_way() or self.on_its_way()))

    def on_its_way(self):
        told = self.systems.control("webhooks")
        pending = [system for system in ("vendure", "rt") if told[system]["pending"]]
        backlogs = [f"{each['name']}: {count} {what}" for each in self.hub.get("/api/v1/connectors")["items"]
                    for what, count in each["backlog"].items() if count and not what.startswith("parked")]
        return pending + backlogs

    def period_is_closed(self):
        """The books refuse the next posting."""
        self.quiet()
        self.systems.control("faults", {"system": "tryton", "match": "model.account.invoice.post", "mode": "reply", "times": 1, "status": 200,
                                        "body": json.dumps({"id": 1, "error": ["UserError", ["The period 2026-10 is closed.", ""]]})})

    def tickets(self):
        mail = self.systems.mail
        mail(HANNA["email"], f"Where is my refund? Order {self.orders['main']}", "Hello, I sent the jacket back. When do I get my money?")
        mail(HANNA["email"], "Tent has not arrived", f"The tent of order {self.orders['late']} should have been here on Friday.")
        mail("somebody.else@example.net", f"Order {self.orders['main']}", "I bought this for my sister, please send it to me.")
        mail("hello@example.net", "Opening hours", "Are you open on Saturday?")
        decided = lambda: sorted(each["decision"] for each in self.hub.get("/api/v1/cases")["items"])
        wait_for("the cases are decided", lambda: decided() == ["linked", "linked", "none", "suggested"])

    def do(self, command):
        what = command.pop("do")
        if what == "stop":
            self.hub.stop()
        elif what == "start":
            self.hub.start()
        elif what == "restart":
            self.hub.kill()
            self.hub.start()
        elif what == "ship":
            self.ship(command["order"], command.get("lines"), command.get("tracking", "JD000001"))
        elif what == "quiet":
            self.quiet()
        elif what == "close_period":
            self.period_is_closed()
        elif what == "place":
            return {"order": self.place(**command)}
        else:
            return {"error": f"there is no command {what}"}
        return {}

    def end(self):
        self.hub.stop()
        self.systems.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    world = World(options.build, options.port or free_port())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        world.begin()
        world.people()
        world.service()
        world.tickets()
        print(json.dumps({"url": world.hub.url, "sandbox": world.systems.url, "framing": world.framing, "token": world.hub.token, "admin": world.admin, "agent": world.agent,
                          "folder": str(world.folder), "orders": world.orders}), flush=True)
        if options.keep:
            signal.pause()
        for line in sys.stdin:
            print(json.dumps(world.do(json.loads(line))), flush=True)
    finally:
        world.end()


if __name__ == "__main__":
    main()
