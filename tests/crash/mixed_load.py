"""A steady mixed load: shoppers, customers and agents at work while the hub comes and goes.

Each worker writes down what it was promised: orders placed in the shop, orders that intake acknowledged, actions that were
acknowledged with their plan, tickets. The judge compares that with the end.
"""

import itertools
import random
import threading
import time

from hub import Gone, Refused, wait_for


class Promises:
    def __init__(self):
        self.orders = []    # placed in the shop: {code, total, currency, ...}
        self.signed = []    # numbers of orders that intake has acknowledged
        self.actions = []   # (placed, action, the answer to submit)
        self.tickets = []   # (ticket, placed)
        self.refused = 0    # what the hub refused with a reason: no promise was made


class Worker(threading.Thread):
    """Acts about `per_second` times a second until told to stop; a failure of the test itself is kept."""

    def __init__(self, load, name, per_second):
        super().__init__(name=name, daemon=True)
        self.load, self.per_second = load, per_second
        self.random = random.Random(f"{load.seed}-{name}")
        self.failure = None

    def run(self):
        try:
            while not self.load.over.wait(self.random.expovariate(self.per_second)):
                self.act()
        except Exception as error:  # told by Load.finish
            self.failure = error

    def any_order(self):
        """One that the hub knows, or None."""
        placed = self.random.choice(self.load.promises.orders[-40:] or [None])
        return placed if placed and self.load.order_of(placed) else None


class Shopper(Worker):
    """Buys, and sees the parcel off for every second order."""

    number = itertools.count()

    def act(self):
        who = f"shopper{next(self.number)}.{self.load.run}@example.test"
        placed = self.load.systems.place(who, {"TEE-L": 3, "BOOK-1": self.random.randint(1, 3)})
        placed["email"], placed["shipped"] = who, self.random.random() < 0.5
        if placed["shipped"]:
            self.load.systems.shop(placed["code"]).ship({}, f"T-{placed['code']}", "DHL")
        self.load.promises.orders.append(placed)


class Poster(Worker):
    """Posts signed orders, each until it is acknowledged: the one way in that no poll makes good."""

    number = itertools.count()

    def act(self):
        number = f"{self.load.run}-{next(self.number)}"
        self.load.signed_shop.post_until_taken(number)
        self.load.promises.signed.append(number)


class Customer(Worker):
    def act(self):
        if placed := self.any_order():
            ticket = self.load.systems.mail(placed["email"], f"Order {placed['code']}", "It is torn.")
            self.load.promises.tickets.append((ticket, placed))


class Agent(Worker):
    """Cancels a unit of what is in the warehouse, returns one of what was sent, or gives something back as a courtesy."""

    def act(self):
        placed = self.any_order()
        if not placed:
            return
        if self.random.random() < 0.3:
            action, body = "appease", lambda order: {"basis": "percentage", "value": "2", "reason": "late"}
        else:
            action = "return" if placed["shipped"] else "cancel"
            body = lambda order: {"lines": [{"line_id": order["lines"][0]["id"], "quantity": 1}], "reason": "damaged"}
        done = self.submit(action, placed, body, f"{self.load.run}-{self.name}-{time.monotonic_ns()}")
        if done:
            self.load.promises.actions.append((placed, action, done))
        else:
            self.load.promises.refused += 1

    def submit(self, action, placed, body, key):
        """As an agent's client does: the same request with the same key until there is an answer."""
        for _ in range(100):
            order = self.load.order_of(placed)
            given = body(order)
            try:
                return self.until_answered(action, order, given, key)
            except Refused as refused:
                if refused.problem.get("code") != "order_changed":
                    return None
        raise RuntimeError(f"order {placed['code']} changed under an agent a hundred times")

    def until_answered(self, action, order, given, key):
        def answer():
            try:
                return self.load.hub.act("submit", action, order, given, key)
            except Gone:
                return None
        return wait_for(f"an answer to {action}", answer)


class Load:
    def __init__(self, systems, hub, signed_shop, seed):
        self.systems, self.hub, self.signed_shop, self.seed = systems, hub, signed_shop, seed
        self.run = f"{int(time.time()):x}"
        self.over, self.promises = threading.Event(), Promises()
        self.workers = [Shopper(self, "shopper", 3), Poster(self, "poster-1", 15), Poster(self, "poster-2", 15),
                        Customer(self, "customer", 1), Agent(self, "agent-1", 2), Agent(self, "agent-2", 2)]

    def order_of(self, placed):
        """The hub's order, or None if it has not come yet."""
        return self.hub.order(placed["code"])

    def start(self):
        for worker in self.workers:
            worker.start()

    def finish(self):
        """Ends the load; gives the failures of workers."""
        self.over.set()
        for worker in self.workers:
            worker.join(300)
        return [f"{each.name}: {each.failure or 'does not end'}" for each in self.workers
                if each.failure or each.is_alive()]
