#!/usr/bin/env python3
"""Manifest, sample configuration and the tests' command against the published schemas."""
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
[command] = manifest["commands"]
jsonschema.validate(load(here / "command.json"), load(schemas / "commands" / f"{command}.schema.json"))
print("manifest, sample and command fit")
