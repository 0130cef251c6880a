#!/usr/bin/env python3
"""Lets the hub's storage fail under load and come back: nothing that was acknowledged may be missing, nothing needs a restart.

usage: storage.py --build BUILD --kind disk_full|write_errors|long_reader

disk_full: a file system of 24 MiB that fills up; then space is freed. It is mounted in a mount namespace of the test's own, so
it needs root or user namespaces; where there are neither, the test fails and says so.
write_errors: the kernel refuses every write beyond a size of the file, until it is allowed again.
long_reader: somebody holds a snapshot of the database, so that its write-ahead log cannot start over.
"""
import argparse
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from ports import free_port  # noqa: E402
from signed_orders import SECRET, Sender, message_id  # noqa: E402

SENDERS = 8
DISK_BYTES, BALLAST_BYTES = 40 << 20, 16 << 20  # the log alone takes 10 MiB
LARGEST_FILE = 6 << 20
LOG_MIB = 4


class DiskFull:
    """A small file system with a ballast that can be thrown out."""

    refusal, limits = 503, {}

    def __init__(self, folder):
        self.data = folder / "disk"
        self.data.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", self.data], check=True)
        self.ballast = self.data / "ballast"
        self.ballast.write_bytes(b"x" * BALLAST_BYTES)

    def prepare(self):
        pass

    def begin(self):
        pass

    def end(self, process):
        self.ballast.unlink()

    def close(self):
        subprocess.run(["umount", "--lazy", self.data], check=True)


class WriteErrors:
    refusal, limits = 503, {}

    def __init__(self, folder):
        self.data = folder / "disk"
        self.data.mkdir()

    def prepare(self):
        """In the child, before it becomes the hub: a write beyond the limit fails instead of killing it."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, resource.RLIM_INFINITY))

    def begin(self):
        pass

    def end(self, process):
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def close(self):
        pass


class LongReader:
    refusal, limits = 429, {"store_log_mib": LOG_MIB}

    def __init__(self, folder):
        self.data = folder / "disk"
        self.data.mkdir()

    def prepare(self):
        pass

    def begin(self):
        self.reader = sqlite3.connect(self.data / "orderhub.db", isolation_level=None)
        self.reader.execute("BEGIN")
        self.reader.execute("SELECT count(*) FROM inbox").fetchall()

    def end(self, process):
        self.reader.close()

    def close(self):
        pass


KINDS = {"disk_full": DiskFull, "write_errors": WriteErrors, "long_reader": LongReader}


class Hub:
    def __init__(self, build, folder, trouble):
        build = Path(build).resolve()
        self.folder, self.data = folder, trouble.data
        self.port = free_port()
        config = folder / "orderhub.yaml"
        config.write_text(json.dumps({
            "listen": f"127.0.0.1:{self.port}", "data": str(trouble.data), "plugins": str(build / "connectors"),
            "log": {"format": "text"}, "limits": trouble.limits,
            "connectors": [{"name": "web", "connector": "signed_orders", "config": {"webhook_secret": f"plain:{SECRET}"}}]}))
        with open(folder / "hub.log", "wb") as log:
            self.process = subprocess.Popen([build / "hub/orderhub", "serve", "--config", config], stdout=log, stderr=log,
                                            preexec_fn=trouble.prepare)
        wait_for("the hub listens", self.is_listening)

    def is_listening(self):
        if self.process.poll() is not None:
            raise RuntimeError("the hub ended: " + (self.folder / "hub.log").read_text())
        try:
            return self.is_ready()
        except OSError:
            return False

    def readiness(self):
        """Status, Retry-After and document of /readyz."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=120) as answer:
                return answer.status, answer.headers.get("Retry-After"), json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("Retry-After"), json.load(error)

    def is_ready(self):
        return self.readiness()[0] == 200

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=120)
        return self.process.returncode


class Load:
    """Senders that offer orders of their own without end; who was answered what is kept."""

    def __init__(self, port):
        self.lock, self.answers, self.accepted, self.unnamed = threading.Lock(), {}, set(), 0
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.send, args=(port, i)) for i in range(SENDERS)]
        for thread in self.threads:
            thread.start()

    def send(self, port, first):
        sender, number = Sender(port), first
        while not self.over.is_set():
            status, retry_after = sender.post(number)
            with self.lock:
                self.answers[status] = self.answers.get(status, 0) + 1
                if status == 202:
                    self.accepted.add(number)
                elif retry_after is None:
                    self.unnamed += 1
            if status == 202:
                number += SENDERS
            else:
                self.over.wait(0.02)

    def refused(self, status):
        with self.lock:
            return self.answers.get(status, 0)

    def taken(self):
        with self.lock:
            return len(self.accepted)

    def finish(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


class Verdict:
    def __init__(self):
        self.failures = 0

    def equal(self, what, found, wanted):
        good = found == wanted
        self.failures += not good
        print(f"{'ok  ' if good else 'FAIL'} {what}" + ("" if good else f": {found!r} instead of {wanted!r}"), flush=True)


def wait_for(what, condition, seconds=120):
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s: {what}; seen last: {value}")
        pause.wait(0.05)


def stored(data):
    """The ids of all messages in the database, and what SQLite says of it."""
    with sqlite3.connect(data / "orderhub.db") as database:
        ids = {row[0] for row in database.execute("SELECT message_id FROM inbox")}
        return ids, database.execute("PRAGMA integrity_check").fetchone()[0]


def expect_outage(hub, verdict):
    # Now and then a small write may still find room.
    status, retry_after, document = wait_for("/readyz is red", lambda: (now := hub.readiness())[0] == 503 and now)
    verdict.equal("it says when to ask again", retry_after is not None, True)
    verdict.equal("it says that the store cannot write", document["store"]["writable"], False)
    print("     reason:", document["store"].get("reason"))


def expect_push_back(hub, verdict):
    status, _, document = hub.readiness()
    store = document["store"]
    verdict.equal("/readyz stays green: agents can go on", status, 200)
    verdict.equal("it says that new work is refused", store["takes_new_work"], False)
    verdict.equal("the log is near its limit", store["log_bytes"] > store["log_limit_bytes"] / 2, True)
    verdict.equal("and not beyond it", (hub.data / "orderhub.db-wal").stat().st_size <= (LOG_MIB + 1) << 20, True)


def play(hub, trouble, verdict):
    trouble.begin()
    load = Load(hub.port)
    try:
        wait_for("the storage fails", lambda: load.refused(trouble.refusal) > 50)
        (expect_outage if trouble.refusal == 503 else expect_push_back)(hub, verdict)
        during = load.taken()
        trouble.end(hub.process)
        freed = time.monotonic()
        wait_for("the hub takes messages again", lambda: load.taken() > during + 200)
        print(f"     {during} accepted before, on again within {time.monotonic() - freed:.1f} s")
        wait_for("/readyz is green again", hub.is_ready)
    finally:
        load.finish()
    return load


def judge(load, data, verdict):
    verdict.equal("answers other than 202, 429 and 503", set(load.answers) - {202, 429, 503}, set())
    verdict.equal("refusals without Retry-After", load.unnamed, 0)
    ids, integrity = stored(data)
    verdict.equal("the database is whole", integrity, "ok")
    lost = [number for number in load.accepted if message_id(number) not in ids]
    verdict.equal(f"accepted messages that are not on disk, of {len(load.accepted)}", lost, [])


def enter_namespace(options):
    """Mounts made from here on are seen by this test alone and go away with it."""
    if options.kind != "disk_full" or os.environ.get("ORDERHUB_OWN_MOUNTS"):
        return
    how = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    os.environ["ORDERHUB_OWN_MOUNTS"] = "1"
    os.execvp(how[0], [*how, sys.executable, *sys.argv])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--kind", choices=tuple(KINDS), required=True)
    options = parser.parse_args()
    enter_namespace(options)
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="orderhub-outage-") as name:
        trouble = KINDS[options.kind](Path(name))
        try:
            hub = Hub(options.build, Path(name), trouble)
            try:
                load = play(hub, trouble, verdict)
            finally:
                code = hub.stop()
            verdict.equal("the hub ended as asked", code, 0)
            judge(load, trouble.data, verdict)
        finally:
            trouble.close()
    return 1 if verdict.failures else 0


if __name__ == "__main__":
    sys.exit(main())
