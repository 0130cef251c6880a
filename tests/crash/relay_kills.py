#!/usr/bin/env python3
"""kill -9 under several hundred orders a second: posted to signed_orders, forwarded by order_sink to a receiver that counts.
Each order that was acknowledged reaches it; twice only what was under way when the hub was killed, and under the same key.

usage: relay_kills.py --build BUILD [--store sqlite|postgres] [--kills N] [--seed S]

5 kills, 100 with ORDERHUB_LONG=1.
"""
import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from killed_hub import Killer, KilledHub, open_work, retry_crashed, store  # noqa: E402
from hub import wait_for  # noqa: E402
from signed_shop import SignedShop, connector  # noqa: E402
from stage import stage, verdict  # noqa: E402

SENDERS, LINES = 2, 12      # processes, connections of each
CONCURRENCY = 32            # of order_sink, by its manifest


class Sink:
    def __init__(self):
        self.process = subprocess.Popen([sys.executable, Path(__file__).with_name("counting_sink.py")],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def counts(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/counts", timeout=60) as answer:
            return json.loads(answer.read())

    def close(self):
        self.process.terminate()
        self.process.wait()


def send(port, prefix, over, taken):
    """In a process of its own: posts until told to stop, and gives the numbers that were acknowledged."""
    shop, numbers = SignedShop(port), []

    def line(index):
        count = 0
        while not over.is_set():
            number = f"{prefix}-{index}-{count}"
            shop.post_until_taken(number)
            numbers.append(number)
            count += 1
    threads = [threading.Thread(target=line, args=(index,)) for index in range(LINES)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    taken.put(numbers)


def configure(hub, sink, database):
    address = f"127.0.0.1:{sink.port}"
    entry = {"name": "sink", "connector": "order_sink", "grant": {"hosts": [address]},
             "config": {"url": f"http://{address}/in"}}
    hub.configure(lambda configuration: configuration.update(
        connectors=[connector(), entry], routes={}))
    hub.keep_in(database)


def load_and_kill(hub, killer):
    """The acknowledged numbers."""
    over, taken = multiprocessing.Event(), multiprocessing.Queue()
    senders = [multiprocessing.Process(target=send, args=(hub.port, f"r{index}", over, taken), daemon=True)
               for index in range(SENDERS)]
    for each in senders:
        each.start()
    killer.run()
    over.set()
    numbers = [number for _ in senders for number in taken.get(timeout=120)]
    for each in senders:
        each.join()
    return numbers


def play(story, sink, database, options):
    hub = story.hub
    configure(hub, sink, database)
    hub.make_token()
    hub.start()
    killer = Killer(hub, random.Random(options.seed), options.kills)
    begun = time.monotonic()
    numbers = load_and_kill(hub, killer)
    seconds = time.monotonic() - begun
    # Orders are accepted several times as fast as they are applied and delivered.
    wait_for("everything is delivered", lambda: not open_work(hub) and not retry_crashed(hub), 180 + len(numbers) / 200)
    counts = sink.counts()
    lost = [number for number in numbers if f"o-{number}" not in counts]
    again = {name: keys for name, keys in counts.items() if sum(keys.values()) > 1}
    print(f"  {len(numbers)} orders acknowledged, {len(numbers) / seconds:.0f} a second; {len(counts)} at the sink,"
          f" {len(again)} of them more than once")
    story.equal("lives that ended by themselves", killer.early_ends, [])
    story.check("there was a load", len(numbers) > 5 * options.kills, len(numbers))
    story.equal("lost", lost[:10], [])
    story.equal("under two keys", [name for name, keys in again.items() if len(keys) > 1][:10], [])
    most = options.kills * CONCURRENCY
    story.check(f"twice at the sink at most what was under way ({most})", len(again) <= most, len(again))
    story.nothing_is_left()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--kills", type=int, default=100 if os.environ.get("ORDERHUB_LONG") else 5)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    print(f"relay_kills.py --store {options.store} --kills {options.kills} --seed {options.seed}", flush=True)
    sink = Sink()
    try:
        with store(options.store) as database, stage(options.build, KilledHub) as story:
            play(story, sink, database, options)
    finally:
        sink.close()
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
