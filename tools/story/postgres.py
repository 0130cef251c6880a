"""A PostgreSQL server of a test's own: data and socket in a folder, no port, commits synced as a real one does."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from hub import wait_for

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
# The server refuses to run as root; then it runs as Debian's user for it. It ends with the test.
AS_USER = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig", "SIGQUIT", "--"]


class PostgresServer:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="orderhub-postgres-"))
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.process = None
        self.run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "orderhub", "-E", "UTF8", "--no-sync",
                 "--locale=C.UTF-8")
        self.start()

    @staticmethod
    def command(program, *words):
        return (AS_USER if os.geteuid() == 0 else []) + [str(PROGRAMS / program), *map(str, words)]

    def run(self, program, *words):
        done = subprocess.run(self.command(program, *words), capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self):
        with open(self.folder / "server.log", "ab") as log:
            self.process = subprocess.Popen(
                self.command("postgres", "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses="),
                stdout=log, stderr=log, cwd="/")
        wait_for("PostgreSQL takes connections", self.is_ready, 60)

    def is_ready(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended; see {self.folder}/server.log")
        return subprocess.run(self.command("pg_isready", "-q", "-h", self.folder), cwd="/").returncode == 0

    def crash(self):
        """Ends it without tidying up; the next start recovers from the log."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def make_database(self, name="hub"):
        """The URI for the configuration's `database`."""
        self.run("psql", "-q", "-h", self.folder, "-U", "orderhub", "-d", "postgres", "-c", f"CREATE DATABASE {name}")
        return f"postgresql:///{name}?host={self.folder}&user=orderhub"

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
