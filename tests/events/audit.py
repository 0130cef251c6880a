#!/usr/bin/env python3
"""The audit log of a real hub: what it seals, and that somebody who changes the database behind its back is found out.

usage: audit.py --build BUILD
"""
import argparse
import csv
import io
import json
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from events import PlainHub, SUBSCRIPTIONS
from ports import free_port


class Audited(PlainHub):
    def verify(self, *words):
        """The exit code and what is said."""
        done = subprocess.run([self.program, "audit", "verify", *words], capture_output=True, text=True, timeout=120,
                              env={**self.environment, "ORDERHUB_URL": self.url, "ORDERHUB_TOKEN": self.token})
        return done.returncode, done.stdout + done.stderr

    def decide(self, count):
        for number in range(count):
            self.request("POST", SUBSCRIPTIONS, {"name": f"s{number}", "url": "https://desk.test/h"})

    def behind_its_back(self, statement):
        """The hub is stopped, which seals what is left; the database is changed; the hub is started again."""
        self.stop()
        with sqlite3.connect(self.folder / "data/orderhub.db") as database:
            changed = database.execute(statement).rowcount
        database.close()
        self.start()
        return changed


def check(name, condition, details=""):
    print(("  ok    " if condition else "  FAIL  ") + name, details if not condition else "")
    if not condition:
        raise SystemExit(1)


def play(hub):
    hub.decide(5)
    hub.stop()
    hub.start()
    code, said = hub.verify()
    check("an untouched journal is whole", code == 0 and "as it was sealed" in said, said)
    kept = said.strip().split("--seal ")[1]
    hub.decide(3)
    code, said = hub.verify("--seal", kept)
    check("it still is with the seal that was kept, and with news", code == 0 and "3 not sealed yet" in said, said)

    listed = json.loads(hub.command("audit", "list", "--type", "subscription.", "--limit", "3", "--json"))
    check("a search by type finds the newest first",
          [each["type"] for each in listed["items"]] == ["subscription.created"] * 3
          and listed["items"][0]["sequence"] > listed["items"][1]["sequence"], listed)
    check("each says who and from where",
          {(each["actor"], each["address"]) for each in listed["items"]} == {("agent:story", "127.0.0.1")}, listed)
    lines = hub.command("audit", "export").splitlines()
    rows = list(csv.DictReader(io.StringIO(hub.command("audit", "export", "--format", "csv"))))
    check("both exports have all of it", len(lines) == len(rows) >= 8, (len(lines), len(rows)))
    check("CSV keeps the details", [json.loads(each["data"]) for each in rows] == [json.loads(each)["data"] for each in lines])

    victim = listed["items"][2]["sequence"] - 3
    for name, statement in (
            ("an event that was changed", f"UPDATE events SET actor = 'agent:other' WHERE sequence = {victim}"),
            ("an event that was taken away", f"DELETE FROM events WHERE sequence = {victim}")):
        check("the database was changed", hub.behind_its_back(statement) == 1)
        code, said = hub.verify()
        check(f"{name} is noticed", code == 1 and "are not what was sealed" in said, said)
    check("the seals were taken away", hub.behind_its_back("DELETE FROM journal_seals") > 0)
    hub.stop()
    hub.start()
    check("a journal that was sealed anew looks whole", hub.verify()[0] == 0)
    code, said = hub.verify("--seal", kept)
    check("but not beside the seal that was kept", code == 1 and "the one that was kept" in said, said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    build = parser.parse_args().build
    with tempfile.TemporaryDirectory(prefix="orderhub-audit-") as folder:
        hub = Audited(build, Path(folder), free_port(), [])
        hub.make_token()
        hub.start()
        try:
            play(hub)
        finally:
            hub.stop()


if __name__ == "__main__":
    main()
