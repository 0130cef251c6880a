#!/usr/bin/env python3
"""Manifest, sample configuration and the expected records against the published schemas."""
import json
import pathlib
import sys

import jsonschema
import yaml

schemas = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).resolve().parent


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


manifest = load(here.parent / "manifest.json")
jsonschema.validate(manifest, load(schemas / "manifest.schema.json"))
jsonschema.Draft202012Validator.check_schema(manifest["config"])
[sample] = yaml.safe_load((here.parent / "config.sample.yaml").read_text())
jsonschema.validate(sample["config"], manifest["config"])
order = load(schemas / "records" / "order.schema.json")
cases = sorted((here / "cases").glob("*/expected.json"))
for case in cases:
    jsonschema.validate(load(case), order)
assert cases, "no cases"
print(f"manifest, sample and {len(cases)} records fit")
