#!/usr/bin/env python3
"""The story's effects in bad weather: the end must be the same, and nothing may take effect twice.

usage: trouble.py --build BUILD (--webhooks none|duplicates|disorder | --fault MODE)

A fault strikes each call that has an effect once (refund, cancellation, invoice, posting, ticket fields, comment).
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from stage import stage, verdict  # noqa: E402

EFFECTS = [("vendure", "mutation refundOrder"), ("vendure", "mutation cancelOrder"), ("tryton", "invoice.create"),
           ("tryton", "invoice.post"), ("rt", "PUT /ticket"), ("rt", "POST /ticket")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--webhooks", default="normal")
    parser.add_argument("--fault")
    options = parser.parse_args()
    with stage(options.build) as story:
        hub, systems = story.hub, story.systems
        hub.make_token()
        systems.send_webhooks_to(hub.url, options.webhooks)
        if options.fault:
            systems.control("faults", [{"system": system, "match": match, "mode": options.fault, "times": 1,
                                        "delay_ms": 1500}
                                       for system, match in EFFECTS])
        hub.start()
        story.tell_short()
        if options.fault:
            story.equal("every fault has struck", systems.control("faults"), [])
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
