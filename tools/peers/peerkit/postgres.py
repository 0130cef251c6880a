"""One private PostgreSQL cluster; Vendure and Tryton have a database each in it."""

import os
import pwd
import signal
import subprocess
import tempfile
from pathlib import Path

from .instance import say
from .processes import PeerError, run

NAME = "postgres"
ROLE = "peers"

# Throw-away data: durability is traded for speed.
_OPTIONS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB",
            "max_connections=60", "listen_addresses=127.0.0.1", "unix_socket_directories=",
            "timezone=UTC", "jit=off"]


def _program(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        raise PeerError("PostgreSQL is not installed: run tools/setup --peers")
    return str(found[-1])


def _user():
    """PostgreSQL refuses to run as root: then it runs as the user of the Debian package."""
    return "postgres" if os.geteuid() == 0 else None


def _identity():
    user = _user()
    return {"user": user, "group": user, "extra_groups": []} if user else {}


def _data(instance):
    """The data folder, outside of DIR when the server's user could not reach it there."""
    link = instance.folder(NAME) / "data"
    if link.exists():
        return link.resolve()
    if link.is_symlink():
        raise PeerError(f"the database behind {link} is gone: use peers remove and start anew")
    reach = subprocess.run(["test", "-x", str(link.parent)], cwd="/", check=False, **_identity())
    if reach.returncode == 0:
        link.mkdir(mode=0o700)
    else:
        link.symlink_to(tempfile.mkdtemp(prefix="orderhub-peers-", dir="/var/tmp"))
    if _user():
        owner = pwd.getpwnam(_user())
        os.chown(link.resolve(), owner.pw_uid, owner.pw_gid)
    return link.resolve()


def _initialise(instance, data):
    say(NAME, "initdb")
    folder = instance.folder(NAME)
    with tempfile.NamedTemporaryFile("w") as password:  # mode 600
        password.write(instance.secret(NAME, "password"))
        password.flush()
        if _user():
            os.chown(password.name, pwd.getpwnam(_user()).pw_uid, -1)
        run([_program("initdb"), "-D", str(data), "-U", ROLE, "-A", "scram-sha-256", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", f"--pwfile={password.name}"],
            folder / "initdb.log", "initdb", cwd="/", **_identity())


def start(instance):
    process = instance.process(NAME)
    if process.pid():
        return
    data = _data(instance)
    if not (data / "PG_VERSION").exists():
        _initialise(instance, data)
    port = instance.claim_port(NAME)
    options = [part for option in [f"port={port}", *_OPTIONS] for part in ("-c", option)]
    process.launch([_program("postgres"), "-D", str(data), *options], cwd="/", user=_user())
    process.wait_ready(lambda: subprocess.run(
        [_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
    ).returncode == 0, 60)


def stop(instance):
    instance.process(NAME).stop(polite=signal.SIGINT)


def connection(instance, database):
    """What a client needs: host, port, user, password, database."""
    return {"host": "127.0.0.1", "port": instance.port(NAME), "user": ROLE,
            "password": instance.secret(NAME, "password"), "database": database}


def _sql(instance, statement):
    target = connection(instance, "postgres")
    env = {**os.environ, "PGPASSWORD": target["password"]}
    run([_program("psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-h", target["host"],
         "-p", str(target["port"]), "-U", ROLE, "-d", "postgres", "-c", statement],
        instance.folder(NAME) / "sql.log", statement, env=env)


def fresh_database(instance, name):
    """An empty database, whatever an interrupted seeding left there."""
    _sql(instance, f'drop database if exists "{name}" with (force)')
    _sql(instance, f'create database "{name}"')
