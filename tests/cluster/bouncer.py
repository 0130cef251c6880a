"""Debian's PgBouncer in transaction mode: after each transaction a client's next one may run on another server connection."""

import signal

from database import NAME, query
from programs import Program, free_port, give, private_folder, remove, wait_for

CONFIGURATION = """[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
admin_users = {name}
logfile = {folder}/pgbouncer.log
pidfile =
"""


class Bouncer:
    """`size`: server connections for one database; fewer than the hub has, so that they are shared."""

    def __init__(self, postgres, size=3):
        self.folder, self.port, self.postgres = private_folder("orderhub-bouncer-"), free_port(), postgres
        (self.folder / "users").write_text(f'"{NAME}" ""\n')
        file = self.folder / "pgbouncer.ini"
        file.write_text(CONFIGURATION.format(server=postgres.port, port=self.port, folder=self.folder, size=size,
                                             name=NAME))
        for path in (self.folder / "users", file):
            give(path)
        self.program = Program(["/usr/sbin/pgbouncer", "-q", file], self.folder / "output")

    def start(self):
        self.program.start()
        wait_for("PgBouncer takes connections", self.answers)

    def answers(self):
        try:
            return self.show("VERSION")
        except RuntimeError:
            return False

    def show(self, what):
        """A table of its admin console."""
        return query(self.url("pgbouncer"), f"SHOW {what}")

    def url(self, database):
        return self.postgres.url(database, self.port)

    def close(self):
        self.program.end(signal.SIGINT, 5)
        remove(self.folder)
