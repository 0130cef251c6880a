"""Starting and ending the servers that a cluster needs. Each is started from the main thread: they end with the thread that
started them."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[1:1] = [str(ROOT / "tools/story"), str(ROOT / "tests/crash")]

from hub import wait_for  # noqa: E402
from ports import free_port  # noqa: E402,F401

USER = "postgres"


def command(words):
    """PostgreSQL refuses to run as root; then it runs as Debian's user for it. It ends when its starter does."""
    words = [str(word) for word in words]
    end = ["/usr/bin/setpriv", "--pdeathsig", "SIGQUIT"]
    if os.geteuid() == 0:
        end += [f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    return [*end, "--", *words]


def give(path):
    """Makes the server's user the owner of a path."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(path, user.pw_uid, user.pw_gid)


def private_folder(prefix):
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    give(folder)
    return folder


def run(words):
    done = subprocess.run(command(words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"{words[0]} failed: {done.stdout}")
    return done.stdout


def children(pid):
    """All processes that descend from this one, itself first."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    family, at = [pid], 0
    while at < len(family):
        family += parents.get(family[at], [])
        at += 1
    return family


def signal_family(pid, what):
    """The first of them first: what it starts later is stopped or orphaned with it."""
    os.kill(pid, what)
    for child in children(pid)[1:]:
        try:
            os.kill(child, what)
        except ProcessLookupError:
            pass


class Program:
    """One server process with its log in a file."""

    def __init__(self, words, log, environment=None):
        self.words, self.log, self.environment, self.process = words, Path(log), environment, None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command(self.words), stdout=log, stderr=log,
                                            env={**os.environ, **(self.environment or {})}, cwd=self.log.parent)

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def end(self, how=signal.SIGTERM, seconds=30):
        if not self.runs():
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            signal_family(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_family(self):
        """As if its machine had lost power."""
        if self.runs():
            signal_family(self.process.pid, signal.SIGKILL)
            self.process.wait()


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
