"""Starting, watching and ending background processes by what was recorded about them."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path


class PeerError(Exception):
    """Something that the person who called must read; no traceback is wanted."""


def _stat(pid):
    """(state, process group, start ticks) of a process, or None when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text[text.rindex(")") + 2:].split()
    return fields[0], int(fields[2]), int(fields[19])


def _group(pgid):
    """Living members of a process group. A zombie is dead: nobody may be there to reap it."""
    members = []
    for entry in os.listdir("/proc"):
        stat = _stat(entry) if entry.isdigit() else None
        if stat and stat[1] == pgid and stat[0] != "Z":
            members.append(int(entry))
    return members


def _boot_id():
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


class Process:
    """One background process (leader of its own group), remembered in a small JSON file.

    The record holds the pid, its start time and the boot id, so that a pid used again by a
    stranger is never taken for ours.
    """

    def __init__(self, name, record, log):
        self.name, self.record, self.log = name, Path(record), Path(log)

    def _recorded(self):
        try:
            known = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return None
        if known["boot_id"] != _boot_id():
            return None
        stat = _stat(known["pid"])
        if stat and stat[2] != known["start_ticks"]:
            return None
        return known["pid"]

    def pid(self):
        """The leader's pid while it runs, else None."""
        pid = self._recorded()
        stat = _stat(pid) if pid else None
        return pid if stat and stat[0] != "Z" else None

    def launch(self, argv, env=None, cwd=None, user=None):
        identity = {"user": user, "group": user, "extra_groups": []} if user else {}
        self.record.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            child = subprocess.Popen(argv, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log,
                                     stderr=log, start_new_session=True, **identity)
        self.record.write_text(json.dumps({
            "pid": child.pid, "start_ticks": _stat(child.pid)[2], "boot_id": _boot_id()}))

    def wait_ready(self, ready, seconds=120):
        """Polls ready() until it is true; fails at the deadline or when the process ends."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.pid() is None:
                raise PeerError(f"{self.name} ended while starting:\n{self.tail()}")
            if time.monotonic() > deadline:
                raise PeerError(f"{self.name} not ready after {seconds} s:\n{self.tail()}")
            time.sleep(0.1)

    def tail(self, lines=15):
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def stop(self, polite=signal.SIGTERM, seconds=20):
        """Ends the leader politely, then what is left of its group. Safe to repeat."""
        pid = self._recorded()
        if pid:
            if self.pid():
                os.kill(pid, polite)
            if not self._gone_within(pid, seconds):
                os.killpg(pid, signal.SIGKILL)
                self._gone_within(pid, 5)
        self.record.unlink(missing_ok=True)

    @staticmethod
    def _gone_within(pgid, seconds):
        deadline = time.monotonic() + seconds
        while _group(pgid):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True


def run(argv, log, what, **options):
    """Runs a step to its end; its output goes to the log and, on failure, into the error."""
    with open(log, "ab") as out:
        code = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                              check=False, **options).returncode
    if code:
        tail = "\n".join(Path(log).read_text(errors="replace").splitlines()[-15:])
        raise PeerError(f"{what} failed (exit {code}), see {log}:\n{tail}")


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
