"""The main job from end to end: what a shopper, a customer, an agent and an accountant do, and what must be seen after it."""

import collections
import re
import time
from decimal import Decimal

from hub import Gone, Refused, wait_for

EXPONENTS = {"USD": 2, "GBP": 2, "EUR": 2, "JPY": 0, "BHD": 3}


KEY = re.compile(r"\[orderhub:([A-Za-z0-9_-]+)\]")


def doubled(effects):
    """Effects of the stand-ins' ledger that carry the same key of the hub's twice."""
    seen = collections.Counter((effect["system"], effect["kind"], key)
                               for effect in effects for key in KEY.findall(str(effect["key"])))
    return [each for each, times in seen.items() if times > 1]


def decimal(minor, currency):
    exponent = EXPONENTS[currency]
    return str(Decimal(minor).scaleb(-exponent).quantize(Decimal(1).scaleb(-exponent)))


def minor(text, currency):
    return int(Decimal(text).scaleb(EXPONENTS[currency]))


class Story:
    """Each step acts, waits for what must follow, and checks it. Steps can be repeated after a kill of the hub."""

    def __init__(self, systems, hub, say=print):
        self.systems, self.hub, self.say = systems, hub, say
        self.failures, self.checks, self.notes_before = [], 0, len(systems.notes())
        self.run = f"{int(time.time()):x}"

    def check(self, what, good, seen=""):
        self.checks += 1
        self.say(f"  {'ok  ' if good else 'FAIL'}  {what}{'' if good else f'   (seen: {seen})'}")
        if not good:
            self.failures.append(what)

    def equal(self, what, seen, expected):
        self.check(f"{what}: {expected}", seen == expected, seen)

    def wait(self, what, condition, seconds=90):
        """As wait_for; a hub that is just being started again is waited for too."""
        def patient():
            try:
                return condition()
            except Gone:
                return None
        return wait_for(what, patient, seconds)

    def email(self, who):
        return f"{who}.{self.run}@example.test"

    # Steps

    def order_arrives(self, who="ada", items=None, channel="us-store", pay="card-instant"):
        self.say(f"\nA shopper orders in the shop ({channel})")
        placed = self.systems.place(self.email(who), items or {"TEE-L": 3, "BOOK-1": 1}, channel, pay)
        order = self.wait("the order is in the hub", lambda: self.hub.order(placed["code"]))
        currency = placed["currency"]
        self.equal(f"order {placed['code']}: the hub's total is the shop's", order["totals"]["current"]["inc"],
                   decimal(placed["total"], currency))
        self.equal("nobody needs to look at it", [each["message"] for each in order["exceptions"]], [])
        return placed

    def is_shipped(self, placed, tracking="JD0002"):
        self.say(f"\nThe shop ships order {placed['code']}")
        self.systems.shop(placed["code"]).ship({}, tracking, "DHL")
        self.wait("the hub knows the shipment", lambda: self.quantity(placed, "fulfilled") > 0)
        order = self.hub.order(placed["code"])
        self.equal("the order's status", order["status"], "fulfilled")
        self.equal("the tracking number", order["fulfilments"][0]["tracking_number"], tracking)

    def quantity(self, placed, counter, line=0):
        order = self.hub.order(placed["code"])
        return order["lines"][line]["quantities"][counter] if order else 0

    def customer_writes(self, placed, who="ada"):
        self.say("\nThe customer writes a mail that names the order")
        ticket = self.systems.mail(self.email(who), f"Order {placed['code']}: two shirts are torn",
                                   f"Hello, two of the shirts of order {placed['code']} are torn.\nRegards")
        case = self.wait("the case is linked", lambda: self.linked(ticket))
        self.equal("the case is linked to", case["order_id"], self.hub.order(placed["code"])["id"])
        fields = self.wait("the ticket shows the order", lambda: self.ticket_fields(ticket, "Order Number"))
        self.equal("the ticket's order number", fields["Order Number"], [placed["code"]])
        self.check("the ticket's link leads to the hub", fields["Order Summary URL"][0].startswith(self.hub.url))
        return ticket

    def linked(self, ticket):
        case = self.hub.case(ticket)
        return case if case and case["decision"] == "linked" else None

    def ticket_fields(self, ticket, needed):
        fields = self.systems.ticket(ticket)["custom_fields"]
        return fields if fields.get(needed) else None

    def customers_without_a_number(self, placed):
        self.say("\nOther mails: one without a number, one with somebody else's")
        lone = self.systems.mail(self.email("ada"), "A question", "When will it arrive?")
        stranger = self.systems.mail(self.email("eve"), f"My order {placed['code']}", "Send it to me please.")
        case = self.wait("the mail of a customer with one order is linked", lambda: self.linked(lone))
        self.equal("by the only order of the e-mail address", case["order_id"], self.hub.order(placed["code"])["id"])
        case = self.wait("the stranger's mail is decided",
                         lambda: (found := self.hub.case(stranger)) and found["decision"] != "none" and found)
        self.equal("somebody else's number is only suggested", case["decision"], "suggested")

    def returns(self, placed, units=2, ticket=None):
        self.say(f"\nThe agent returns {units} units of order {placed['code']} with an immediate refund")
        done = self.submit("return", placed, units)
        amount = done["refunds"][0]["amount"]
        self.finish(placed, done)
        self.refunded_in_shop(placed, done)
        self.memo_in_books(placed, done)
        if ticket:
            self.wait("the ticket has its note", lambda: any(
                "Refund " + amount in message["text"] for message in self.systems.ticket(ticket)["messages"]))
            self.check(f"the ticket says: refund {amount}", True)
        return done

    def submit(self, action, placed, units, line=0, key=None):
        """Preview, then submit with the same figures; once more if the order moved in between, as an agent would."""
        key = key or f"{self.run}-{action}-{placed['code']}-{units}-{time.monotonic_ns()}"
        while True:
            order = self.wait("the order", lambda: self.hub.order(placed["code"]))
            lines = {order["lines"][line]["id"]: units}
            try:
                preview = self.hub.act("preview", action, order, lines, "damaged")
                done = self.hub.act("submit", action, order, lines, "damaged", key)
            except Gone:
                self.wait("the hub is back", lambda: self.hub.get("/healthz"))
                if (known := self.submitted(placed, key, action, order, lines)) is not None:
                    return known
                continue
            except Refused as refused:
                if refused.status != 412:
                    raise
                continue
            self.equal("preview and submit give the same change", done["change_order"]["delta"],
                       preview["change_order"]["delta"])
            return done

    def submitted(self, placed, key, action, order, lines):
        """After a lost answer: the same key and body again gives the stored answer if it was taken, or refuses the
        version if it was not and the order moved; then the caller tries afresh."""
        try:
            return self.hub.act("submit", action, order, lines, "damaged", key)
        except (Refused, Gone):
            return None

    def finish(self, placed, done):
        change = done["change_order"]["id"]
        steps = self.wait("all steps are done", lambda: self.finished_steps(placed, change), 180)
        self.equal("each step is done", sorted({step["state"] for step in steps}), ["done"])

    def finished_steps(self, placed, change):
        order = self.hub.order(placed["code"])
        steps = [step for step in order["steps"] if step["change_order"] == change]
        return steps if steps and all(step["state"] in ("done", "parked", "dropped") for step in steps) else None

    def refunded_in_shop(self, placed, done):
        expected = sorted(minor(each["amount"], placed["currency"]) for each in done["refunds"])
        ids = {each["id"] for each in self.hub.order(placed["code"])["refunds"]
               if each["change_order"] == done["change_order"]["id"]}
        seen = sorted(amount for amount, reason in self.systems.refunds(placed["code"])
                      if any(f"[orderhub:{each}]" in reason for each in ids))
        self.equal("the shop refunded exactly, once (minor units)", seen, expected)

    def memo_in_books(self, placed, done):
        memo = [each for each in self.hub.order(placed["code"])["credit_memos"]
                if each["change_order"] == done["change_order"]["id"]][0]
        notes = [note for note in self.systems.notes() if note["reference"] == memo["number"]]
        self.equal(f"{memo['number']} is in the books once", len(notes), 1)
        self.equal("with our total", Decimal(notes[0]["total_amount"]), -Decimal(memo["totals"]["inc"]))
        self.equal("with our tax", Decimal(notes[0]["tax_amount"]), -Decimal(memo["totals"]["tax"]))
        self.equal("in our currency", notes[0]["currency"], placed["currency"])
        self.equal("and the hub says so", memo["state"], "posted")

    def cancels(self, placed, units=1):
        self.say(f"\nThe agent cancels {units} unit of order {placed['code']}, which is not shipped")
        before = self.systems.shop(placed["code"]).show()["lines"][0]["quantity"]
        done = self.submit("cancel", placed, units)
        self.finish(placed, done)
        after = self.systems.shop(placed["code"]).show()["lines"][0]["quantity"]
        self.equal("the shop's line has fewer units", after, before - units)
        self.refunded_in_shop(placed, done)
        self.wait("the shop's echo is recognised", lambda: self.quantity(placed, "cancelled") == units)
        self.equal("it is cancelled once", self.quantity(placed, "cancelled"), units)
        return done

    def done_elsewhere(self, placed):
        self.say(f"\nAn administrator cancels a unit and refunds it in the shop, order {placed['code']}")
        shop = self.systems.shop(placed["code"])
        before = shop.show()
        shop.cancel({before["lines"][0]["id"]: 1}, "by phone")
        worth = before["totalWithTax"] - shop.show()["totalWithTax"]
        shop.refund(worth, "by phone")
        order = self.wait("both are in the hub", lambda: self.with_foreign_changes(placed))
        self.equal("the change order's origin", order["change_orders"][-1]["origin"], "shop")
        self.equal("the refund's origin", order["refunds"][-1]["origin"], "shop")
        self.equal("the hub's total is the shop's", order["totals"]["current"]["inc"],
                   decimal(shop.show()["totalWithTax"], placed["currency"]))

    def with_foreign_changes(self, placed):
        order = self.hub.order(placed["code"])
        return order if order["change_orders"] and order["refunds"] else None

    def survives_a_kill(self, placed):
        self.say("\nThe hub is killed in the middle of a return, and started again")
        done = self.submit("return", placed, 1)
        self.hub.kill()
        self.hub.start()
        self.finish(placed, done)
        self.refunded_in_shop(placed, done)
        self.memo_in_books(placed, done)

    def books_are_down(self, orders):
        self.say("\nThe books are stopped, three returns are made, the books are started")
        self.systems.stop_books()
        done = [self.submit("return", placed, 1) for placed in orders]
        for placed, each in zip(orders, done):
            self.wait("the refund does not wait for the books", lambda: self.refund_done(placed, each))
        self.systems.start_books()
        for placed, each in zip(orders, done):
            self.finish(placed, each)
            self.memo_in_books(placed, each)
        references = [note["reference"] for note in self.systems.notes()][self.notes_before:]
        self.equal("the memos stand in the books in order", references, sorted(references))

    def refund_done(self, placed, done):
        return all(each["external_id"] for each in self.hub.order(placed["code"])["refunds"]
                   if each["change_order"] == done["change_order"]["id"])

    def other_currencies(self):
        for currency in ("JPY", "BHD"):
            if currency not in self.systems.channels:
                continue
            placed = self.order_arrives("cho", {"BOOK-1": 3}, self.systems.channels[currency])
            self.is_shipped(placed, f"TRACK-{currency}")
            self.returns(placed, 2)

    def nothing_is_left(self):
        self.say("\nIn the end")
        left = [f"{each['kind']} {each['state']}" for state in ("waiting", "in_flight", "unknown", "parked")
                for each in self.hub.get("/api/v1/deliveries", state=state)["items"]]
        self.equal("nothing waits for delivery", left, [])
        self.equal("no message is parked", self.hub.get("/api/v1/inbox", state="parked")["items"], [])

    def tell_short(self):
        """Each kind of effect once: link, refund, memo, note, cancellation."""
        first = self.order_arrives()
        self.is_shipped(first)
        ticket = self.customer_writes(first)
        self.returns(first, 2, ticket)
        self.cancels(self.order_arrives("bob", {"TEE-L": 3}))
        self.nothing_is_left()
        notes = [message["text"] for message in self.systems.ticket(ticket)["messages"]
                 if "[orderhub:" in message["text"]]
        self.equal("the hub wrote to the ticket: link and note", len(notes), 2)
        self.equal("nothing took effect twice", doubled(self.systems.effects()), [])

    def tell(self):
        """The whole of it."""
        first = self.order_arrives()
        self.is_shipped(first)
        ticket = self.customer_writes(first)
        self.customers_without_a_number(first)
        self.returns(first, 2, ticket)
        second = self.order_arrives("bob", {"TEE-L": 3})
        self.cancels(second)
        third = self.order_arrives("cleo", {"TEE-L": 2}, self.systems.channels["GBP"])
        self.done_elsewhere(third)
        fourth = self.order_arrives("dora", {"BOOK-1": 4})
        self.is_shipped(fourth, "JD0004")
        self.survives_a_kill(fourth)
        self.books_are_down([first, fourth, fourth])
        self.other_currencies()
        self.nothing_is_left()
