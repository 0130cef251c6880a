"""The hub as its operator runs it: configuration, token, process, API."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path


PATIENCE_S = 120  # a machine that does much else is slow, not broken


class Gone(Exception):
    """The hub did not answer: it was killed, or is not up yet."""


class Refused(Exception):
    """The hub answered with a problem."""

    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')}")
        self.status, self.problem = status, problem


def configuration(facts, port, plugins, data):
    """The operator's file. JSON is YAML; secrets are read from the environment."""
    shop, desk, books = facts["vendure"], facts["request_tracker"], facts["tryton"]
    host = lambda url: urllib.parse.urlparse(url).netloc
    base = books["root_url"].rstrip("/")
    return {
        "listen": f"127.0.0.1:{port}", "public_url": f"http://127.0.0.1:{port}",
        "data": str(data), "plugins": str(plugins),
        "connectors": [
            {"name": "shop", "connector": "vendure", "grant": {"hosts": [host(shop["admin_api"])]},
             "poll_interval_s": 2,
             "config": {"base_url": shop["admin_api"], "username": shop["hub"]["username"],
                        "password": "${SHOP_PASSWORD}", "webhook_secret": "${SHOP_WEBHOOK_SECRET}",
                        "sweep_interval_s": 2}},
            {"name": "desk", "connector": "request_tracker", "grant": {"hosts": [host(desk["rest_url"])]},
             "poll_interval_s": 2,
             "config": {"base_url": desk["rest_url"], "token": "${DESK_TOKEN}", "hub_user": desk["hub"]["username"],
                        "webhook_secret": "${DESK_WEBHOOK_SECRET}", "queues": [desk["queue"]["name"]]}},
            {"name": "books", "connector": "tryton", "grant": {"hosts": [host(base)]},
             "config": {"base_url": base, "database": books["database"], "username": books["hub"]["username"],
                        "password": "${BOOKS_PASSWORD}", "company": books["company"],
                        "journal": books["journals"]["revenue"],
                        "accounts": {"receivable": "1100", "revenue": "4000", "shipping": "4010", "fee": "4000"},
                        "taxes": {**books["taxes"], "other": books["taxes"]["20"]},
                        "party_code": "WEB"}}],
        "routes": {"credit_memo.post": "books"}}


def environment(facts):
    return {"SHOP_PASSWORD": facts["vendure"]["hub"]["password"],
            "SHOP_WEBHOOK_SECRET": facts["vendure"]["webhook"]["secret"],
            "DESK_TOKEN": facts["request_tracker"]["token"],
            "DESK_WEBHOOK_SECRET": facts["request_tracker"]["webhook"]["secret"],
            "BOOKS_PASSWORD": facts["tryton"]["hub"]["password"]}


class Hub:
    patient = False  # whether reads wait for a hub that is being started again

    def __init__(self, build, folder, facts, port):
        build = Path(build).resolve()
        self.program = build / "hub/orderhub"
        self.folder, self.facts, self.port = Path(folder), facts, port
        self.url = f"http://127.0.0.1:{port}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "orderhub.yaml"
        self.config.write_text(json.dumps(configuration(facts, port, build / "connectors",
                                                        self.folder / "data"), indent=1))
        self.environment = {**os.environ, **environment(facts)}
        self.process = self.token = None

    def isolate(self, isolation):
        """All connectors run so: in_process, process or sandboxed. Before the start."""
        configured = json.loads(self.config.read_text())
        for connector in configured["connectors"]:
            connector["isolation"] = isolation
        self.config.write_text(json.dumps(configured, indent=1))

    def command(self, *words, check=True, said=""):
        """Runs the command line as a person would, who types `said`; its standard output."""
        done = subprocess.run([self.program, *words], input=said, capture_output=True, text=True, timeout=PATIENCE_S,
                              env={**self.environment, "ORDERHUB_URL": self.url, "ORDERHUB_TOKEN": self.token or ""})
        if check and done.returncode != 0:
            raise RuntimeError(f"orderhub {' '.join(words)}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def make_token(self):
        made = self.command("token", "create", "--config", str(self.config), "--name", "story", "--role", "admin",
                            "--json")
        self.token = json.loads(made)["token"]

    def make_user(self, name, role):
        """Somebody who can sign in with the browser; gives the password."""
        password = f"{name} knows four words"
        self.command("users", "create", "--config", str(self.config), "--name", name, "--role", role, said=password)
        return password

    def start(self, crash_at=None, wait=True):
        extra = {"ORDERHUB_CRASH_AT": crash_at} if crash_at else {}
        log = open(self.folder / "hub.log", "ab")
        self.process = subprocess.Popen([self.program, "serve", "--config", self.config], stdout=log, stderr=log,
                                        env={**self.environment, **extra})
        log.close()
        if wait:
            self.wait_ready()

    def wait_ready(self, seconds=PATIENCE_S):
        def ready():
            if self.has_ended():
                raise RuntimeError(f"the hub ended with {self.process.returncode}; see {self.folder}/hub.log")
            try:
                return self.request("GET", "/readyz") is not None
            except (Gone, Refused):
                return False
        wait_for("the hub is ready", ready, seconds)

    def has_ended(self):
        """Has it ended, and will not come again by itself?"""
        return self.process.poll() is not None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE_S)

    def request(self, method, path, body=None, headers=None):
        request = urllib.request.Request(
            self.url + path, None if body is None else json.dumps(body).encode(), method=method,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", **(headers or {})})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            text = error.read()
            try:
                problem = json.loads(text)
            except ValueError:
                problem = {"detail": text.decode(errors="replace")}
            if problem.get("code") == "starting":
                raise Gone(problem["detail"]) from None
            raise Refused(error.code, problem) from None
        except (urllib.error.URLError, ConnectionError, TimeoutError, OSError) as error:
            raise Gone(str(error)) from None

    def get(self, path, **query):
        address = path + ("?" + urllib.parse.urlencode(query) if query else "")
        if not self.patient:
            return self.request("GET", address)

        def answer():
            try:
                return [self.request("GET", address)]
            except Gone:
                return None
        return wait_for(f"the hub answers {path}", answer)[0]

    def find(self, text):
        return self.get("/api/v1/orders", q=text)["items"]

    def order(self, number):
        """The whole order of a number, or None."""
        found = self.find(number)
        return self.get(f"/api/v1/orders/{found[0]['id']}") if found else None

    def case(self, ticket):
        found = [each for each in self.get("/api/v1/cases", q=ticket)["items"] if each["external_id"] == ticket]
        return self.get(f"/api/v1/cases/{found[0]['id']}") if found else None

    def act(self, verb, action, order, body, key=None):
        """Previews or submits an action; `body` is its input."""
        headers = {"If-Match": f'"{order["version"]}"'}
        if verb == "submit":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        return self.request("POST", f"/api/v1/orders/{order['id']}/actions/{action}:{verb}", body, headers)


class Empty:
    """For wait_for(): true once there is nothing in `left`; until then it says what."""

    def __init__(self, left):
        self.left = left

    def __bool__(self):
        return not self.left

    def __str__(self):
        return str(self.left)


def wait_for(what, condition, seconds=PATIENCE_S):
    """Polls until `condition` gives something true, and gives that; says what it gave last if that does not come."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} s: {what}; seen last: {str(value)[:2000]}")
        time.sleep(0.05)
