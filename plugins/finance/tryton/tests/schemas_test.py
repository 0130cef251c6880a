#!/usr/bin/env python3
"""The cases against the hub's schemas, and the sample configuration against the manifest's."""
import json
import pathlib
import sys

import jsonschema
import yaml

schemas = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).resolve().parent
plugin = here.parent


def load(path):
    return json.loads(path.read_text())


manifest = load(plugin / "manifest.json")
command = load(schemas / "commands" / "credit_memo.post.schema.json")
invoice = load(schemas / "commands" / "invoice.post.schema.json")
posting = load(schemas / "records" / "posting.schema.json")
jsonschema.Draft202012Validator.check_schema(manifest["config"])
jsonschema.validate(manifest, load(schemas / "manifest.schema.json"))

counts = {"invoice": 0, "posted": 0, "record": 0}
for case in sorted((here / "cases").iterdir()):
    if case.name.startswith("invoice_"):
        payload = load(case / "input.json")
        jsonschema.validate(payload, command if "memo" in payload else invoice)
        counts["invoice"] += 1
    elif case.name.startswith("posted_"):
        jsonschema.validate(load(case / "expected.json"), command["$defs"]["result"])
        jsonschema.validate(load(case / "expected.json"), invoice["$defs"]["result"])
        counts["posted"] += 1
    elif case.name.startswith("record_"):
        jsonschema.validate(load(case / "expected.json"), posting)
        counts["record"] += 1
assert all(counts.values()), counts

[sample] = yaml.safe_load((plugin / "config.sample.yaml").read_text())
assert sample["connector"] == manifest["name"]
jsonschema.validate(sample["config"], manifest["config"])
missing = set(manifest["config"]["properties"]) - set(sample["config"])
assert not missing, f"config.sample.yaml leaves out {missing}"
print("checked", counts)
