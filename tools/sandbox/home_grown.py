#!/usr/bin/env python3
"""Kontor, an invented home-grown system: a shop, a help desk and books of one company, each with an HTTP interface of its own
taste. The samples of the generic connectors are written for it. State is in memory.

usage: home_grown.py [--port PORT] [--hub http://127.0.0.1:8080]    prints {"url": ...} once it listens; --hub: sends webhooks there

  GET  /shop/orders?since=UNIX&page=N   GET /shop/orders/NO              header X-Api-Key: kontor-shop-key
  POST /shop/orders/NO/{cancel,refunds,parcels}   GET /shop/orders/NO/refunds?ref=KEY
  GET  /desk/changes?after=CURSOR       GET /desk/tickets/ID[/notes?ref=KEY]   basic: hub / kontor-desk-password
  PUT  /desk/tickets/ID/order           POST /desk/tickets/ID/notes
  POST /books/token                     OAuth 2.0 client credentials: orderhub / kontor-books-secret
  POST /books/documents                 GET /books/documents?reference=NO or ?offset=N, newest first; header Idempotency-Key

  POST /_control/order, /_control/ticket   what a shopper or a customer does (JSON)
  POST /_control/fault {"match": "POST /shop/orders/H-1/refunds", "mode": "lost_after" | "before_500" | "busy"}   once
  GET  /_control/effects                every effect that took place, in order
"""
import argparse
import base64
import hashlib
import hmac
import json
import threading
import time
import urllib.parse
import urllib.request
from datetime import datetime, timezone
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SHOP_KEY, SHOP_SECRET = "kontor-shop-key", "kontor-shop-webhook-secret"
DESK_BASIC, DESK_TOKEN = "Basic " + base64.b64encode(b"hub:kontor-desk-password").decode(), "kontor-desk-webhook-token"
BOOKS_BASIC = "Basic " + base64.b64encode(b"orderhub:kontor-books-secret").decode()
PAGE = 2


class Refusal(Exception):
    def __init__(self, status, words):
        super().__init__(words)
        self.status = status


def written(moment):
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%d.%m.%Y %H:%M:%S")


def gross(position):
    return Decimal(position["unit_gross"]) * position["qty"]


def vat(position):
    rate = Decimal(position["vat_rate"])
    return (gross(position) * rate / (100 + rate)).quantize(Decimal("0.01"))


class World:
    """All three systems. One lock: requests come on many threads."""

    def __init__(self, hub):
        self.hub, self.lock = hub, threading.RLock()
        self.orders, self.tickets, self.documents, self.keys = {}, {}, [], {}
        self.changes, self.effects, self.faults, self.tokens = [], [], [], set()

    # Shop

    def place(self, given):
        number = given.get("no") or f"H-{1001 + len(self.orders)}"
        order = {"no": number, "state": "paid", "created": time.time(), "changed": int(time.time()), "currency": "EUR",
                 "buyer": {"id": 7, "first": "Ada", "last": "Lovelace", "mail": "ada@example.test"},
                 "ship_to": {"street": "1 Long Lane", "city": "Dublin", "zip": "D01", "country": "IE"},
                 "positions": [], "shipping_gross": "0.00", "refunds": [], "cancellations": [], "parcels": [], **given}
        for place, position in enumerate(order["positions"], 1):
            position.update({"pos": place, "ordered": position["qty"], "vat_rate": position.get("vat_rate", "21")})
        order["paid"] = str(self.total(order)[0])
        self.orders[number] = order
        self.tell_shop(order)
        return self.shown(order)

    def total(self, order):
        shipping = Decimal(order["shipping_gross"])
        sums = [sum((part(each) for each in order["positions"]), Decimal(0)) for part in (gross, vat)]
        return sums[0] + shipping, sums[1] + (shipping * 21 / 121).quantize(Decimal("0.01"))

    def shown(self, order):
        total, tax = self.total(order)
        positions = [{**each, "gross": float(gross(each)), "vat": float(vat(each)), "cancelled_gross": str(
            Decimal(each["unit_gross"]) * (each["ordered"] - each["qty"])), "cancelled_vat": str(vat(
                {**each, "qty": each["ordered"] - each["qty"]}))} for each in order["positions"]]
        return {**order, "created": written(order["created"]), "positions": positions, "total_gross": float(total),
                "total_vat": float(tax), "shipping_vat": str((Decimal(order["shipping_gross"]) * 21 / 121).quantize(Decimal("0.01"))),
                "payments": [{"id": f"{order['no']}-p", "kind": "card", "cents": int(Decimal(order["paid"]) * 100), "status": "ok"}]}

    def tell_shop(self, order):
        order["changed"] = int(time.time())
        body = json.dumps({"event": "order.changed", "order": order["no"]}).encode()
        signature = hmac.new(SHOP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        self.send("shop", body, {"X-Kontor-Signature": "sha256=" + signature})

    def send(self, instance, body, headers):
        if self.hub:
            threading.Thread(target=self.deliver, args=(instance, body, headers), daemon=True).start()

    def deliver(self, instance, body, headers):
        """Once: what is lost comes by the list."""
        request = urllib.request.Request(f"{self.hub}/intake/{instance}", body, {"Content-Type": "application/json", **headers})
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except OSError:
            pass

    def find(self, number):
        if number not in self.orders:
            raise Refusal(404, f"no order {number}")
        return self.orders[number]

    def act(self, number, action, body):
        order = self.find(number)
        made = {"id": f"{number}-{action[0]}{len(order['refunds'] + order['cancellations'] + order['parcels']) + 1}", **body}
        if action == "cancel":
            for each in body["positions"]:
                position = order["positions"][each["pos"] - 1]
                if position["qty"] < each["qty"]:
                    raise Refusal(422, f"position {each['pos']} has only {position['qty']}")
                position["qty"] -= each["qty"]
            order["cancellations"].append(made)
            if not any(each["qty"] for each in order["positions"]):
                order["state"] = "cancelled"
        elif action == "refunds":
            if sum(each["cents"] for each in order["refunds"]) + body["cents"] > int(Decimal(order["paid"]) * 100):
                raise Refusal(422, "more than was paid")
            order["refunds"].append({**made, "status": "paid"})
        else:
            order["parcels"].append({**made, "status": "sent"})
        self.effect("shop", action, number, body.get("ref"))
        self.tell_shop(order)
        return 201, {"id": made["id"], "status": "paid" if action == "refunds" else "sent"}

    def effect(self, system, kind, target, key):
        self.effects.append({"system": system, "kind": kind, "target": target, "key": key})

    # Desk

    def write_ticket(self, given):
        known = self.tickets.get(given.get("id"), {"id": f"T{len(self.tickets) + 1}", "state": "new", "opened": time.time(),
                                                  "order": {}, "mails": [], "notes": []})
        known.update(given)
        self.tickets[known["id"]] = known
        self.changes.append(known["id"])
        self.send("desk", json.dumps({"ticket": self.shown_ticket(known)}).encode(), {"X-Kontor-Token": DESK_TOKEN})
        return self.shown_ticket(known)

    @staticmethod
    def shown_ticket(ticket):
        return {**ticket, "opened": int(ticket["opened"] * 1000)}

    def changes_after(self, cursor):
        new = self.changes[cursor:cursor + PAGE]
        return {"tickets": [self.shown_ticket(self.tickets[each]) for each in dict.fromkeys(new)],
                "cursor": str(cursor + len(new)), "more": cursor + len(new) < len(self.changes)}

    # Books

    def book(self, body, key):
        if key in self.keys:
            return 200, {"document": self.keys[key]}
        if Decimal(body["net"]) + Decimal(body["vat"]) != Decimal(body["gross"]):
            raise Refusal(422, "net and vat do not add up")
        document = {"id": len(self.documents) + 1, "number": f"B{len(self.documents) + 1:05}", "status": "booked", **body}
        self.documents.append(document)
        self.keys[key] = document
        self.effect("books", body["type"], body["reference"], key)
        return 201, {"document": document}


def shop(world, method, path, query, body, headers):
    if headers.get("X-Api-Key") != SHOP_KEY:
        raise Refusal(401, "wrong key")
    if path == ["orders"]:
        changed = sorted((each for each in world.orders.values() if each["changed"] >= int(query["since"])),
                         key=lambda each: each["changed"])
        start = (int(query.get("page", 1)) - 1) * PAGE
        return 200, {"orders": [{"no": each["no"], "changed": each["changed"]} for each in changed[start:start + PAGE]]}
    if len(path) == 2:
        return 200, {"order": world.shown(world.find(path[1]))}
    if method == "GET":
        kind = {"cancel": "cancellations"}.get(path[2], path[2])
        return 200, {kind: [each for each in world.find(path[1])[kind] if each.get("ref") == query["ref"]]}
    return world.act(path[1], path[2], body)


def desk(world, method, path, query, body, headers):
    if headers.get("Authorization") != DESK_BASIC:
        raise Refusal(401, "wrong user or password")
    if path == ["changes"]:
        return 200, world.changes_after(int(query.get("after") or 0))
    if path[1] not in world.tickets:
        raise Refusal(404, "no such ticket")
    ticket = world.tickets[path[1]]
    if len(path) == 2:
        return 200, world.shown_ticket(ticket)
    if method == "GET":
        return 200, {"notes": [each for each in ticket["notes"] if each["ref"] == query["ref"]]}
    if path[2] == "order":
        ticket["order"] = body
        world.effect("desk", "order", path[1], body["ref"])
        return 204, None
    ticket["notes"].append({"id": len(ticket["notes"]) + 1, **body})
    world.effect("desk", "note", path[1], body["ref"])
    return 201, {"id": len(ticket["notes"])}


def books(world, method, path, query, body, headers):
    if path == ["token"]:
        if headers.get("Authorization") != BOOKS_BASIC:
            raise Refusal(401, "invalid_client")
        world.tokens.add(f"token-{len(world.tokens) + 1}")
        return 200, {"access_token": f"token-{len(world.tokens)}", "token_type": "Bearer", "expires_in": 3600}
    if headers.get("Authorization", "")[7:] not in world.tokens:
        raise Refusal(401, "sign in")
    if method == "POST":
        return world.book(body, headers["Idempotency-Key"])
    found = world.documents[::-1]
    if "reference" in query:
        return 200, {"documents": [each for each in found if each["reference"] == query["reference"]]}
    return 200, {"documents": found[int(query["offset"]):][:PAGE]}


def control(world, method, path, query, body, headers):
    if path == ["order"]:
        return 201, world.place(body)
    if path == ["ticket"]:
        return 201, world.write_ticket(body)
    if path == ["fault"]:
        world.faults.append(body)
    return 200, {"effects": world.effects}


PARTS = {"shop": shop, "desk": desk, "books": books, "_control": control}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world = None

    def log_message(self, *words):
        pass

    def answer(self, status, body):
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        try:
            self.end_headers()
            self.wfile.write(text)
        except ConnectionError:  # whoever asked has gone
            self.close_connection = True

    def fault(self, path):
        for each in self.world.faults:
            if each["match"] == f"{self.command} {path}":
                self.world.faults.remove(each)
                return each["mode"]
        return None

    def serve(self):
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        part, *path = urllib.parse.unquote(address.path).strip("/").split("/")
        try:
            body = json.loads(text) if text and self.headers.get("Content-Type", "").startswith("application/json") else {}
            with self.world.lock:
                mode = self.fault(address.path)
                if mode in ("before_500", "busy"):
                    raise Refusal(500 if mode == "before_500" else 423, "not now")
                status, answer = PARTS[part](self.world, self.command, path, query, body, self.headers)
            if mode == "lost_after":
                self.close_connection = True
                return None
            return self.answer(status, answer)
        except Refusal as refusal:
            return self.answer(refusal.status, {"error": str(refusal)})
        except (KeyError, ValueError, IndexError) as wrong:
            return self.answer(400, {"error": f"{type(wrong).__name__}: {wrong}"})

    do_GET = do_POST = do_PUT = serve


def start(port=0, hub=None):
    """Serves on a thread; gives the world and the address."""
    world = World(hub)
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"world": world}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return world, f"http://127.0.0.1:{server.server_port}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--hub")
    options = parser.parse_args()
    _, url = start(options.port, options.hub)
    print(json.dumps({"url": url}), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
