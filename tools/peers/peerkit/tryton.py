"""Tryton 6.0 from Debian's packages, on the private PostgreSQL cluster."""

import importlib.util
import json
import os
import subprocess
import urllib.error
import urllib.request

from . import postgres
from .instance import SOURCES, say
from .processes import PeerError, run

NAME = "tryton"
DATABASE = "tryton"
# Debian's own interpreter: its packages are not visible to any other.
_PYTHON = "/usr/bin/python3"
_MODULES = ["ir", "res", "account_invoice", "account_credit_limit"]
# While tables are made in one transaction the planner has no statistics of the catalogue, and
# Tryton's many questions to information_schema take 100 ms each by nested loops.
_FAST_SCHEMA = {"PGOPTIONS": "-c enable_nestloop=off"}
_CONFIG = """[web]
listen = 127.0.0.1:{port}
[database]
uri = postgresql://{user}:{password}@{host}:{pg_port}/
[session]
authentications = password
timeout = 300
[email]
uri = smtp://127.0.0.1:9
"""


def _environment():
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**env, "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC", "PGTZ": "UTC"}


def _configure(instance, port):
    target = postgres.connection(instance, DATABASE)
    path = instance.folder(NAME) / "trytond.conf"
    path.touch(mode=0o600)
    path.write_text(_CONFIG.format(port=port, user=target["user"], password=target["password"],
                                   host=target["host"], pg_port=target["port"]))
    return path


def install(instance):
    found = subprocess.run([_PYTHON, "-c", "import trytond, proteus, psycopg2, bcrypt"],
                           env=_environment(), capture_output=True, check=False)
    if found.returncode:
        raise PeerError("Tryton is not installed: run tools/setup --peers")


def seed(instance):
    if instance.facts(NAME):
        return
    folder = instance.folder(NAME)
    postgres.fresh_database(instance, DATABASE)
    conf = _configure(instance, instance.claim_port(NAME))
    say(NAME, "modules")
    instance.secret(NAME, "admin")
    run([_PYTHON, "/usr/bin/trytond-admin", "-c", str(conf), "-d", DATABASE,
         "--email", "admin@example.test", "-u", *_MODULES, "--activate-dependencies"],
        folder / "init.log", "trytond-admin",
        env={**_environment(), "TRYTONPASSFILE": str(folder / "admin.secret"), **_FAST_SCHEMA})
    say(NAME, "company, accounts, taxes")
    instance.secret(NAME, "hub")
    done = subprocess.run(
        [_PYTHON, str(SOURCES / "tryton/seed.py"), str(conf), DATABASE,
         str(folder / "hub.secret")],
        env=_environment(), capture_output=True, text=True, check=False)
    (folder / "seed.log").write_text(done.stderr)
    if done.returncode:
        raise PeerError(f"seeding Tryton failed:\n{done.stderr[-3000:]}")
    instance.keep_facts(NAME, json.loads(done.stdout))


def _answers(port):
    body = json.dumps({"id": 1, "method": "common.db.login",
                       "params": ["nobody", {}]}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/{DATABASE}/", data=body,
                                     headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return b"LoginException" in answer.read()
    except (urllib.error.URLError, OSError):
        return False


def start(instance):
    process = instance.process(NAME)
    if process.pid():
        return
    if not instance.facts(NAME):
        raise PeerError(f"{NAME} is not seeded")
    port = instance.claim_port(NAME)
    process.launch([_PYTHON, "/usr/bin/trytond", "-c", str(_configure(instance, port)),
                    "-d", DATABASE], env=_environment())
    process.wait_ready(lambda: _answers(port))


def stop(instance):
    instance.process(NAME).stop()


def describe(instance):
    base = f"http://127.0.0.1:{instance.port(NAME)}"
    return {
        **instance.facts(NAME),
        "url": f"{base}/{DATABASE}/", "root_url": f"{base}/", "database": DATABASE,
        "hub": {"username": "hub", "password": instance.secret(NAME, "hub")},
        "admin": {"username": "admin", "password": instance.secret(NAME, "admin")},
        "pid": instance.process(NAME).pid(),
    }
