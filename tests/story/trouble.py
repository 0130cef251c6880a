#!/usr/bin/env python3
"""The story's effects in bad weather: the end must be the same, and nothing may take effect twice.

usage: trouble.py --build BUILD (--webhooks none|duplicates|disorder | --fault MODE)

A fault strikes each call that has an effect once (refund, cancellation, invoice, posting, ticket fields, comment).
"""
import argparse
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools/story"))

from hub import Hub  # noqa: E402
from ports import free_port  # noqa: E402
from story import Story  # noqa: E402
from systems import SandboxSystems  # noqa: E402

EFFECTS = [("vendure", "mutation refundOrder"), ("vendure", "mutation cancelOrder"), ("tryton", "invoice.create"),
           ("tryton", "invoice.post"), ("rt", "PUT /ticket"), ("rt", "POST /ticket")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--webhooks", default="normal")
    parser.add_argument("--fault")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="orderhub-trouble-"))
    systems = SandboxSystems(Path(options.build) / "tools/sandbox/orderhub-sandbox")
    hub = Hub(options.build, folder, systems.facts, free_port())
    try:
        hub.make_token()
        systems.send_webhooks_to(hub.url, options.webhooks)
        if options.fault:
            systems.control("faults", [{"system": system, "match": match, "mode": options.fault, "times": 1}
                                       for system, match in EFFECTS])
        hub.start()
        story = Story(systems, hub)
        story.tell_short()
        if options.fault:
            story.equal("every fault has struck", systems.control("faults"), [])
    finally:
        hub.stop()
        systems.close()
    if story.failures:
        print("\n".join(["FAILED:", *story.failures, f"hub log: {folder}/hub.log"]))
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
