"""Request Tracker 5 from Debian's packages, on SQLite."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from .instance import SOURCES, say
from .processes import PeerError, run

NAME = "request_tracker"
_SERVER = "/usr/share/request-tracker5/libexec/rt-server"
_SETUP = "/usr/sbin/rt-setup-database-5"
_SOURCES = SOURCES / "request_tracker"
_SENDMAIL = """#!/bin/sh
# RT's outgoing mail ends in a file; nothing is sent.
{ date '+From rt@localhost %c'; cat; echo; } >> "$(dirname "$0")/mail.mbox"
"""


def _environment(folder):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PERL5")}
    return {**env, "RT_SITE_CONFIG": str(folder / "site_config.pm"), "TZ": "UTC",
            "RT_SITE_CONFIG_DIR": str(folder / "site_config.d"), "ORDERHUB_RT_DIR": str(folder)}


def _configure(folder, port):
    for name in ("site_config.d", "var/mason", "var/sessions"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = (_SOURCES / "site_config.pm").read_text()
    (folder / "site_config.pm").write_text(
        text.replace("@PORT@", str(port)).replace("@DIR@", str(folder)))
    sendmail = folder / "sendmail"
    sendmail.write_text(_SENDMAIL)
    sendmail.chmod(0o755)


def install(instance):
    if not Path(_SERVER).exists() or not Path(_SETUP).exists():
        raise PeerError("Request Tracker is not installed: run tools/setup --peers")


def seed(instance):
    if instance.facts(NAME):
        return
    folder = instance.folder(NAME)
    folder.chmod(0o700)
    _configure(folder, instance.claim_port(NAME))
    for leftover in folder.glob("rt.sqlite*"):
        leftover.unlink()
    say(NAME, "database")
    instance.secret(NAME, "root")
    run([_SETUP, "--action", "init", "--root-password-file", str(folder / "root.secret"),
         "--dba", "", "--dba-password", ""], folder / "init.log", "RT's database",
        env=_environment(folder))
    run(["sqlite3", str(folder / "rt.sqlite"), "PRAGMA journal_mode=WAL"], folder / "init.log",
        "WAL mode")
    say(NAME, "queue, fields, users")
    passwords = {f"{user}_password": instance.secret(NAME, user) for user in ("hub", "agent")}
    done = subprocess.run(
        ["perl", str(_SOURCES / "seed.pl"), str(_SOURCES / "webhook_scrip.pl")],
        input=json.dumps(passwords), env=_environment(folder), capture_output=True, text=True,
        check=False)
    (folder / "seed.log").write_text(done.stderr)
    if done.returncode:
        raise PeerError(f"seeding RT failed:\n{done.stderr}")
    instance.secret(NAME, "webhook")
    instance.keep_facts(NAME, json.loads(done.stdout))


def _answers(port, token):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/REST/2.0/rt",
                                     headers={"Authorization": f"token {token}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def start(instance):
    process = instance.process(NAME)
    if process.pid():
        return
    facts, folder = instance.facts(NAME), instance.folder(NAME)
    if not facts:
        raise PeerError(f"{NAME} is not seeded")
    port = instance.claim_port(NAME)
    _configure(folder, port)
    if "RT_WEBHOOK_URL" in os.environ:
        (folder / "webhook.url").write_text(os.environ["RT_WEBHOOK_URL"])
    process.launch([_SERVER, "--server", "Starlet", "--host", "127.0.0.1", "--port", str(port),
                    "--max-workers", "3", "--max-reqs-per-child", "2000",
                    "--access-log", str(folder / "access.log")], env=_environment(folder))
    process.wait_ready(lambda: _answers(port, facts["token"]))


def stop(instance):
    instance.process(NAME).stop()


def describe(instance):
    folder, base = instance.folder(NAME), f"http://127.0.0.1:{instance.port(NAME)}"
    return {
        **instance.facts(NAME),
        "url": base, "rest_url": f"{base}/REST/2.0",
        "hub": {"username": "hub", "password": instance.secret(NAME, "hub")},
        "agent": {"username": "agent", "password": instance.secret(NAME, "agent")},
        "root": {"username": "root", "password": instance.secret(NAME, "root")},
        "webhook": {"url_file": str(folder / "webhook.url"),
                    "secret": instance.secret(NAME, "webhook"),
                    "signature_header": "X-RT-Signature"},
        "mail_file": str(folder / "mail.mbox"), "pid": instance.process(NAME).pid(),
    }
