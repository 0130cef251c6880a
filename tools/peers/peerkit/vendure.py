"""Vendure from npm, with the webhook plugin of this project, on the private PostgreSQL cluster."""

import base64
import hashlib
import os
import secrets
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from . import postgres
from .catalogue import Seeder
from .graphql import Client
from .instance import PROJECT, SOURCES, read_json, say, write_json
from .processes import PeerError, run

NAME = "vendure"
DATABASE = "vendure"
HUB = "hub@example.test"
_PLUGIN = PROJECT / "plugins/storefront/vendure/vendure-plugin"
# Vendure wants Node 20; Debian 12 has 18. This npm package is nothing but the program.
_NODE_PACKAGE = f"node-linux-{'arm64' if os.uname().machine == 'aarch64' else 'x64'}@22.23.3"


def _app(instance):
    return instance.folder(NAME) / "app"


def _path(instance):
    """PATH with a Node in front that is new enough."""
    own = instance.folder(NAME) / "node/node_modules" / _NODE_PACKAGE.split("@")[0] / "bin"
    return f"{own}{os.pathsep}{os.environ['PATH']}" if own.exists() else os.environ["PATH"]


def _environment(instance):
    return {**os.environ, "PATH": _path(instance), "VENDURE_DISABLE_TELEMETRY": "true"}


def _major(node):
    try:
        return int(subprocess.check_output([node, "-p", "process.versions.node"], text=True)
                   .split(".")[0])
    except (OSError, subprocess.CalledProcessError):
        return 0


def _install_node(instance):
    if _major(shutil.which("node", path=_path(instance)) or "node") >= 20:
        return
    say(NAME, _NODE_PACKAGE)
    run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix",
         str(instance.folder(NAME) / "node"), _NODE_PACKAGE],
        instance.folder(NAME) / "npm.log", "npm install node")


def _digest(*folders):
    """Over names and contents of all files, but for what npm and the compiler made."""
    sum_ = hashlib.sha256()
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and not {"node_modules", "dist"} & set(path.parts):
                sum_.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return sum_.hexdigest()


def install(instance):
    _install_node(instance)
    app, log = _app(instance), instance.folder(NAME) / "npm.log"
    app.mkdir(exist_ok=True)
    marker, wanted = app / ".installed", _digest(SOURCES / "vendure", _PLUGIN)
    if marker.exists() and marker.read_text() == wanted:
        return
    marker.unlink(missing_ok=True)
    lock = (SOURCES / "vendure/package-lock.json").read_bytes()
    done = app / "node_modules/.lock-used"
    shutil.copytree(SOURCES / "vendure", app, dirs_exist_ok=True)
    if not done.exists() or done.read_bytes() != lock:
        say(NAME, "npm ci")
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], log, "npm ci", cwd=app,
            env=_environment(instance))
        done.write_bytes(lock)
    say(NAME, "compiling the webhook plugin")
    shutil.copytree(_PLUGIN, app / "webhook-plugin", dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("node_modules", "dist"))
    run(["node", "node_modules/typescript/bin/tsc", "-p", "webhook-plugin"], log, "tsc", cwd=app,
        env=_environment(instance))
    marker.write_text(wanted)


def _webhook(instance):
    """Where notices go. WEBHOOK_URL and WEBHOOK_SECRET of the environment are remembered."""
    path = instance.folder(NAME) / "webhook.json"
    known = read_json(path) or {
        "url": "", "secret": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()}
    for key, name in (("url", "WEBHOOK_URL"), ("secret", "WEBHOOK_SECRET")):
        known[key] = os.environ.get(name, known[key])
    write_json(path, known)
    return known


def _launch(instance, create_schema=False):
    port, process = instance.claim_port(NAME), instance.process(NAME)
    target, hook = postgres.connection(instance, DATABASE), _webhook(instance)
    process.launch(["node", "server.js"], cwd=_app(instance), env={
        **_environment(instance), "NODE_ENV": "production", "TZ": "UTC",
        "SHOP_PORT": str(port), "SHOP_PASSWORD": instance.secret(NAME, "superadmin"),
        "SHOP_DB_HOST": target["host"], "SHOP_DB_PORT": str(target["port"]),
        "SHOP_DB_USER": target["user"], "SHOP_DB_PASSWORD": target["password"],
        "SHOP_DB_NAME": DATABASE, "SHOP_CREATE_SCHEMA": "1" if create_schema else "",
        "WEBHOOK_URL": "" if create_schema else hook["url"], "WEBHOOK_SECRET": hook["secret"]})
    process.wait_ready(lambda: _healthy(port), 180)


def _healthy(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def seed(instance):
    if instance.facts(NAME):
        return
    stop(instance)
    postgres.fresh_database(instance, DATABASE)
    say(NAME, "schema")
    _launch(instance, create_schema=True)
    try:
        say(NAME, "channels, products, promotions")
        admin = Client(f"http://127.0.0.1:{instance.port(NAME)}/admin-api")
        admin.login("superadmin", instance.secret(NAME, "superadmin"))
        seeder = Seeder(admin)
        facts = seeder.run()
        seeder.hub(HUB, instance.secret(NAME, "hub"))
        instance.keep_facts(NAME, facts)
    finally:
        stop(instance)


def start(instance):
    if instance.process(NAME).pid():
        return
    if not instance.facts(NAME):
        raise PeerError(f"{NAME} is not seeded")
    _launch(instance)


def stop(instance):
    instance.process(NAME).stop()


def describe(instance):
    base = f"http://127.0.0.1:{instance.port(NAME)}"
    return {
        **instance.facts(NAME),
        "url": base, "admin_api": f"{base}/admin-api", "shop_api": f"{base}/shop-api",
        "hub": {"username": HUB, "password": instance.secret(NAME, "hub")},
        "superadmin": {"username": "superadmin",
                       "password": instance.secret(NAME, "superadmin")},
        "webhook": _webhook(instance), "pid": instance.process(NAME).pid(),
    }
