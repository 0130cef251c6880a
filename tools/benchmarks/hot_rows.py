#!/usr/bin/env python3
"""How much a row that every transaction changes limits several hubs: commits a second with pgbench, by clients.

usage: hot_rows.py [--json] [--seconds S]

One client stands for one hub's writer: a commit of eight units, each an insert of 500 bytes. `apart`: nothing is shared. `row`: all
change one row (a counter, a lock on the journal). `rows`: one of eight rows, as if split by order key. `late`: the one row, but as
the last statement before the commit, so that it is held for the commit alone.
"""
import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parent.parent.parent / "tests/cluster"))

from database import PROGRAMS, Postgres  # noqa: E402

TABLES = """CREATE TABLE hot (id INTEGER PRIMARY KEY, value BIGINT NOT NULL) WITH (fillfactor = 20);
INSERT INTO hot SELECT n, 0 FROM generate_series(0, 8) AS n;
CREATE TABLE units (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT NOT NULL)"""
UNITS = "INSERT INTO units (body) SELECT repeat('x', 500) FROM generate_series(1, 8);\n"
CHANGE = "UPDATE hot SET value = value + 1 WHERE id = {};\n"
SCRIPTS = {
    "apart": UNITS,
    "row": CHANGE.format(8) + UNITS,
    "rows": "\\set key random(0, 7)\n" + CHANGE.format(":key") + UNITS,
    "late": UNITS + CHANGE.format(8)}


def commits_per_second(postgres, script, clients, seconds):
    file = postgres.folder / f"{script}.sql"
    file.write_text("BEGIN;\n" + SCRIPTS[script] + "COMMIT;\n")
    done = subprocess.run(
        [f"{PROGRAMS}/pgbench", "-n", "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "orderhub", "-f", file, "-c",
         str(clients), "-j", "1", "-T", str(seconds), "postgres"], capture_output=True, text=True, check=True)
    return float(re.search(r"tps = ([0-9.]+)", done.stdout).group(1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=int, default=4)
    options = parser.parse_args()
    with contextlib.closing(Postgres()) as postgres:
        postgres.start()
        postgres.query(TABLES)
        if not options.json:
            print("hot rows, commits a second; load average " + " ".join(f"{value:.2f}" for value in os.getloadavg()))
        for clients in (1, 2, 4, 8):
            for script in SCRIPTS:
                rate = commits_per_second(postgres, script, clients, options.seconds)
                if options.json:
                    print(json.dumps({"bench": "hot_rows", "case": f"{clients} clients, {script}",
                                      "metric": "commits_per_second", "value": round(rate, 1), "unit": "1/s"}))
                else:
                    print(f"{clients} clients  {script:<6} {rate:>10.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
