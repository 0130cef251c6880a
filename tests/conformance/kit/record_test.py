#!/usr/bin/env python3
"""Records our connectors, wherever they run, against the stand-ins, plays the recordings back, and compares two of them.

usage: record_test.py ORDERHUB SANDBOX KIT FOLDER-OF-CONNECTORS
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

CONFIG = """
listen: 127.0.0.1:0
data: {folder}/data
plugins: {plugins}
connectors:
  - name: shop
    connector: vendure
    isolation: sandboxed
    grant: {{hosts: ["127.0.0.1:{port}"]}}
    config:
      base_url: http://127.0.0.1:{port}/vendure/admin-api
      username: hub@example.com
      password: plain:hub-password
      poll_from: "2020-01-01T00:00:00Z"
  - name: desk
    connector: request_tracker
    isolation: process
    grant: {{hosts: ["127.0.0.1:{port}"]}}
    config:
      base_url: http://127.0.0.1:{port}/rt/REST/2.0
      token: plain:1-35-sandbox00000000000000000000000000
      hub_user: hub
      queues: [Support, Refunds]
      poll_from: "2020-01-01T00:00:00Z"
  - name: books
    connector: tryton
    grant: {{hosts: ["127.0.0.1:{port}"]}}
    config:
      base_url: http://127.0.0.1:{port}/tryton
      database: hub
      username: hub
      password: plain:hub-Passw0rd-42
      company: 1
      journal: REV
      accounts: {{receivable: "1100", revenue: "4000", shipping: "4010", fee: "4000"}}
      taxes: {{"20": VAT 20%}}
      party_code: WEB
"""
LIBRARIES = {"shop": "vendure", "desk": "request_tracker", "books": "tryton"}
# What the demo data holds and no recording may.
NEVER = ["ada@example", "Byron", "hub-password", "hub-Passw0rd", "1-35-sandbox", "jacket"]


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def expect(holds, name, words):
    if not holds:
        raise SystemExit(f"{name}: not as expected\n{words}")


def record(orderhub, folder, name, into, *more):
    code, words = run(orderhub, "connectors", "record", name, "--config", folder / "hub.yaml", "--into", into, *more)
    expect(code == 0 and "exchanges in" in words, f"record {name}", words)
    text = (into / "recording.jsonl").read_text()
    expect(text.count("\n") > 3 and "check: done" in words, f"record {name}", words)
    for secret in NEVER:
        expect(secret not in text, f"{name} is scrubbed", f"{secret} in\n" + text[:3000])
    expect("127.0.0.1" not in text, f"{name} names no address", text[:3000])
    return text


def check_drift(kit, folder, before):
    """A member renamed, a type changed: both are named by their place."""
    changed = folder / "changed"
    changed.mkdir()
    text = before.joinpath("recording.jsonl").read_text()
    text = text.replace(r'\"Subject\":', r'\"Title\":').replace(r'\"Privileged\":1', r'\"Privileged\":\"1\"')
    changed.joinpath("recording.jsonl").write_text(text)
    code, words = run(kit, "--drift", before, before)
    expect(code == 0 and "0 differences" in words, "no drift", words)
    code, words = run(kit, "--drift", before, changed)
    expect(code == 1 and re.search(r"GET \S*/ticket/\*: /Subject \(text\) is gone", words), "a member gone", words)
    expect("/Title (text) is new" in words and "/Privileged was number, is text" in words, "drift", words)


def check_notices(kit, plugins, folder, before):
    """An answer that says something else is noticed when it is played back."""
    lines = before.joinpath("recording.jsonl").read_text().splitlines()
    worse = folder / "worse"
    worse.mkdir()
    kept = [line for line in lines if "/attachment/" not in json.loads(line).get("request", {}).get("url", "")]
    worse.joinpath("recording.jsonl").write_text("\n".join(kept) + "\n")
    code, words = run(kit, plugins / "request_tracker.so", "--replay", worse)
    expect(code == 1 and "a request that was recorded" in words, "a missing exchange is noticed", words)


def main():
    orderhub, sandbox, kit, plugins = (pathlib.Path(part) for part in sys.argv[1:5])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        stand_in = subprocess.Popen([sandbox, "--port", "0", "--seed", "demo"], stdout=subprocess.PIPE, text=True)
        try:
            port = int(stand_in.stdout.readline().rsplit(":", 1)[1])
            (folder / "hub.yaml").write_text(CONFIG.format(folder=folder, plugins=plugins, port=port))
            note = folder / "note.json"
            note.write_text(json.dumps({"kind": "case.note", "key": "rec-1", "payload": {
                "case": {"external_id": "1"}, "text": "Refunded."}}))
            record(orderhub, folder, "shop", folder / "shop")
            record(orderhub, folder, "desk", folder / "desk", "--command", note)
            record(orderhub, folder, "books", folder / "books")
        finally:
            stand_in.terminate()
            stand_in.wait()
        for connector, library in LIBRARIES.items():
            code, words = run(kit, plugins / f"{library}.so", "--replay", folder / connector)
            expect(code == 0 and "1 passed, 0 failed" in words, f"replay {connector}", words)
        check_drift(kit, folder, folder / "desk")
        check_notices(kit, plugins, folder, folder / "desk")
    print("recorded, played back and compared")


if __name__ == "__main__":
    main()
