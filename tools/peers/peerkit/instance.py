"""The folder that holds one set of peers: paths, ports, facts learnt while seeding."""

import fcntl
import json
import os
import random
import secrets
import string
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .processes import PeerError, Process, port_is_free

SOURCES = Path(__file__).resolve().parent.parent
PROJECT = SOURCES.parent.parent
_STARTED = time.monotonic()

# Below the range from which the kernel takes outgoing ports: a stopped peer finds its port free.
_PORTS = range(18000, 32000)


def say(system, text):
    print(f"[{time.monotonic() - _STARTED:6.1f} s] {system}: {text}", file=sys.stderr, flush=True)


def read_json(path, default=None):
    try:
        return json.loads(Path(path).read_text())
    except FileNotFoundError:
        return default


def write_json(path, value):
    """Written whole or not at all, and readable by the owner only: it may hold passwords."""
    path = Path(path)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        json.dump(value, out, indent=1)
        out.write("\n")
    fresh.replace(path)


class Instance:
    """DIR of `peers up DIR`."""

    def __init__(self, folder):
        self.dir = Path(folder).resolve()

    def folder(self, system):
        path = self.dir / system
        path.mkdir(parents=True, exist_ok=True)
        return path

    def process(self, system):
        folder = self.folder(system)
        return Process(system, folder / "process.json", folder / "server.log")

    def facts(self, system):
        """What seeding found out; None while the system is not seeded."""
        return read_json(self.folder(system) / "facts.json")

    def keep_facts(self, system, facts):
        write_json(self.folder(system) / "facts.json", facts)

    def secret(self, system, name):
        """A random password that is made once; no letter twice, as Tryton's rules want it."""
        path = self.folder(system) / f"{name}.secret"
        if not path.exists():
            path.touch(mode=0o600)
            letters = string.ascii_letters + string.digits
            path.write_text("".join(secrets.SystemRandom().sample(letters, 24)))
        return path.read_text()

    def port(self, system):
        return read_json(self.folder(system) / "port.json")

    def set_port(self, system, port):
        write_json(self.folder(system) / "port.json", port)

    def claim_port(self, system):
        """The port of last time, or another one when somebody else took it meanwhile."""
        port = self.port(system)
        if port and port_is_free(port):
            return port
        for _ in range(200):
            candidate = random.choice(_PORTS)
            if port_is_free(candidate):
                if port:
                    say(system, f"port {port} is taken, using {candidate}")
                self.set_port(system, candidate)
                return candidate
        raise PeerError(f"no free port for {system}")

    @contextmanager
    def locked(self):
        """One `peers` command at a time per folder."""
        self.dir.mkdir(parents=True, exist_ok=True)
        with open(self.dir / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self


def known_peers(folder):
    """DIR/peers.json for the helpers that act in the systems."""
    if not folder:
        raise PeerError("say which instance: --peers DIR or the environment's ORDERHUB_PEERS")
    known = read_json(Path(folder) / "peers.json")
    if not known:
        raise PeerError(f"{folder} has no peers.json: run peers up {folder}")
    return known
