#!/usr/bin/env python3
"""1, 2 and 4 hubs on one PostgreSQL: durable accepts and deliveries a second, who uses the processors, and what is waited for.

usage: cluster.py --build BUILD [--json] [--hubs 1,2,4] [--statements]

Accepts: signed orders from 64 connections for 5 s, spread over the hubs. Deliveries: 10,000 orders to forward that wait in the
database and become due at one moment, each of a key of its own, to a receiver that answers at once. --statements adds what the
server itself says of its statements and tables.
"""
import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parent.parent.parent / "tests/cluster"))

from database import Postgres, query  # noqa: E402
from programs import children  # noqa: E402
from hubs import ClusterHub  # noqa: E402
from signed_shop import SECRET  # noqa: E402
from systems import sandbox_facts  # noqa: E402
from waits import Waits  # noqa: E402

CONNECTIONS, SECONDS, DELIVERIES = 64, 5, 10_000
TICKS = os.sysconf("SC_CLK_TCK")

WAITING_DELIVERIES = """INSERT INTO deliveries (id, connector, order_key, kind, key, payload, order_id, action_id, case_id, state,
 head, next_at, created_at, updated_at)
SELECT 'dl_bench' || n, 'sink', 'os_bench' || n, 'order.forward', 'fw_bench' || n,
 json_build_object('order', json_build_object('external_id', 'shop-' || n, 'number', n::text, 'currency', 'EUR'),
  'customer_email', 'ada@example.test', 'total', '40.30',
  'lines', json_build_array(json_build_object('sku', 'MUG-1', 'quantity', 3, 'amount', '40.30')))::text,
 '', '', '', 'waiting', 1, {due}, {due}, {due} FROM generate_series(1, {count}) AS n"""


def processor_seconds(*pids):
    """Of these processes and of their children that have ended."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def busy_seconds():
    """Of all processors."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / TICKS


def syncs_per_second(folder, writes=200):
    page = bytes(4096)
    with tempfile.TemporaryFile(dir=folder) as file:
        begun = time.monotonic()
        for place in range(writes):
            os.pwrite(file.fileno(), page, place * 4096)
            os.fdatasync(file.fileno())
        return writes / (time.monotonic() - begun)


class Figures:
    def __init__(self):
        self.rows = []

    def add(self, case, metric, value, unit):
        self.rows.append({"bench": "cluster", "case": case, "metric": metric, "value": round(value, 3), "unit": unit})

    def print(self, as_json):
        if as_json:
            print("\n".join(json.dumps(row) for row in self.rows))
            return
        print("cluster; load average " + " ".join(f"{value:.2f}" for value in os.getloadavg()))
        for row in self.rows:
            print(f"{row['case']:<28} {row['metric']:<34} {row['value']:>12.3f} {row['unit']}")


class Bench:
    def __init__(self, options, postgres, figures):
        self.build, self.postgres, self.figures = Path(options.build).resolve(), postgres, figures
        self.program = self.build / "tools/benchmarks/orderhub-bench"
        self.sink = subprocess.Popen([self.program, "sink"], stdout=subprocess.PIPE, text=True)
        self.sink_port = int(self.sink.stdout.readline().split()[-1])

    def close(self):
        self.sink.terminate()
        self.sink.wait()

    def hub(self, folder, database, number):
        hub = ClusterHub(self.build, Path(folder) / f"hub{number}", sandbox_facts("http://127.0.0.1:1"), database, "")
        written = json.loads(hub.config.read_text())
        receiver = f"127.0.0.1:{self.sink_port}"
        written.update({"public_url": hub.url, "routes": {}, "log": {"level": "warn"}, "connectors": [
            written["connectors"][-1],
            {"name": "sink", "connector": "order_sink", "grant": {"hosts": [receiver]},
             "config": {"url": f"http://{receiver}/in"}}]})
        hub.config.write_text(json.dumps(written))
        return hub

    def measure(self, count):
        name = f"bench{count}"
        database = self.postgres.make_database(name)
        with tempfile.TemporaryDirectory(prefix="orderhub-bench-") as folder:
            hubs = [self.hub(folder, database, number) for number in range(1, count + 1)]
            try:
                self.accepts(f"{count} hubs, accepts", hubs, name)
                self.deliveries(f"{count} hubs, deliveries", hubs, name)
            finally:
                for hub in hubs:
                    hub.stop()

    def start(self, hubs):
        for hub in hubs:
            hub.start(wait=False)
        for hub in hubs:
            hub.wait_ready()

    @contextlib.contextmanager
    def measured(self, case, hubs, name):
        """Figures of the machine during what is done inside; gives a dict that is to get `done`: how many."""
        server = children(self.postgres.program.process.pid)
        before = [time.monotonic(), busy_seconds(), processor_seconds(*(hub.process.pid for hub in hubs)),
                  processor_seconds(*server)]
        work = {}
        with Waits(self.postgres.url(name)) as waits:
            yield work
        now = [time.monotonic(), busy_seconds(), processor_seconds(*(hub.process.pid for hub in hubs)),
               processor_seconds(*{*server, *children(self.postgres.program.process.pid)})]
        seconds, busy, of_hubs, of_server = (later - earlier for later, earlier in zip(now, before))
        seconds = work.get("seconds", seconds)
        self.figures.add(case, "per_second", work["done"] / seconds, "1/s")
        self.figures.add(case, "processors_busy", busy / (now[0] - before[0]), f"of {os.cpu_count()}")
        self.figures.add(case, "hubs_cpu_per_1000", of_hubs * 1000 / work["done"], "s")
        self.figures.add(case, "postgres_cpu_per_1000", of_server * 1000 / work["done"], "s")
        for what, part in waits.shares()[:4]:
            self.figures.add(case, f"sessions: {what}", part, "on average")

    def accepts(self, case, hubs, name):
        self.start(hubs)
        generators = [subprocess.Popen(
            [self.program, "load", str(hub.port), str(CONNECTIONS // len(hubs)), str(SECONDS), SECRET, "/intake/web",
             f"run{number}", str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for number, hub in enumerate(hubs)]
        for generator in generators:
            generator.stdout.readline()  # ready
        with self.measured(case, hubs, name) as work:
            for generator in generators:
                generator.stdin.write("\n")
                generator.stdin.flush()
            results = [json.loads(generator.communicate(timeout=120)[0]) for generator in generators]
            work["done"] = sum(result["accepted"] for result in results)
            work["seconds"] = max(result["seconds"] for result in results)
        self.figures.add(case, "refused", sum(result["others"] for result in results), "")
        self.figures.add(case, "p50_ms", max(result["p50_ms"] for result in results), "ms")
        self.figures.add(case, "p99_ms", max(result["p99_ms"] for result in results), "ms")
        self.wait_for_none(name, "inbox WHERE state = 'waiting'", "inbox WHERE state = 'working'")

    def deliveries(self, case, hubs, name):
        for hub in hubs:
            hub.stop()
        due = time.time() + 6
        self.rows(name, WAITING_DELIVERIES.format(due=int(due * 1000), count=DELIVERIES))
        self.rows(name, "VACUUM ANALYZE deliveries")
        self.start(hubs)
        threading.Event().wait(max(0, due - time.time()))
        with self.measured(case, hubs, name) as work:
            self.wait_for_none(name, "deliveries WHERE open = 1")
            work["done"] = DELIVERIES

    def rows(self, name, sql):
        return query(self.postgres.url(name), sql, 120)

    def wait_for_none(self, name, *places, seconds=300):
        """Looks seldom, and for one row: to count would be work for the server that is measured."""
        looks = " UNION ALL ".join(f"(SELECT 1 FROM {place} LIMIT 1)" for place in places)
        deadline = time.monotonic() + seconds
        while self.rows(name, looks):
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {seconds} s: none in {places}")
            threading.Event().wait(0.4)


STATEMENTS = """SELECT round(total_exec_time::numeric / 1000, 2), calls, round(mean_exec_time::numeric, 3),
 regexp_replace(left(query, 110), '\\s+', ' ', 'g') FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
 WHERE datname = '{name}' ORDER BY total_exec_time DESC LIMIT 15"""
TABLES = """SELECT relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_dead_tup FROM pg_stat_user_tables
 ORDER BY n_tup_ins + n_tup_upd DESC LIMIT 12"""


def show_statements(bench, name):
    for title, sql in (("seconds, calls, ms each, statement", STATEMENTS.format(name=name)),
                       ("table, inserted, updated, of these in place, dead", TABLES)):
        print(f"\n{name}: {title}")
        for row in bench.rows(name, sql):
            print("  " + "  ".join(row))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--hubs", default="1,2,4")
    parser.add_argument("--statements", action="store_true")
    options = parser.parse_args()
    figures = Figures()
    extra = {"shared_preload_libraries": "pg_stat_statements"} if options.statements else {}
    with contextlib.closing(Postgres({"max_connections": "100", "shared_buffers": "256MB", **extra})) as postgres:
        figures.add("disk", "fdatasync_per_second", syncs_per_second(postgres.folder), "1/s")
        postgres.start()
        if options.statements:
            postgres.query("CREATE EXTENSION pg_stat_statements", "template1")
        with contextlib.closing(Bench(options, postgres, figures)) as bench:
            for count in map(int, options.hubs.split(",")):
                bench.measure(count)
                if options.statements:
                    show_statements(bench, f"bench{count}")
    figures.print(options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
