#!/usr/bin/env python3
"""Salesforce Service Cloud's stand-in as the service desk of a running hub: a case names an order, the hub writes the order
into the case, once, whatever goes wrong on the way. By both ways of signing in.

usage: service_cloud.py --build BUILD
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub, wait_for  # noqa: E402
from stage import stage, verdict  # noqa: E402

FIELDS = {"order_number": "OrderNumber__c", "order_url": "OrderUrl__c", "order_digest": "OrderDigest__c",
          "order_total": "OrderTotal__c", "link_key": "OrderLinkKey__c"}
SECRET = "secret-of-the-trigger"


class ServiceCloudHub(Hub):
    """The desk of the configuration is replaced before the hub starts."""

    def use_desk(self, config):
        settings = json.loads(self.config.read_text())
        address = config["base_url"].removeprefix("http://")
        desk = {"name": "desk", "connector": "service_cloud", "grant": {"hosts": [address]}, "poll_interval_s": 1,
                "config": {**config, "fields": FIELDS, "webhook_secret": f"plain:{SECRET}"}}
        settings["connectors"] = [desk if each["name"] == "desk" else each for each in settings["connectors"]]
        self.config.write_text(json.dumps(settings, indent=1))


def sign_in(systems, folder, grant):
    """What one way of signing in needs; the stand-in learns of the key as an administrator would tell it."""
    config = {"base_url": systems.url, "login_url": systems.url, "grant": grant,
              "client_id": "3MVG9sandbox-consumer-key"}
    if grant == "client_credentials":
        return {**config, "client_secret": "plain:sandbox-consumer-secret-01"}
    key = folder / "salesforce.pem"
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout"], check=True, capture_output=True, text=True).stdout
    systems.control("switches", {"salesforce": {"public_key": public}})
    return {**config, "private_key": f"file:{key}", "username": "hub@acme.example.test",
            "audience": "https://login.salesforce.com"}


def open_case(systems, order, subject):
    return systems.control("rows", {"type": "Case", "fields": {
        "Subject": subject, "Description": f"I ordered {order['code']} and it has not come.", "Origin": "Email",
        "ContactId": "003000000000001AAA"}})["id"]


def row(systems, name, identity):
    return systems.control("state")["salesforce"]["rows"][name].get(identity)


def comments(systems, case):
    made = systems.control("state")["salesforce"]["rows"].get("CaseComment", {}).values()
    return [each["CommentBody"] for each in made if each["ParentId"] == case and "[orderhub:" in each["CommentBody"]]


def check_link(story, case, order, what):
    systems = story.systems
    linked = wait_for(f"{what}: the case shows its order",
                      lambda: (shown := row(systems, "Case", case))["OrderLinkKey__c"] and shown)
    story.equal(f"{what}: order number", linked["OrderNumber__c"], order["code"])
    story.check(f"{what}: address", linked["OrderUrl__c"].startswith("http"), linked)
    story.check(f"{what}: digest", bool(linked["OrderDigest__c"]), linked)
    story.quiet()
    story.equal(f"{what}: one note", len(comments(systems, case)), 1)


def play(story, grant):
    systems, hub = story.systems, story.hub
    hub.use_desk(sign_in(systems, hub.folder, grant))
    hub.make_token()
    order = systems.place("ada@example.test", {"TEE-L": 2})
    hub.start()
    wait_for("the order is there", lambda: hub.order(order["code"]))
    case = open_case(systems, order, "Where is my order?")
    check_link(story, case, order, grant)
    shown = hub.case(case)
    story.equal("the hub knows who asks", shown["requester"]["email"], "ada@example.test")
    systems.control("rows", {"type": "Case", "id": case, "fields": {"Status": "Closed"}})
    wait_for("the case is closed", lambda: hub.case(case)["state"] == "closed")


def play_trouble(story):
    """Lost answers, used-up limits, an ended session: one link all the same."""
    systems, hub = story.systems, story.hub
    for mode in ("timeout_after", "status_500_after", "half_close", "reset_before"):
        systems.control("faults", {"system": "salesforce", "match": "POST /composite", "mode": mode, "delay_ms": 200})
        order = systems.place("ada@example.test", {"SOCK-42": 1})
        wait_for("the order is there", lambda: hub.order(order["code"]))
        check_link(story, open_case(systems, order, f"Lost: {mode}"), order, mode)
    systems.control("switches", {"salesforce": {"expire_sessions": True}})
    order = systems.place("ada@example.test", {"SOCK-42": 1})
    check_link(story, open_case(systems, order, "After the session ended"), order, "ended session")


def play_notices(story):
    systems, hub = story.systems, story.hub
    systems.control("webhooks", {"salesforce": {"url": f"{hub.url}/intake/desk", "secret": SECRET}})
    order = systems.place("ada@example.test", {"SOCK-42": 1})
    case = open_case(systems, order, "Told at once")
    check_link(story, case, order, "notice")
    # The link may have come by a poll before the notice was answered.
    sent = wait_for("a notice was sent", lambda: [
        each for each in systems.control("webhooks")["sent"] if each["system"] == "salesforce"])
    story.check("the notices were taken", all(each["status"] in (200, 202) for each in sent), sent)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    code = 0
    for grant in ("client_credentials", "jwt_bearer"):
        with stage(options.build, ServiceCloudHub) as story:
            play(story, grant)
            if grant == "jwt_bearer":
                play_trouble(story)
                play_notices(story)
        code = verdict(story) or code
    return code


if __name__ == "__main__":
    sys.exit(main())
