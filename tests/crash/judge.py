"""Compares the end with what was promised: nothing lost, nothing done twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from story import decimal, doubled, minor

KEY = re.compile(r"\[orderhub:([A-Za-z0-9_-]+)\]")


class Judge:
    def __init__(self, story, promises):
        self.story, self.promises = story, promises
        self.systems, self.hub = story.systems, story.hub
        self.lost = []

    def judge(self):
        promises, story = self.promises, self.story
        self.effects, self.notes = self.systems.effects(), self.systems.notes()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(self.signed_order, promises.signed))
            list(pool.map(self.order, promises.orders))
            list(pool.map(self.ticket, promises.tickets))
            list(pool.map(lambda each: self.action(*each), promises.actions))
        story.equal("lost", self.lost[:10], [])
        self.sees_a_loss()
        story.equal("what took effect twice", doubled(self.effects), [])
        story.equal("refunds that nobody asked for", self.unasked_refunds(), [])
        story.equal("credit notes", len(self.notes), len({note["reference"] for note in self.notes}))
        story.nothing_is_left()

    def expect(self, what, good, seen=""):
        if not good:
            self.lost.append(f"{what} (seen: {seen})")

    def sees_a_loss(self):
        """Else a judge who looks at nothing would find nothing."""
        before = len(self.lost)
        self.signed_order("an order that nobody posted")
        self.story.equal("what was never there is missed", len(self.lost) - before, 1)

    def signed_order(self, number):
        found = [each for each in self.hub.find(number) if each["number"] == number]
        self.expect(f"signed order {number} is in the hub once", len(found) == 1, found)

    def order(self, placed):
        order = self.hub.order(placed["code"])
        if not order:
            return self.expect(f"order {placed['code']} is in the hub", False)
        shown = self.systems.shop(placed["code"]).show()
        mine = [done for other, _, done in self.promises.actions if other is placed]
        cancelled = sum(action == "cancel" for other, action, _ in self.promises.actions if other is placed)
        about = f"order {placed['code']}: "
        self.expect(about + "units cancelled in the shop", 3 - shown["lines"][0]["quantity"] == cancelled,
                    shown["lines"][0]["quantity"])
        self.expect(about + "units cancelled in the hub",
                    order["lines"][0]["quantities"]["cancelled"] == cancelled, order["lines"][0]["quantities"])
        self.expect(about + "shipped", (order["status"] == "fulfilled") == placed["shipped"] or mine, order["status"])
        self.expect(about + "no exception", not order["exceptions"], order["exceptions"])
        known = {done["action_id"] for done in mine}
        foreign = {step["action"] for step in order["steps"] if step["action"]} - known
        self.expect(about + "no action beyond those acknowledged", not foreign, foreign)
        if not mine:
            self.expect(about + "total", order["totals"]["current"]["inc"] == decimal(placed["total"], placed["currency"]),
                        order["totals"]["current"])

    def ticket(self, promised):
        ticket, placed = promised
        case = self.hub.case(ticket)
        self.expect(f"ticket {ticket} is linked", case and case["decision"] == "linked", case and case["decision"])
        number = self.systems.ticket(ticket)["custom_fields"].get("Order Number")
        self.expect(f"ticket {ticket} shows its order", number == [placed["code"]], number)

    def action(self, placed, action, done):
        order, about = self.hub.order(placed["code"]), f"{action} {done['action_id']}: "
        steps = [step for step in order["steps"] if step["action"] == done["action_id"]]
        self.expect(about + "every step is done", steps and all(step["state"] == "done" for step in steps), steps)
        mine = lambda part: [each for each in order[part] if each["action"] == done["action_id"]]
        planned = sorted(minor(each["amount"], placed["currency"]) for each in done["plan"]["refunds"])
        keys = {each["id"] for each in mine("refunds")}
        refunded = sorted(amount for amount, reason in self.systems.refunds(placed["code"]) if keys & set(KEY.findall(reason)))
        self.expect(about + "the shop refunded", refunded == planned, (refunded, planned))
        for memo in mine("credit_memos"):
            notes = [note for note in self.notes if note["reference"] == memo["number"]]
            self.expect(about + f"{memo['number']} is in the books once", len(notes) == 1, len(notes))
            self.expect(about + f"{memo['number']} has our total",
                        notes and Decimal(notes[0]["total_amount"]) == -Decimal(memo["totals"]["inc"]), notes)

    def unasked_refunds(self):
        asked = {each["id"] for placed, _, _ in self.promises.actions
                 for each in self.hub.order(placed["code"])["refunds"]}
        return [effect for effect in self.effects if effect["kind"] == "refund.create"
                and not asked & set(KEY.findall(str(effect["key"])))]
