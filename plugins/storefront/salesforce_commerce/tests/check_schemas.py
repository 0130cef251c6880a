"""check_schemas.py SCHEMAS CONNECTOR: the manifest and all expected order records obey the published schemas."""

import json
import sys
from pathlib import Path

import jsonschema


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def validator(path):
    schema = load(path)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def main(schemas, connector):
    manifest = load(connector / "manifest.json")
    validator(schemas / "manifest.schema.json").validate(manifest)
    jsonschema.Draft202012Validator.check_schema(manifest["config"])
    order = validator(schemas / "records" / "order.schema.json")
    expected = sorted((connector / "tests" / "cases").glob("*/expected.json"))
    if not expected:
        sys.exit("no expected.json found")
    for path in expected:
        order.validate(load(path))
    print(f"manifest and {len(expected)} records are valid")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
