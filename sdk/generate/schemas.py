"""What the schemas say, in the form in which the generators need it."""
import json
import pathlib

SDK = pathlib.Path(__file__).resolve().parent.parent
FAMILIES = ("records", "commands")
# Objects that several documents share, by their members.
SHARED = {
    ("ex", "tax", "inc"): "Money",
    ("external_id", "external_version", "updated_at", "observed_at"): "Source",
    ("name", "company", "line1", "line2", "city", "state", "postcode", "country", "phone"): "Address",
}
KEYWORDS = {"case", "public", "private", "default", "new", "delete", "return", "operator", "register", "union"}
SINGULAR = {"taxes": "tax", "addresses": "address"}


def load(family):
    for path in sorted((SDK / "schemas" / family).glob("*.schema.json")):
        yield path.name.removesuffix(".schema.json"), json.loads(path.read_text())


def resolve(node, document):
    """The node that a $ref points to, with the reference's own description if it has one."""
    if "$ref" not in node:
        return node
    target = document
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**target, **{k: v for k, v in node.items() if k != "$ref"}}


def pascal(name):
    return "".join(part.capitalize() for part in name.replace(".", "_").split("_"))


def identifier(name):
    return name + "_" if name in KEYWORDS else name


def singular(name):
    return SINGULAR.get(name, name.removesuffix("s"))


def shared_name(node):
    return SHARED.get(tuple(node.get("properties", {})))
