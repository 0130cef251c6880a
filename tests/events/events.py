#!/usr/bin/env python3
"""Subscribers of a real hub: signed events over real sockets, a hub that is killed in between, a stream that goes on.

usage: events.py --build BUILD
"""
import argparse
import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import socket
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, Refused, wait_for  # noqa: E402
from ports import free_port  # noqa: E402

SUBSCRIPTIONS = "/api/v1/subscriptions"


class PlainHub(Hub):
    """Without connectors: the journal is filled by decisions about subscriptions."""

    def __init__(self, build, folder, port, private_hosts):
        build = Path(build).resolve()
        self.program, self.folder, self.port = build / "hub/orderhub", Path(folder), port
        self.url = f"http://127.0.0.1:{port}"
        self.config = self.folder / "orderhub.yaml"
        self.config.write_text(json.dumps({
            "listen": f"127.0.0.1:{port}", "data": str(self.folder / "data"), "plugins": str(self.folder),
            "public_url": self.url, "events": {"private_hosts": private_hosts}}))
        self.environment, self.process, self.token = dict(os.environ), None, None

    def journal(self):
        items, after = [], 0
        while page := self.get("/api/v1/events", after=after, limit=500)["items"]:
            items += page
            after = page[-1]["sequence"]
        return items


class Subscriber:
    """Keeps what it is sent; answers as `answer(number of the call)` says."""

    def __init__(self):
        self.calls, self.answer, self.lock = [], lambda number: (200, {}), threading.Lock()
        subscriber = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with subscriber.lock:
                    subscriber.calls.append((dict(self.headers), body))
                    status, headers = subscriber.answer(len(subscriber.calls))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *words):
                """A hub that is killed breaks its connections."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def events(self):
        with self.lock:
            return [json.loads(body) for _, body in self.calls]

    def ids(self):
        return [event["id"] for event in self.events()]


def signs(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    good = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{good}" in headers["webhook-signature"].split()


class Stream(threading.Thread):
    """Follows the events by server-sent events until the stream ends. Each of the hub's chunks holds whole messages."""

    def __init__(self, hub, query="", last=None):
        super().__init__(daemon=True)
        self.ids, self.clean = [], None
        self.socket = socket.create_connection(("127.0.0.1", hub.port), timeout=300)
        lines = [f"GET /api/v1/events{query} HTTP/1.1", "Host: hub", f"Authorization: Bearer {hub.token}",
                 "Accept: text/event-stream"] + ([] if last is None else [f"Last-Event-ID: {last}"])
        self.socket.sendall("\r\n".join(lines + ["", ""]).encode())
        self.start()

    def run(self):
        identity, line = None, b""
        try:
            with self.socket, self.socket.makefile("rb") as answer:
                while line := answer.readline():
                    if line.startswith(b"id: "):
                        identity = int(line[4:])
                    elif line == b"\n" and identity is not None:
                        self.ids.append(identity)
                        identity = None
                    elif line == b"0\r\n":
                        self.clean = True
        except OSError:
            pass
        self.clean = bool(self.clean)


def say(text):
    print(f"ok  {text}", flush=True)


def check(what, good, seen=""):
    if not good:
        raise AssertionError(f"{what}: {seen}")
    say(what)


def expect_refusal(what, status, call):
    try:
        seen = call()
    except Refused as refusal:
        return check(what, refusal.status == status, refusal)
    raise AssertionError(f"{what}: {seen}")


def subscribe(hub, subscriber, **more):
    made = hub.request("POST", SUBSCRIPTIONS, {"name": "desk", "url": f"http://{subscriber.host}/hook", **more})
    return made["subscription"]["id"], made["secret"]


def happens(hub, noise, times, after=lambda n: None):
    """Entries in the journal: one for each change of a subscription that nothing fits."""
    for number in range(times):
        hub.request("PATCH", f"{SUBSCRIPTIONS}/{noise}", {"name": f"noise {number}"})
        after(number)


def check_delivery(hub, subscriber, noise):
    identity, secret = subscribe(hub, subscriber, after=0)
    happens(hub, noise, 20)
    journal = wait_for("all events arrive", lambda: (
        found := hub.journal()) and subscriber.ids() == [event["id"] for event in found] and found)
    say(f"{len(journal)} events, each once and in order")
    check("all signed with the secret that was shown",
          all(signs(secret, headers, body) for headers, body in subscriber.calls))
    check("all CloudEvents of the journal's entries", all(
        (event["specversion"], event["type"], event["source"], int(event["sequence"]), event["data"])
        == ("1.0", entry["type"], hub.url, entry["sequence"], entry["data"])
        for event, entry in zip(subscriber.events(), journal)))
    return identity, secret


def check_kill(hub, subscriber, noise):
    """The hub is killed again and again while events come; nothing is missing."""
    def now_and_then(number):
        if number % 25 == 24:
            hub.kill()
            hub.start()

    stream = Stream(hub)
    wait_for("the stream begins", lambda: stream.ids)
    happens(hub, noise, 150, now_and_then)
    wait_for("all events arrive", lambda: {event["id"] for event in hub.journal()} == set(subscriber.ids()))
    by_id = {}
    for headers, body in subscriber.calls:
        by_id.setdefault(headers["webhook-id"], set()).add(body)
    twice = len(subscriber.calls) - len(by_id)
    check(f"six kills, nothing missing, {twice} came again under their ids and say the same",
          all(len(bodies) == 1 for bodies in by_id.values()))
    order = list(dict.fromkeys(subscriber.ids()))
    check("in the journal's order", order == [event["id"] for event in hub.journal()])
    check("the killed hub's stream broke off", not wait_for("its end", lambda: stream.clean is not None)
          or stream.clean is False)
    rest = Stream(hub, "?after=0", last=stream.ids[-1])
    end = hub.journal()[-1]["sequence"]
    wait_for("the rest of the stream", lambda: rest.ids and rest.ids[-1] == end)
    check("after Last-Event-ID it goes on where it broke off, with nothing missing",
          stream.ids + rest.ids == list(range(1, end + 1)))
    return rest


def check_replay(hub, subscriber, identity):
    wait_for("all is quiet", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["behind"] == 0)
    before = len(subscriber.calls)
    hub.request("POST", f"{SUBSCRIPTIONS}/{identity}:replay", {"after": 10})
    wait_for("the replay", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["behind"] == 0)
    expected = [event["id"] for event in hub.journal() if event["sequence"] > 10]
    check("a replay sends the same ids again, in order", subscriber.ids()[before:] == expected, len(expected))


def check_metrics(hub, subscriber):
    with urllib.request.urlopen(f"{hub.url}/metrics", timeout=120) as answer:
        lines = answer.read().decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if line.startswith(("orderhub_subscriptions", "orderhub_events")))
    check("the metrics count subscriptions by state", figures['orderhub_subscriptions{state="active"}'] == "2", figures)
    check("and what came of the events", 0 < float(figures['orderhub_events_total{result="delivered"}']) <= len(subscriber.calls),
          figures)
    check("nobody fails", figures["orderhub_subscriptions_failing_seconds"] == "0", figures)


def check_rotation(hub, subscriber, identity, old, noise):
    new = hub.request("POST", f"{SUBSCRIPTIONS}/{identity}:rotate-secret", {"overlap_s": 3600})["secret"]
    before = len(subscriber.calls)
    happens(hub, noise, 2)
    wait_for("events after the rotation", lambda: len(subscriber.calls) >= before + 2)
    headers, body = subscriber.calls[-1]
    check("the old and the new secret sign", signs(old, headers, body) and signs(new, headers, body))
    text = json.dumps([hub.get(SUBSCRIPTIONS), hub.journal()]) + (hub.folder / "hub.log").read_text()
    check("no secret in list, journal or log", old not in text and new not in text)


def check_failures(hub, subscriber, identity, noise):
    wait_for("all is quiet", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["behind"] == 0)
    before, first = len(subscriber.calls), time.monotonic()
    subscriber.answer = lambda number: (503, {"Retry-After": "1"}) if number == before + 1 else (200, {})
    happens(hub, noise, 1)
    wait_for("it comes again", lambda: len(subscriber.calls) >= before + 2)
    check("tried again, not before the second that was asked for, under its id",
          time.monotonic() - first >= 1 and subscriber.ids()[-1] == subscriber.ids()[-2])
    wait_for("the hub knows that it was taken", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["behind"] == 0)
    subscriber.answer = lambda number: (410, {})
    happens(hub, noise, 1)
    wait_for("it is disabled", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["state"] == "disabled")
    check("410 disables it, and the journal says so",
          hub.get(f"{SUBSCRIPTIONS}/{identity}")["reason"] == "gone"
          and hub.journal()[-1]["type"] == "subscription.disabled")
    subscriber.answer = lambda number: (200, {})
    hub.command("subscriptions", "enable", identity)
    wait_for("it catches up", lambda: hub.get(f"{SUBSCRIPTIONS}/{identity}")["behind"] == 0)
    check("enabled again, it is sent what it missed", subscriber.ids()[-2:] == [e["id"] for e in hub.journal()[-2:]])


def check_command_line(hub, subscriber):
    made = hub.command("subscriptions", "create", "cli", f"http://{subscriber.host}/cli", "--type", "order.")
    check("the command line shows the secret once", "whsec_" in made and "not shown again" in made, made)
    listed = hub.command("subscriptions", "list")
    check("and lists without it", "cli" in listed and "whsec_" not in listed, listed)
    identity = next(each["id"] for each in hub.get(SUBSCRIPTIONS)["items"] if each["name"] == "cli")
    check("a test arrives", "Delivered" in hub.command("subscriptions", "test", identity))
    # Not the last one perhaps: the journal's own events go on to the other subscription.
    check("as subscription.test", "subscription.test" in [each["type"] for each in subscriber.events()])
    check("deleted", "deleted" in hub.command("subscriptions", "delete", identity))


def check_addresses(hub):
    for url in ("http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://10.0.0.1/", "https://169.254.169.254/",
                "http://example.org/", "https://[::1]/"):
        expect_refusal(f"{url} may not be subscribed", 422,
                       lambda: hub.request("POST", SUBSCRIPTIONS, {"name": "x", "url": url}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="orderhub-events-"))
        subscriber = Subscriber()
        hub = PlainHub(options.build, folder, free_port(), [subscriber.host])
        stack.callback(lambda: hub.stop())
        hub.make_token()
        hub.start()
        noise, _ = subscribe(hub, subscriber, types=["nothing."])
        identity, secret = check_delivery(hub, subscriber, noise)
        stream = check_kill(hub, subscriber, noise)
        check_replay(hub, subscriber, identity)
        check_metrics(hub, subscriber)
        check_rotation(hub, subscriber, identity, secret, noise)
        check_failures(hub, subscriber, identity, noise)
        check_command_line(hub, subscriber)
        check_addresses(hub)
        hub.stop()
        check("a hub that stops ends its streams cleanly", wait_for("its end", lambda: stream.clean is not None)
              and stream.clean)


if __name__ == "__main__":
    main()
