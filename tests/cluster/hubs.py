"""One hub or several on one PostgreSQL database, behind a load balancer, with the stand-ins on the other side."""

import contextlib
import json
import signal
import subprocess
import urllib.request
from pathlib import Path

from balancer import Balancer
from programs import free_port
from hub import PATIENCE_S, Gone, Hub, Refused
from signed_shop import connector
from stage import stage


class ClusterHub(Hub):
    """A hub on a database, with one more connector, that takes signed orders."""

    def __init__(self, build, folder, facts, database, public_url):
        super().__init__(build, folder, facts, free_port())
        written = json.loads(self.config.read_text())
        written.update({"database": database, "public_url": public_url})
        written["connectors"].append(connector())
        self.config.write_text(json.dumps(written, indent=1))

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def log(self):
        return (self.folder / "hub.log").read_text(errors="replace")

    def metric(self, name, **labels):
        """The sum of a metric over all labels but those given."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=120) as answer:
            lines = answer.read().decode().splitlines()
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines
                   if line.startswith((name + "{", name + " ")) and all(each in line for each in wanted))

    def is_ready(self):
        """Whether /readyz says so; None if there is no answer."""
        try:
            return self.request("GET", "/readyz") is not None
        except Refused:
            return False
        except Gone:
            return None

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        """A hub that is frozen, or waits for a database that is, has to end too."""
        if not self.runs():
            return
        self.thaw()
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            print(f"a hub did not end by itself: {self.folder}")


class Cluster(Hub):
    """The hubs behind the balancer, spoken to as one."""

    patient = True

    def __init__(self, build, folder, facts, database, count):
        self.balancer, self.folder, self.facts = Balancer(), Path(folder), facts
        self.port, self.token = self.balancer.port, None
        self.url = f"http://127.0.0.1:{self.port}"
        self.hubs = [ClusterHub(build, self.folder / f"hub{number}", facts, database, self.url)
                     for number in range(1, count + 1)]
        self.program, self.environment, self.process = self.hubs[0].program, self.hubs[0].environment, None
        self.balance()

    def request(self, method, path, body=None, headers=None):
        """A hub that cannot write now, or goes down, is asked again later, as a client would."""
        try:
            return super().request(method, path, body, headers)
        except Refused as refused:
            if refused.status in (429, 503):
                raise Gone(str(refused)) from None
            raise

    def balance(self, out=()):
        """Requests go to all hubs but those in `out`, as a health check would have it."""
        self.balancer.ports = [hub.port for hub in self.hubs if hub not in out]

    def make_token(self):
        self.hubs[0].make_token()
        self.token = self.hubs[0].token
        for hub in self.hubs:
            hub.token = self.token

    def start(self, crash_at=None, wait=True):
        for hub in self.hubs:
            hub.start(crash_at, wait=False)
        if wait:
            self.wait_ready()

    def wait_ready(self, seconds=PATIENCE_S):
        for hub in self.hubs:
            hub.wait_ready(seconds)

    def stop(self):
        for hub in self.hubs:
            hub.stop()

    def close(self):
        self.stop()
        self.balancer.close()


@contextlib.contextmanager
def cluster_stage(build, database, count=1):
    """A stage whose hub is a cluster, and whose systems know it already."""
    def cluster(build, folder, facts, _port):
        return Cluster(build, folder, facts, database, count)

    with stage(build, cluster) as story, contextlib.closing(story.hub):
        story.systems.send_webhooks_to(story.hub.url)
        yield story
