#!/usr/bin/env python3
"""The cases' payloads against the hub's schemas, their configurations and the sample against the manifest's."""
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
jsonschema.Draft202012Validator.check_schema(manifest["config"])
jsonschema.validate(manifest, load(schemas / "manifest.schema.json"))
commands = {"memo": load(schemas / "commands" / "credit_memo.post.schema.json"),
            "invoice": load(schemas / "commands" / "invoice.post.schema.json")}
[sample] = yaml.safe_load((plugin / "config.sample.yaml").read_text())

cases = sorted((here / "cases").iterdir())
for case in cases:
    given = load(case / "input.json")
    [name] = given["payload"]
    jsonschema.validate(given["payload"], commands[name])
    jsonschema.validate(sample["config"] | given["config"], manifest["config"])
assert len(cases) > 10, cases

assert sample["connector"] == manifest["name"]
jsonschema.validate(sample["config"], manifest["config"])


def keys(schema, at=""):
    """Every key that the schema names, with those below it."""
    if "$ref" in schema:
        schema = manifest["config"]["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    for key, below in schema.get("properties", {}).items():
        yield at + key
        yield from keys(below, at + key + ".")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from keys(schema["additionalProperties"], at + "*.")


def given(value, at=""):
    for key, below in value.items() if isinstance(value, dict) else []:
        for name in {at + key, at + "*"}:
            yield name
            yield from given(below, name + ".")


missing = set(keys(manifest["config"])) - set(given(sample["config"]))
assert not missing, f"config.sample.yaml leaves out {missing}"
print("checked", len(cases))
