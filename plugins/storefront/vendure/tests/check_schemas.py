"""Checks the mapping cases and the manifest against the published schemas.

Usage: check_schemas.py SCHEMAS CONNECTOR
"""

import json
import pathlib
import sys

import jsonschema


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def complaints(schema, path):
    validator = jsonschema.Draft202012Validator(schema)
    for error in validator.iter_errors(load(path)):
        where = "/".join(str(part) for part in error.absolute_path)
        yield f"{path}: {where}: {error.message}"


def main():
    schemas, connector = (pathlib.Path(argument) for argument in sys.argv[1:3])
    found = list(complaints(load(schemas / "manifest.schema.json"), connector / "manifest.json"))
    order = load(schemas / "records" / "order.schema.json")
    cases = sorted((connector / "tests" / "cases").glob("*/expected.json"))
    for case in cases:
        found.extend(complaints(order, case))
    jsonschema.Draft202012Validator.check_schema(load(connector / "manifest.json")["config"])
    print(f"{len(cases)} records and one manifest checked, {len(found)} complaints")
    print("\n".join(found))
    return 1 if found or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
