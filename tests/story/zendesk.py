#!/usr/bin/env python3
"""Zendesk's stand-in as the service desk of a running hub: a ticket names an order, the hub writes the order into the ticket,
once, whatever goes wrong on the way. By the export, and by webhook alone.

usage: zendesk.py --build BUILD
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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

FIELDS = {name: 360000000001 + index for index, name in enumerate(
    ("order_number", "order_url", "order_digest", "order_total", "link_key"))}
SECRET = "secret-of-the-webhook"
HIDDEN = 3600  # seconds that the export holds back: longer than the story


class ZendeskHub(Hub):
    """The desk of the configuration is replaced before the hub starts."""

    def use_desk(self, address, poll_interval_s, **credentials):
        settings = json.loads(self.config.read_text())
        desk = {"name": "desk", "connector": "zendesk", "grant": {"hosts": [address.removeprefix("http://")]},
                "poll_interval_s": poll_interval_s,
                "config": {"base_url": address, **credentials, "fields": FIELDS, "webhook_secret": f"plain:{SECRET}"}}
        settings["connectors"] = [desk if each["name"] == "desk" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def open_ticket(systems, order, subject):
    return systems.control("zendesk_tickets", {"from": "ada@example.test", "subject": subject,
                                               "body": f"I ordered {order['code']} and it has not come."})["id"]


def switch(systems, **members):
    systems.control("switches", {"zendesk": members})


def field(systems, ticket, name):
    shown = systems.control("state")["zendesk"]["tickets"][ticket]["custom_fields"]
    return next(each["value"] for each in shown if each["id"] == FIELDS[name])


def notes(systems, ticket):
    return [each for each in systems.control("state")["zendesk"]["comments"][ticket] if "[orderhub:" in each["body"]]


def place(story):
    order = story.systems.place("ada@example.test", {"SOCK-42": 1})
    wait_for("the order is there", lambda: story.hub.order(order["code"]))
    return order


def backlog(hub):
    """Commands for the desk that are not done, the repeated ones among them."""
    return next(each["backlog"] for each in hub.get("/api/v1/connectors")["items"] if each["name"] == "desk")["deliveries"]


def check_link(story, ticket, order, what):
    systems = story.systems
    wait_for(f"{what}: the ticket shows its order", lambda: field(systems, ticket, "link_key"))
    wait_for(f"{what}: the hub has nothing left to write", lambda: backlog(story.hub) == 0)
    story.equal(f"{what}: order number", field(systems, ticket, "order_number"), order["code"])
    story.check(f"{what}: address", field(systems, ticket, "order_url").startswith("http"), ticket)
    story.check(f"{what}: digest", bool(field(systems, ticket, "order_digest")), ticket)
    written = notes(systems, ticket)
    story.equal(f"{what}: one note", len(written), 1)
    story.equal(f"{what}: the customer does not see it", [each["public"] for each in written], [False])


def play_export(story):
    systems, hub = story.systems, story.hub
    order = place(story)
    ticket = open_ticket(systems, order, "Where is my order?")
    check_link(story, ticket, order, "export")
    story.equal("the hub knows who asks", hub.case(ticket)["requester"]["email"], "ada@example.test")
    systems.control("zendesk_tickets", {"ticket": ticket, "body": "It is on its way.", "status": "solved"})
    wait_for("the ticket is solved", lambda: hub.case(ticket)["state"] == "closed")


def play_trouble(story):
    """Lost answers, limits, somebody else's changes: one link all the same. The fault is planned before the hub can know of
    the ticket."""
    systems = story.systems
    conflict = {"mode": "reply", "status": 409, "body": '{"error":"UpdateConflict","description":"outdated"}'}
    for fault in ({"mode": "timeout_after", "delay_ms": 200}, {"mode": "status_500_after"}, {"mode": "half_close"},
                  {"mode": "reset_before"}, {"mode": "status_429", "retry_after": 1}, conflict):
        order = place(story)
        switch(systems, hold_back_s=HIDDEN)
        ticket = open_ticket(systems, order, f"Trouble: {fault['mode']}")
        systems.control("faults", {"system": "zendesk", "match": f"PUT /tickets/{ticket}", **fault})
        switch(systems, hold_back_s=0)
        check_link(story, ticket, order, fault["mode"])
        story.equal(f"{fault['mode']}: it was met", systems.control("faults"), [])


def send(hub, body, at, invocation, secret=SECRET):
    """The status that the hub answers."""
    mac = hmac.new(secret.encode(), at.encode() + body, hashlib.sha256).digest()
    request = urllib.request.Request(f"{hub.url}/intake/desk", body, {
        "Content-Type": "application/json", "X-Zendesk-Webhook-Signature": base64.b64encode(mac).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": at, "X-Zendesk-Webhook-Invocation-Id": invocation})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def play_webhooks(story):
    systems, hub = story.systems, story.hub
    systems.control("webhooks", {"zendesk": {"url": f"{hub.url}/intake/desk", "secret": SECRET, "mode": "duplicates"}})
    order = place(story)
    ticket = open_ticket(systems, order, "Told at once")
    check_link(story, ticket, order, "webhook")
    sent = wait_for("a message was sent", lambda: [
        each for each in systems.control("webhooks")["sent"] if each["system"] == "zendesk"])
    story.check("the messages were taken", all(each["status"] in (200, 202) for each in sent), sent)

    play_repeats(story)


def play_repeats(story):
    """Tickets that name no order, so that nothing but a message makes the hub read them."""
    systems, hub = story.systems, story.hub
    systems.control("webhooks", {"zendesk": {}})
    first, last = (systems.control("zendesk_tickets", {"from": "bob@example.test", "subject": "Hello", "body": "Hello"})["id"]
                   for _ in range(2))

    def send_notice(ticket, invocation, late_s=0, **options):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - late_s))
        return send(hub, json.dumps({"ticket_id": ticket}).encode(), at, invocation, **options)

    def reads(ticket):
        return sum(each["operation"] == f"GET /tickets/{ticket}" for each in systems.control("requests"))

    story.equal("an old message is refused", send_notice(first, "invocation-1", late_s=400), 401)
    story.equal("so is one of somebody else", send_notice(first, "invocation-1", secret="another secret"), 401)
    story.equal("a trigger's message is taken", send_notice(first, "invocation-1"), 202)
    wait_for("it is read", lambda: hub.case(first))
    story.equal("its repetition is taken, too", send_notice(first, "invocation-1"), 202)
    story.equal("and what comes after it", send_notice(last, "invocation-2"), 202)
    wait_for("that is read", lambda: hub.case(last))
    story.equal("the repetition was no news", reads(first), 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    code = 0
    api_token = {"user": "hub@acme.example.test/token", "api_token": "plain:sandbox-zendesk-token-01"}
    for credentials, interval, parts in ((api_token, 1, (play_export, play_trouble)),
                                         ({"access_token": "plain:sandbox-zendesk-oauth-01"}, 3600, (play_webhooks,))):
        with stage(options.build, ZendeskHub) as story:
            switch(story.systems, hold_back_s=0, export_limit=100000, minute_limit=100000)
            story.hub.use_desk(story.systems.url, interval, **credentials)
            story.hub.make_token()
            story.hub.start()
            for part in parts:
                part(story)
        code = verdict(story) or code
    return code


if __name__ == "__main__":
    sys.exit(main())
