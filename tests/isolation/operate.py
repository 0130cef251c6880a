#!/usr/bin/env python3
"""A connector from elsewhere, as an operator deals with it: inspected, granted, signed, run in a process of its own, upgraded
while the hub runs, and refused where it must be.

usage: operate.py --build BUILD
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from ports import free_port  # noqa: E402
from stage import verdict  # noqa: E402
from story import Story  # noqa: E402


class Workshop:
    """Where somebody else builds and signs their connector."""

    def __init__(self, build, folder):
        self.build, self.folder = Path(build).resolve() / "tests/isolation", folder
        self.minisign("-G", "-W", "-p", folder / "maker.pub", "-s", folder / "maker.sec")
        self.key = (folder / "maker.pub").read_text().splitlines()[1]
        self.library = folder / "unruly.so"

    def minisign(self, *words):
        subprocess.run(["minisign", *map(str, words)], check=True, capture_output=True)

    def deliver(self, name, sign=True):
        new = self.folder / "unruly.so.new"
        shutil.copyfile(self.build / f"{name}.so", new)
        os.replace(new, self.library)
        if sign:
            self.minisign("-S", "-s", self.folder / "maker.sec", "-m", self.library, "-t", name)


class OneConnector(Hub):
    def __init__(self, build, folder, workshop):
        self.program, self.folder, self.port = Path(build).resolve() / "hub/orderhub", folder, free_port()
        self.url, self.workshop = f"http://127.0.0.1:{self.port}", workshop
        self.config = folder / "orderhub.yaml"
        self.environment, self.process, self.token = dict(os.environ), None, None
        self.write({"records": ["case"], "commands": ["case.note"]}, [workshop.key])

    def write(self, grant, keys, **more):
        entry = {"name": "desk", "connector": "unruly", "grant": grant, "config": {"at_create": ""}, **more}
        self.config.write_text(json.dumps({
            "listen": f"127.0.0.1:{self.port}", "data": str(self.folder / "data"),
            "plugins": str(self.workshop.folder), "trust": {"keys": keys}, "connectors": [entry]}))

    def run(self, *words):
        """(exit code, all that it says)."""
        done = subprocess.run([self.program, *words], capture_output=True, text=True, timeout=120,
                              env={**self.environment, "ORDERHUB_URL": self.url, "ORDERHUB_TOKEN": self.token or ""})
        return done.returncode, done.stdout + done.stderr

    def connector(self):
        return self.get("/api/v1/connectors")["items"][0]

    def journal(self, kind):
        return [each for each in self.get("/api/v1/events", limit=500)["items"] if each["type"] == kind]


def before_the_start(story, hub, workshop):
    inspect = ["connectors", "inspect", str(workshop.library)]
    code, said = hub.run(*inspect, "--config", str(hub.config))
    story.check("inspect shows a good signature", code == 0 and "good, by" in said and "unruly\n" in said, said)
    story.check("inspect shows what it asks for", "commands   case.note" in said and "records    case" in said, said)
    code, said = hub.run(*inspect, "--json")
    story.equal("without a trust list the key is unknown", json.loads(said)["signature"]["verdict"], "unknown_key")
    check = ["config", "check", str(hub.config)]
    story.equal("the configuration is good", hub.run(*check)[0], 0)
    hub.write({"records": ["case"]}, [workshop.key])
    code, said = hub.run(*check)
    story.check("a command that is not granted is refused", code == 1 and "add case.note to grant: commands:" in said, said)
    grant = {"records": ["case"], "commands": ["case.note"]}
    hub.write(grant, [])
    code, said = hub.run(*check)
    story.check("a key that is not trusted is refused", code == 1 and "add that key to trust" in said, said)
    hub.write(grant, [], unsigned=True)
    story.equal("unsigned: true is enough", hub.run(*check)[0], 0)
    hub.write(grant, [workshop.key])


def while_it_runs(story, hub, workshop):
    process = wait_for("its process runs", lambda: hub.connector()["process"])
    story.equal("it has a process of its own by default", process["isolation"], "process")
    story.equal("resuming what is not parked is a conflict", hub.run("connectors", "resume", "desk")[0], 4)
    workshop.deliver("unruly_next")
    code, said = hub.run("connectors", "reload", "desk")
    story.check("the new version takes over", code == 0 and "runs version 0.2.0" in said, said)
    story.check("in another process", hub.connector()["process"]["pid"] != process["pid"])
    data = hub.journal("connector.reloaded")[0]
    story.equal("the journal says who did it", (data["actor"], data["data"]["to"]), ("agent:story", "0.2.0"))
    with open(workshop.library, "ab") as library:
        library.write(b"\0")
    code, said = hub.run("connectors", "reload", "desk")
    story.check("a changed file is refused", code == 4 and "one of them was changed" in said, said)
    story.equal("the old version goes on", hub.connector()["version"], "0.2.0")
    story.equal("that is in the journal, too", len(hub.journal("connector.reload_refused")), 1)
    story.equal("reloading what is not there", hub.run("connectors", "reload", "nobody")[0], 5)


def after_its_end(story, hub):
    before = hub.connector()["process"]
    os.kill(before["pid"], signal.SIGKILL)
    after = wait_for("it is started again", lambda: (
        (now := hub.connector()["process"])["state"] == "running" and now["ends"] == 1 and now))
    story.check("why it ended is shown", "SIGKILL" in (after["last_end"] or ""), after)
    story.check("the hub goes on", hub.get("/readyz")["status"] == "ready")
    pid = after["pid"]
    hub.kill()
    wait_for("it ends with the hub", lambda: not Path(f"/proc/{pid}").exists() or "Z" in state_of(pid))


def state_of(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"


class NoSystems:
    """The story's parts are not played here."""

    def notes(self):
        return []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="orderhub-operator-"))
    (folder / "maker").mkdir()
    workshop = Workshop(options.build, folder / "maker")
    workshop.deliver("unruly")
    hub = OneConnector(options.build, folder, workshop)
    story = Story(NoSystems(), hub)
    try:
        before_the_start(story, hub, workshop)
        hub.make_token()
        hub.start()
        while_it_runs(story, hub, workshop)
        after_its_end(story, hub)
    finally:
        hub.stop()
    if not story.failures:
        shutil.rmtree(folder, ignore_errors=True)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
