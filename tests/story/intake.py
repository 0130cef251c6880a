#!/usr/bin/env python3
"""What comes in from outside and is not as it should be: refused with a reason, or kept and parked, never lost.

usage: intake.py --build BUILD
"""
import argparse
import base64
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402


class Sender:
    """Signs as the shop does (Standard Webhooks)."""

    def __init__(self, hub, secret):
        self.hub, self.key = hub, base64.b64decode(secret.removeprefix("whsec_"))

    def post(self, body, to="shop", identity=None, age=0, key=None):
        """Status and problem code."""
        identity, stamp = identity or str(uuid.uuid4()), str(int(time.time()) - age)
        signed = hmac.new(key or self.key, f"{identity}.{stamp}.".encode() + body, hashlib.sha256).digest()
        request = urllib.request.Request(f"{self.hub.url}/intake/{to}", body, {
            "Content-Type": "application/json", "webhook-id": identity, "webhook-timestamp": stamp,
            "webhook-signature": "v1," + base64.b64encode(signed).decode()})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, None
        except urllib.error.HTTPError as error:
            problem = json.loads(error.read())
            return error.code, problem["code"]


def check_refusals(story, sender):
    event = b'{"type":"order.changed","event":"OrderEvent","orderId":"1","orderCode":"X"}'
    story.equal("a wrong signature", sender.post(event, key=b"somebody else's"), (401, "bad_signature"))
    story.equal("a message from ten minutes ago", sender.post(event, age=600), (401, "stale_message"))
    story.equal("a message from the future", sender.post(event, age=-600), (401, "stale_message"))
    story.equal("an unknown connector", sender.post(event, to="nobody")[0], 404)
    story.equal("the books take no messages", sender.post(event, to="books")[0], 404)
    story.equal("two megabytes", sender.post(b"x" * 2_000_000)[0], 413)


def check_kept(story, sender, hub):
    for body in (b"not json", b'{"type":"order.changed"}', b"[" * 5000 + b"]" * 5000):
        story.equal(f"{body[:20]!r} is taken", sender.post(body), (202, None))
    parked = wait_for("all three are parked", lambda: (
        found := hub.get("/api/v1/inbox", state="parked")["items"]) and len(found) == 3 and found)
    story.check("each with a reason", all(json.dumps(each).count("error") for each in parked), parked)
    twice = str(uuid.uuid4())
    story.equal("a message", sender.post(b"still not json", identity=twice), (202, None))
    story.equal("the same again", sender.post(b"still not json", identity=twice), (202, None))
    wait_for("the fourth is parked", lambda: len(hub.get("/api/v1/inbox", state="parked")["items"]) >= 4)
    story.equal("it is kept once", len(hub.get("/api/v1/inbox", state="parked")["items"]), 4)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with stage(options.build) as story:
        hub, facts = story.hub, story.systems.facts
        hub.make_token()
        hub.start()
        sender = Sender(hub, facts["vendure"]["webhook"]["secret"])
        check_refusals(story, sender)
        check_kept(story, sender, hub)
        log = (hub.folder / "hub.log").read_text()
        secrets = [facts["vendure"]["hub"]["password"], facts["request_tracker"]["token"], hub.token]
        story.check("no secret stands in the log", not any(secret in log for secret in secrets))
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
