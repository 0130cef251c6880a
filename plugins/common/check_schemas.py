"""The manifest of a connector, and the records that its mapping tests expect, against the published schemas.

usage: check_schemas.py SCHEMAS CONNECTOR    says everything that does not fit; exit code 1 if there is something, or no case
"""
import json
import sys
from pathlib import Path

import jsonschema


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def complaints(schema, path):
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(load(path)):
        where = "/".join(str(part) for part in error.absolute_path)
        yield f"{path}: {where}: {error.message}"


def main(schemas, connector):
    manifest = load(connector / "manifest.json")
    found = list(complaints(load(schemas / "manifest.schema.json"), connector / "manifest.json"))
    jsonschema.Draft202012Validator.check_schema(manifest["config"])
    (kind,) = manifest["records"]
    record = load(schemas / "records" / f"{kind}.schema.json")
    cases = sorted((connector / "tests" / "cases").glob("*/expected.json"))
    for case in cases:
        found.extend(complaints(record, case))
    print(f"{len(cases)} records and one manifest checked, {len(found)} complaints")
    print("\n".join(found))
    return 1 if found or not cases else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
