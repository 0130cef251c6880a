#!/usr/bin/env python3
"""The files as their readers see them: hledger's strict checks and balances, and Python's csv module.

usage: ledger_test.py WRITER SCHEMAS    WRITER: journal_writer DIRECTORY, which keeps three hundred documents"""
import collections
import csv
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import yaml

writer, schemas = sys.argv[1], pathlib.Path(sys.argv[2])
here = pathlib.Path(__file__).resolve().parent
plugin = here.parent


def hledger(path, *arguments):
    done = subprocess.run(["hledger", "-f", str(path), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (path, arguments, done.stderr[-2000:])
    return done.stdout


def balances(rows):
    total = collections.defaultdict(decimal.Decimal)
    for row in rows:
        total[row["account"], row["currency"]] += decimal.Decimal(row["debit"] or 0) - decimal.Decimal(row["credit"] or 0)
    return {key: value for key, value in total.items() if value}


def from_hledger(path):
    total = {}
    rows = csv.DictReader(hledger(path, "balance", "--flat", "-O", "csv", "-N", "--layout=bare").splitlines())
    for row in rows:
        total[row["account"], row["commodity"]] = decimal.Decimal(row["balance"])
    return total


def check(journal, table):
    hledger(journal, "check", "--strict")
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for entry in {row["entry"] for row in rows}:
        mine = [row for row in rows if row["entry"] == entry]
        assert sum(balances(mine).values()) == 0, mine
        assert [row["row"] for row in mine] == [str(i + 1) for i in range(len(mine))], mine
        assert {row["rows"] for row in mine} == {str(len(mine))}, mine
    assert balances(rows) == {key: value for key, value in from_hledger(journal).items() if value}, journal
    return len({row["entry"] for row in rows})


manifest = json.loads((plugin / "manifest.json").read_text())
jsonschema.validate(manifest, json.loads((schemas / "manifest.schema.json").read_text()))
[sample] = yaml.safe_load((plugin / "config.sample.yaml").read_text())
jsonschema.validate(sample["config"], manifest["config"])
missing = set(manifest["config"]["properties"]) - set(sample["config"])
assert not missing, f"config.sample.yaml leaves out {missing}"
commands = {"memo": "credit_memo.post", "invoice": "invoice.post"}

cases = sorted((here / "cases").iterdir())
for case in cases:
    payload = json.loads((case / "input.json").read_text())["payload"]
    [name] = payload
    jsonschema.validate(payload, json.loads((schemas / "commands" / f"{commands[name]}.schema.json").read_text()))
    assert check(case / "expected.journal", case / "expected.csv") == 1
assert len(cases) > 5, cases

with tempfile.TemporaryDirectory() as name:
    subprocess.run([writer, name], check=True)
    assert check(pathlib.Path(name, "journal-2026-11.journal"), pathlib.Path(name, "journal-2026-11.csv")) == 300
print("checked", len(cases), "cases and 300 documents")
