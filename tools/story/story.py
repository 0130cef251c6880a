"""The main job from end to end: what a shopper, a customer, an agent and an accountant do, and what must be seen after it."""

import collections
import re
import time
from decimal import Decimal

from hub import Empty, Gone, Refused, wait_for

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

    def wait(self, what, condition, seconds=180):
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
        fields = self.wait("the ticket shows the order",
                           lambda: self.ticket_fields(ticket, "Order Number", "Order Summary URL"))
        self.equal("the ticket's order number", fields["Order Number"], [placed["code"]])
        self.check("the ticket's link leads to the hub", fields["Order Summary URL"][0].startswith(self.hub.url))
        return ticket

    def linked(self, ticket):
        case = self.hub.case(ticket)
        return case if case and case["decision"] == "linked" else None

    def ticket_fields(self, ticket, *needed):
        """The custom fields once all of `needed` are filled: Request Tracker writes them one by one."""
        fields = self.systems.ticket(ticket)["custom_fields"]
        return fields if all(fields.get(name) for name in needed) else None

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
        done = self.submit("return", placed, self.units_of(units))
        amount = done["plan"]["refunds"][0]["amount"]
        self.settled(placed, done)
        if ticket:
            self.ticket_says(ticket, "Refund " + amount)
        return done

    def settled(self, placed, done):
        """Every step is done, and the shop and the books have exactly what the plan said."""
        self.finish(placed, done)
        self.refunded_in_shop(placed, done)
        self.memo_in_books(placed, done)

    def ticket_says(self, ticket, text):
        self.wait(f"the ticket says: {text}", lambda: any(
            text in message["text"] for message in self.systems.ticket(ticket)["messages"]))
        self.check(f"the ticket says: {text}", True)

    @staticmethod
    def units_of(units, line=0, **more):
        """The input of an action on so many units of a line."""
        return lambda order: {"lines": [{"line_id": order["lines"][line]["id"], "quantity": units}],
                              "reason": "damaged", **more}

    def submit(self, action, placed, body, key=None):
        """Preview, then submit the same plan; once more if the order moved in between, as an agent would. `body` gives
        the input from the order."""
        key = key or f"{self.run}-{action}-{placed['code']}-{time.monotonic_ns()}"
        while True:
            order = self.wait("the order", lambda: self.hub.order(placed["code"]))
            given = body(order)
            try:
                preview = self.hub.act("preview", action, order, given)
                done = self.hub.act("submit", action, order, given, key)
            except Gone:
                if (known := self.submitted(key, action, order, given)) is not None:
                    return known
                continue
            except Refused as refused:
                if refused.problem.get("code") != "order_changed":
                    raise
                continue
            self.equal(f"{action}: submit did what preview showed", done["plan"] == preview["plan"], True)
            return done

    def submitted(self, key, action, order, given):
        """After a lost answer: the same key and body again gives the stored answer if it was taken, or refuses the
        version if it was not and the order moved; then the caller tries afresh."""
        def answer():
            try:
                return [self.hub.act("submit", action, order, given, key)]
            except Refused:
                return [None]
        return self.wait("an answer to what was submitted", answer)[0]

    def finish(self, placed, done):
        steps = self.wait("all steps are done", lambda: self.finished_steps(placed, done["action_id"]), 180)
        self.equal("each step is done", sorted({step["state"] for step in steps}), ["done"])

    def finished_steps(self, placed, action):
        order = self.hub.order(placed["code"])
        steps = [step for step in order["steps"] if step["action"] == action]
        return steps if steps and all(step["state"] in ("done", "parked", "dropped") for step in steps) else None

    def of_action(self, placed, done, parts):
        return [each for each in self.hub.order(placed["code"])[parts] if each["action"] == done["action_id"]]

    def refunded_in_shop(self, placed, done):
        expected = sorted(minor(each["amount"], placed["currency"]) for each in done["plan"]["refunds"])
        keys = [f"[orderhub:{each['id']}]" for each in self.of_action(placed, done, "refunds")]
        seen = sorted(amount for amount, reason in self.systems.refunds(placed["code"])
                      if any(key in reason for key in keys))
        self.equal("the shop refunded exactly, once (minor units)", seen, expected)

    def memo_in_books(self, placed, done):
        memo = self.of_action(placed, done, "credit_memos")[0]
        notes = [note for note in self.systems.notes() if note["reference"] == memo["number"]]
        self.equal(f"{memo['number']} is in the books once", len(notes), 1)
        self.equal("with our total", Decimal(notes[0]["total_amount"]), -Decimal(memo["totals"]["inc"]))
        self.equal("with our tax", Decimal(notes[0]["tax_amount"]), -Decimal(memo["totals"]["tax"]))
        self.equal("in our currency", notes[0]["currency"], placed["currency"])
        self.equal("and the hub says so", memo["state"], "posted")

    def discounts(self, placed):
        self.say(f"\nThe agent takes 10% off order {placed['code']}, which is shipped")
        done = self.submit("discount", placed, lambda order: {
            "basis": "percentage", "value": "10", "reason": "arrived late"})
        self.equal("units that were shipped make one change order",
                   [each["stage"] for each in done["plan"]["change_orders"]], ["post"])
        self.settled(placed, done)

    def reships(self, placed, ticket=None):
        self.say(f"\nA parcel of order {placed['code']} is lost: the agent sends one unit again")
        done = self.submit("reship", placed, self.units_of(1))
        self.equal("it costs nothing", (done["plan"]["refunds"], done["plan"]["totals"]["after"]),
                   ([], done["plan"]["totals"]["before"]))
        self.finish(placed, done)
        sent = self.of_action(placed, done, "fulfilments")[0]
        self.equal("the hub has a fulfilment order of kind", sent["kind"], "reship")
        self.check("the shop's warehouse was told", bool(sent["external_id"]), sent)
        self.submit("update-fulfilment", placed, lambda order: {
            "fulfilment": sent["id"], "state": "shipped", "carrier": "DHL", "tracking_number": "JD0009"})
        self.equal("the line counts it", self.quantity(placed, "reshipped"), 1)
        if ticket:
            self.ticket_says(ticket, "JD0009")

    def returns_for_inspection(self, placed, ticket=None):
        self.say(f"\nThree units of order {placed['code']} come back by RMA; one is rejected")
        opened = self.submit("open-return", placed, self.units_of(3))
        rma = opened["created"]["return_orders"][0]
        number = next(each["number"] for each in self.hub.order(placed["code"])["return_orders"] if each["id"] == rma)
        if ticket:
            self.ticket_says(ticket, number)
        self.equal("no money moves yet", opened["plan"]["refunds"], [])
        self.submit("receive-return", placed, lambda order: {"return_order": rma, "lines": [
            {"return_line": "r1", "accepted": 2, "rejected": 1, "condition": "new",
             "rejection_reason": "worn"}]})
        done = self.submit("close-return", placed, lambda order: {"return_order": rma, "reason": "inspected"})
        self.equal("two units are returned", done["plan"]["change_orders"][0]["lines"][0]["quantity"], 2)
        self.settled(placed, done)
        self.equal("the rejected one is the customer's", self.quantity(placed, "return_initiated"),
                   self.quantity(placed, "returned"))

    def exchanges(self, placed):
        self.say(f"\nThe agent exchanges a unit of order {placed['code']} for something that costs 10 more")
        currency = placed["currency"]

        def body(order):
            worth = self.hub.act("preview", "return", order, self.units_of(1)(order))
            price = {part: str(Decimal(amount) * -1) for part, amount in worth["plan"]["change_orders"][0]["delta"].items()}
            price = {**price, "ex": str(Decimal(price["ex"]) + 10), "inc": str(Decimal(price["inc"]) + 10)}
            return {**self.units_of(1)(order), "items": [
                {"sku": "MUG-XL", "name": "Large mug", "quantity": 1, "unit_price": price}]}
        done = self.submit("exchange", placed, body)
        plan = done["plan"]
        self.equal("nothing is refunded, the value goes to the new order", plan["refunds"], [])
        self.equal("the balance is what it costs more", Decimal(plan["exchange"]["balance_due"]), Decimal(10))
        self.finish(placed, done)
        self.memo_in_books(placed, done)
        number = self.hub.get(f"/api/v1/orders/{done['created']['exchange_order']}")["number"]
        new = {"code": number, "currency": currency}
        paid = self.submit("record-payment", new, lambda order: {
            "method": "terminal", "reference": "T-1", "amount": decimal(1000, "USD"), "reason": "balance"})
        self.finish(new, paid)
        order = self.hub.order(number)
        self.equal("it is paid in full", Decimal(order["money"]["balance_due"]), Decimal(0))
        self.check("its goods are asked for once", len(order["fulfilments"]) == 1 and
                   bool(order["fulfilments"][0]["external_id"]), order["fulfilments"])
        self.equal("it names the order it replaces a unit of", order["related"][0]["number"], placed["code"])

    def cancels(self, placed, units=1):
        self.say(f"\nThe agent cancels {units} unit of order {placed['code']}, which is not shipped")
        before = self.systems.shop(placed["code"]).show()["lines"][0]["quantity"]
        done = self.submit("cancel", placed, self.units_of(units))
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
        cancelled = any(each["kind"] == "cancel" for each in order["change_orders"])
        return order if cancelled and order["refunds"] else None

    def survives_a_kill(self, placed):
        self.say("\nThe hub is killed in the middle of a return, and started again")
        done = self.submit("return", placed, self.units_of(1))
        self.hub.kill()
        self.hub.start()
        self.settled(placed, done)

    def books_are_down(self, orders):
        self.say("\nThe books are stopped, three returns are made, the books are started")
        self.systems.stop_books()
        done = [self.submit("return", placed, self.units_of(1)) for placed in orders]
        for placed, each in zip(orders, done):
            self.wait("the refund does not wait for the books", lambda: self.refund_done(placed, each))
        self.systems.start_books()
        for placed, each in zip(orders, done):
            self.finish(placed, each)
            self.memo_in_books(placed, each)
        references = [note["reference"] for note in self.systems.notes()][self.notes_before:]
        self.equal("the memos stand in the books in order", references, sorted(references))

    def refund_done(self, placed, done):
        return all(each["external_id"] for each in self.of_action(placed, done, "refunds"))

    def other_currencies(self):
        for currency in ("JPY", "BHD"):
            if currency not in self.systems.channels:
                continue
            placed = self.order_arrives("cho", {"BOOK-1": 3}, self.systems.channels[currency])
            self.is_shipped(placed, f"TRACK-{currency}")
            self.returns(placed, 2)

    def nothing_is_left(self):
        self.say("\nIn the end")
        self.quiet()
        parked = [f"{each['kind']} {each['error']}" for each in self.hub.get("/api/v1/deliveries", state="parked")["items"]]
        self.equal("no delivery is parked", parked, [])
        self.equal("no message is parked", self.hub.get("/api/v1/inbox", state="parked")["items"], [])

    def quiet(self):
        """What follows from a step without being its effect is done, too: a note on a ticket, a field that shows the order."""
        self.wait("nothing waits for delivery", lambda: Empty([
            f"{each['kind']} {each['state']} {each['error']}" for state in ("waiting", "in_flight", "unknown")
            for each in self.hub.get("/api/v1/deliveries", state=state)["items"]]))
        self.check("nothing waits for delivery", True)

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
        fifth = self.order_arrives("eli", {"TEE-L": 6})
        self.is_shipped(fifth, "JD0005")
        ticket = self.customer_writes(fifth, "eli")
        self.discounts(fifth)
        self.reships(fifth, ticket)
        self.returns_for_inspection(fifth, ticket)
        self.exchanges(fifth)
        self.other_currencies()
        self.nothing_is_left()
