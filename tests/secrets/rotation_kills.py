#!/usr/bin/env python3
"""The rotation of the secrets' key, killed half-way: nothing is lost, and a second one goes on where it was.

usage: rotation_kills.py --build DIR   (a build with crash points)
"""
import argparse
import base64
import ctypes
import ctypes.util
import pathlib
import signal
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request

from run import DEADLINE_S, Hub, World

SECRETS = 1100  # the hub seals 200 in one transaction
sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))


def opened(key, sealed, place):
    """What lies in a sealed text, by libsodium itself: the hub is not asked."""
    raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    nonce, box, text = raw[:24], raw[24:], ctypes.create_string_buffer(len(raw))
    wrong = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        text, None, None, box, ctypes.c_ulonglong(len(box)), place, ctypes.c_ulonglong(len(place)), nonce, key)
    assert wrong == 0, f"{place} cannot be opened"
    return text.raw[:len(box) - 16].decode()


class Store(World):
    """A world whose store has many secrets."""

    def __init__(self, program, folder):
        super().__init__(program, folder)
        self.keys, self.marks = {}, {}
        for name in ("first", "second", "third"):
            (folder / name).write_text(self.command("secrets", "new-key").stdout)
            self.keys[name] = base64.b64decode((folder / name).read_text())

    def connect(self):
        return sqlite3.connect(self.folder / "data/orderhub.db")

    def fill(self):
        self.configure()
        made = self.command("token", "create", "--config", str(self.config), "--name", "t", "--role", "admin")
        assert made.returncode == 0, made.stderr
        self.token = made.stdout.strip()
        with self.connect() as store:
            store.executemany("INSERT INTO connector_state (connector, key, value) VALUES ('shop', ?, ?)",
                              [(f"k{at}", f"secret {at} of the test") for at in range(SECRETS)])

    def under(self):
        """How many secrets lie under which key, after each was opened and found to be what it was."""
        with self.connect() as store:
            rows = store.execute("SELECT connector, key, value FROM connector_state").fetchall()
        assert len(rows) == SECRETS, len(rows)
        counts = dict.fromkeys(self.keys, 0)
        for connector, key, value in rows:
            mark, sealed = value[:26], value[26:]
            name = self.marks[mark]
            text = opened(self.keys[name], sealed, f"connector_state/{connector}/{key}".encode())
            assert text == f"secret {key[1:]} of the test", (key, text)
            counts[name] += 1
        return counts

    def learn_mark(self, name):
        """Of the key under which all of them lie now."""
        with self.connect() as store:
            (mark,), = store.execute("SELECT DISTINCT substr(value, 1, 26) FROM connector_state").fetchall()
        self.marks[mark] = name


def expect_half_way(store, new, old):
    counts = store.under()
    assert counts[new] > 0 and counts[old] > 0 and counts[new] + counts[old] == SECRETS, counts
    store.configure(new)
    refused = store.command("serve", "--config", str(store.config))
    assert refused.returncode == 1 and "does not have" in refused.stderr, "the old key is still needed"
    store.configure(new, old)
    return counts[old]


def expect_finished(store, new, left):
    assert store.rotate() == f"{left} secrets sealed anew, 0 left"
    assert store.under()[new] == SECRETS
    store.configure(new)
    with Hub(store):
        pass


def killed_command(store, point, new, old):
    store.configure(new, old)
    killed = store.command("secrets", "rotate", "--config", str(store.config), ORDERHUB_CRASH_AT=point)
    assert killed.returncode == -signal.SIGKILL, killed
    left = expect_half_way(store, new, old)
    with Hub(store) as hub:  # which works while both keys are there, and says what is to be done
        assert any(f"{left} secrets" in line and "secrets rotate" in line for line in hub.log), hub.log
    expect_finished(store, new, left)
    print(f"good    the command killed at {point}, {SECRETS - left} of {SECRETS} done")


def killed_hub(store, point, new, old):
    store.configure(new, old)
    store.environment["ORDERHUB_CRASH_AT"] = point
    hub = Hub(store).__enter__()
    del store.environment["ORDERHUB_CRASH_AT"]
    request = urllib.request.Request(f"{hub.url}/api/v1/secrets:rotate", b"", {"Authorization": f"Bearer {store.token}"})
    try:
        urllib.request.urlopen(request, timeout=DEADLINE_S)
        raise AssertionError("the rotation came to its end")
    except (urllib.error.URLError, ConnectionError):
        assert hub.process.wait(DEADLINE_S) == -signal.SIGKILL
    left = expect_half_way(store, new, old)
    expect_finished(store, new, left)
    print(f"good    the hub killed at {point}, {SECRETS - left} of {SECRETS} done")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    program = (parser.parse_args().build / "hub" / "orderhub").resolve()
    with tempfile.TemporaryDirectory(prefix="orderhub-rotation-") as name:
        store = Store(program, pathlib.Path(name))
        store.fill()
        for key in ("first", "second", "third"):  # each once without a fault, to know its mark
            store.configure(key, *(other for other in store.keys if other != key))
            store.rotate()
            store.learn_mark(key)
        assert store.under()["third"] == SECRETS
        killed_command(store, "store.before_commit:3", "first", "third")
        killed_command(store, "store.after_commit:2", "second", "first")
        killed_hub(store, "store.after_commit:4", "third", "second")


if __name__ == "__main__":
    sys.exit(main())
