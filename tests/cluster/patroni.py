"""Two PostgreSQL servers with synchronous replication under Debian's Patroni, which keeps its leader's lock in an etcd."""

import json
import signal
import urllib.error
import urllib.request

from database import NAME, PROGRAMS, query
from programs import Program, free_port, give, private_folder, remove, signal_family, wait_for

# The shortest that Patroni documents: a lock of 20 s, looked at every 2 s; a primary that does not reach etcd keeps it for as
# long as its lock allows. A primary whose machine is gone is replaced when its
# lock has ended, 10 to 20 s after its last renewal.
TTL_S, LOOP_S, RETRY_S = 20, 2, 9


class Etcd:
    def __init__(self):
        self.folder, self.port, peers = private_folder("orderhub-etcd-"), free_port(), free_port()
        client, peer = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{peers}"
        self.program = Program(
            ["/usr/bin/etcd", "--name", "one", "--data-dir", self.folder / "data", "--listen-client-urls", client,
             "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
             "--initial-cluster", f"one={peer}", "--log-level", "warn", "--unsafe-no-fsync"], self.folder / "etcd.log")

    def start(self):
        self.program.start()
        wait_for("etcd answers", lambda: ask(f"http://127.0.0.1:{self.port}/health"))

    def close(self):
        self.program.end()
        remove(self.folder)


def ask(url):
    """The answer's JSON whatever its status; None if there is none."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return json.loads(error.read())
    except (OSError, ValueError):
        return None


class Node:
    """One PostgreSQL with its Patroni."""

    def __init__(self, name, etcd):
        self.name, self.folder = name, private_folder(f"orderhub-patroni-{name}-")
        self.port, self.api = free_port(), free_port()
        self.config = self.folder / "patroni.yml"
        self.config.write_text(json.dumps(self.configuration(etcd), indent=1))  # JSON is YAML
        give(self.config)
        self.program = Program(["/usr/bin/patroni", self.config], self.folder / "patroni.log")

    def configuration(self, etcd):
        local = "127.0.0.1"
        return {
            "scope": "orderhub", "name": self.name,
            "restapi": {"listen": f"{local}:{self.api}", "connect_address": f"{local}:{self.api}"},
            "etcd3": {"hosts": f"{local}:{etcd.port}"},
            "bootstrap": {
                "dcs": {"ttl": TTL_S, "loop_wait": LOOP_S, "retry_timeout": RETRY_S, "maximum_lag_on_failover": 1048576,
                        "synchronous_mode": True, "postgresql": {"use_pg_rewind": True}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"locale-provider": "icu"}, {"icu-locale": "en"},
                           "no-sync"]},
            "postgresql": {
                "listen": f"{local}:{self.port}", "connect_address": f"{local}:{self.port}",
                "data_dir": str(self.folder / "data"), "bin_dir": PROGRAMS, "pgpass": str(self.folder / "pgpass"),
                "authentication": {"superuser": {"username": NAME}, "replication": {"username": NAME},
                                   "rewind": {"username": NAME}},
                "pg_hba": [f"local all all trust", f"host all all {local}/32 trust",
                           f"host replication all {local}/32 trust"],
                "parameters": {"unix_socket_directories": str(self.folder), "max_connections": 100}},
            "tags": {"nofailover": False, "nosync": False}}

    def state(self):
        return ask(f"http://127.0.0.1:{self.api}/patroni") or {}

    def is_primary(self):
        return self.state().get("role") in ("master", "primary")

    def server_pid(self):
        return int((self.folder / "data/postmaster.pid").read_text().splitlines()[0])

    def kill(self):
        """As if its machine had lost power: Patroni first, so that it does not start the server again."""
        server = self.server_pid()
        self.program.process.send_signal(signal.SIGKILL)
        signal_family(server, signal.SIGKILL)
        self.program.process.wait()

    def close(self):
        self.program.end(signal.SIGTERM)
        remove(self.folder)


class PatroniPair:
    def __init__(self):
        self.etcd = Etcd()
        self.nodes = [Node(name, self.etcd) for name in ("a", "b")]

    def start(self):
        self.etcd.start()
        self.nodes[0].program.start()
        wait_for("the first server is primary", self.nodes[0].is_primary, 180)
        self.nodes[1].program.start()
        wait_for("the second follows it synchronously", self.is_synchronous, 180)

    def primary(self):
        return next((node for node in self.nodes if node.program.runs() and node.is_primary()), None)

    def is_synchronous(self):
        """Whether a commit on the primary waits for the other server."""
        primary = self.primary()
        if not primary:
            return False
        try:
            rows = query(self.node_url(primary), "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'")
        except RuntimeError:  # it is being started or stopped
            return False
        return rows == [["sync"]]

    def node_url(self, node, database="postgres"):
        return f"postgresql://{NAME}@127.0.0.1:{node.port}/{database}"

    def url(self, database):
        """Both servers: libpq takes the one that can be written to."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://{NAME}@{hosts}/{database}?target_session_attrs=read-write"

    def make_database(self, name):
        query(self.node_url(self.primary()), f"CREATE DATABASE {name}")
        return self.url(name)

    def close(self):
        for node in self.nodes:
            node.close()
        self.etcd.close()
