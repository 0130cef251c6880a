"""A PostgreSQL server of its own: a temporary folder, a private socket, a port of the loopback address."""

import os
import signal
import subprocess

from programs import Program, free_port, private_folder, remove, run, signal_family, wait_for

PROGRAMS = "/usr/lib/postgresql/15/bin"
NAME = "orderhub"  # of the database's user, who may do everything in this server


class Postgres:
    def __init__(self, settings=None):
        self.folder, self.port = private_folder("orderhub-postgres-"), free_port()
        run([f"{PROGRAMS}/initdb", "-D", self.folder / "data", "-A", "trust", "-U", NAME, "-E", "UTF8",
             "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en", "--no-instructions"])
        words = [f"{PROGRAMS}/postgres", "-D", self.folder / "data", "-k", self.folder, "-p", self.port]
        for name, value in {"listen_addresses": "127.0.0.1", "fsync": "on", **(settings or {})}.items():
            words += ["-c", f"{name}={value}"]
        self.program = Program(words, self.folder / "postgres.log")
        self.frozen = False

    def start(self):
        self.program.start()
        wait_for("PostgreSQL takes connections", self.answers)

    def answers(self):
        return subprocess.run([f"{PROGRAMS}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "2"],
                              check=False).returncode == 0

    def stop(self):
        """Immediate: connections are cut off, nothing is written any more."""
        self.program.end(signal.SIGQUIT)

    def freeze(self):
        """Connections stay, and no answer comes. A new one is taken by the kernel and hangs too."""
        self.frozen = True
        signal_family(self.program.process.pid, signal.SIGSTOP)

    def thaw(self):
        if self.frozen:
            signal_family(self.program.process.pid, signal.SIGCONT)
        self.frozen = False

    def close(self):
        if self.program.runs():
            self.thaw()
        self.program.end(signal.SIGINT)
        remove(self.folder)

    def url(self, database="postgres", port=None):
        return f"postgresql://{NAME}@127.0.0.1:{port or self.port}/{database}"

    def make_database(self, name):
        self.query(f"CREATE DATABASE {name}")
        return self.url(name)

    def query(self, sql, database="postgres"):
        """The rows as lists of texts."""
        return query(self.url(database), sql)


def query(url, sql, seconds=120):
    done = subprocess.run(["/usr/bin/psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", url,
                           "-c", sql],
                          capture_output=True, text=True, timeout=seconds, env={**os.environ, "PGCONNECT_TIMEOUT": "60"})
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return [line.split("\t") for line in done.stdout.splitlines()]
