#!/usr/bin/env python3
"""Makes both corpora and holds the matcher to its goals on each.

usage: goals.py ORDERHUB [--keep DIR]    prints the figures; exit code 1 if a goal is missed
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
GOALS = {"precision": 99.5, "recall": 90.0, "top_5": 98.0}


def decided(program, folder):
    """By case id: what `match` printed."""
    out = subprocess.run([program, "linking", "match", str(folder)], check=True, capture_output=True, text=True).stdout
    return {row["case_id"]: row for row in map(json.loads, out.splitlines())}


def by_kind(folder, decisions):
    kinds = json.loads((folder / "kinds.json").read_text())
    gold = json.loads((folder / "gold.json").read_text())
    rows = collections.defaultdict(collections.Counter)
    for case, kind in kinds.items():
        links = [link["order"] for link in decisions[case]["links"]]
        right = bool(links) and set(links) <= set(gold[case])
        rows[kind][decisions[case]["decision"] + ("" if decisions[case]["decision"] != "auto-link" else " right" if right else " wrong")] += 1
    return rows


def sample_is_built_in():
    """config/linking.yaml says what is built in, figure for figure."""
    root = HERE.parent.parent
    built_in = dict(re.findall(r"int (\w+) = (-?\d+);", (root / "hub/linking/settings.hpp").read_text()))
    sample = dict(re.findall(r"^ *(\w+): (-?\d+)", (root / "config/linking.yaml").read_text(), re.M))
    return [f"config/linking.yaml: {name} is {sample.get(name)}, built in {value}" for name, value in built_in.items() if sample.get(name) != value]


def check(program, name, folder):
    subprocess.run([sys.executable, HERE / f"make_{name}.py", folder], check=True)
    out = subprocess.run([program, "linking", "evaluate", str(folder), "--json"], check=True, capture_output=True, text=True).stdout
    figures = json.loads(out)
    got = {"precision": figures["auto_link"]["precision"], "recall": figures["auto_link"]["recall"], "top_5": figures["suggest"]["top_5"]}
    decisions = decided(program, folder)
    kinds = by_kind(folder, decisions)
    print(f"{name}: {figures['cases']} cases, {figures['determined']} determined, {figures['cases_per_second']:.0f} cases/s; "
          + ", ".join(f"{what} {value:.2f} %" for what, value in got.items()) + f", top_1 {figures['suggest']['top_1']:.2f} %")
    for kind, counts in kinds.items():
        print(f"  {kind:18} " + ", ".join(f"{what} {count}" for what, count in sorted(counts.items())))
    missed = [f"{name}: {what} is {got[what]:.2f} %, the goal {goal} %" for what, goal in GOALS.items() if got[what] < goal]
    if figures["cases"] < 600:
        missed.append(f"{name}: fewer than 600 cases")
    if any(kind.startswith("auto-link") for kind in kinds["foreign"]):
        missed.append(f"{name}: somebody else's number was linked")
    return missed


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as scratch:
        place = pathlib.Path(sys.argv[3] if "--keep" in sys.argv else scratch)
        missed = sample_is_built_in() + [each for name in ("corpus", "held_out") for each in check(program, name, place / name)]
    for each in missed:
        print("missed:", each)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
