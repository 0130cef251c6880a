"""A hub that is killed again and again, and started again each time."""

import contextlib
import json
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Gone, Hub, Refused  # noqa: E402
from postgres import PostgresServer  # noqa: E402


@contextlib.contextmanager
def store(kind):
    """None for sqlite; for postgres a server of the test's own."""
    server = PostgresServer() if kind == "postgres" else None
    try:
        yield server
    finally:
        if server:
            server.close()


class KilledHub(Hub):
    """Requests that find nobody there wait for the next start, and are made again."""

    patient = True

    def configure(self, change):
        """`change` gets the operator's configuration and may alter it. Before the start."""
        configuration = json.loads(self.config.read_text())
        change(configuration)
        self.config.write_text(json.dumps(configuration, indent=1))

    def keep_in(self, database):
        """`database` is a PostgresServer, or None for SQLite in the hub's own folder. Before the start."""
        if database:
            address = database.make_database()
            self.configure(lambda configuration: configuration.update(database=address))

    def request(self, method, path, body=None, headers=None):
        try:
            return super().request(method, path, body, headers)
        except Refused as refused:
            if refused.status in (429, 503):  # the store cannot write now, or the hub goes down
                raise Gone(str(refused)) from None
            raise


class Killer:
    """Kills at random moments: most lives are under load from their start on, some are cut short while they recover. The same
    `random` gives the same schedule."""

    def __init__(self, hub, random, kills, database=None):
        self.hub, self.random, self.kills, self.database = hub, random, kills, database
        self.never = threading.Event()  # is waited for: a moment that cannot come early
        self.early_ends = []

    def run(self):
        """Every tenth time the database server crashes, too: under the living hub, and another time together with it."""
        for number in range(self.kills):
            if self.random.random() < 0.8:
                self.hub.wait_ready()
            self.live()
            if self.database and number % 10 == 4:
                self.crash_database()
                self.live()
            elif self.hub.process.poll() is not None:
                self.early_ends.append(self.hub.process.returncode)
            self.hub.kill()
            if self.database and number % 10 == 9:
                self.crash_database()
            self.hub.start(wait=False)
        self.hub.wait_ready()

    def live(self):
        self.never.wait(self.random.uniform(0.02, 1.2))

    def crash_database(self):
        self.database.crash()
        self.database.start()


def settled(hub, systems, seconds=300):
    """Waits until the hub has nothing to do and the shop nothing to tell. What is still open if that does not come, and how
    often something had to be tried again by an operator."""
    deadline, quiet, retried = time.monotonic() + seconds, 0, 0
    while quiet < 3:
        retried += retry_crashed(hub)
        left = open_work(hub) + [each for each in ("vendure", "rt") if systems.control("webhooks")[each]["pending"]]
        quiet = 0 if left else quiet + 1
        if left and time.monotonic() > deadline:
            return left, retried
        threading.Event().wait(0.5)
    return [], retried


def retry_crashed(hub):
    """What was under way at three kills in a row is set aside, though it is innocent here. An operator looks and tries it
    again; gives how much that was. Whatever is parked for another reason stays."""
    crashed = [f"{what}/{each[key]}" for what, key in (("inbox", "sequence"), ("deliveries", "id"))
               for each in hub.get(f"/api/v1/{what}", state="parked", limit=200)["items"]
               if each["error"]["code"] == "crash_loop"]
    for each in crashed:
        hub.request("POST", f"/api/v1/{each}:retry")
    return len(crashed)


def open_work(hub):
    return [f"{each['name']}: {count} {what}" for each in hub.get("/api/v1/connectors")["items"]
            for what, count in each["backlog"].items() if count and not what.startswith("parked")]
