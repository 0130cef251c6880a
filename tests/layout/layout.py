#!/usr/bin/env python3
"""The structure as rules that run: who may include whom, what a connector exports, what no file may contain.

usage: layout.py ROOT [BUILD]    prints each breach as file:line and what to do instead; exit code 1 if there is one.
"""
import json
import pathlib
import re
import subprocess
import sys

import yaml

# Layer: the layers of hub/ that it may include. What is not listed may not be included.
MAY_INCLUDE = {
    "asio": set(),
    "console": set(),
    "schemas": {"domain"},
    "domain": set(),
    "secrets": set(),
    "identity": {"domain", "secrets"},
    "linking": {"domain"},
    "servicing": {"domain", "linking"},
    "flows": {"domain", "schemas", "servicing"},
    "routing": {"domain"},
    "connectors": {"domain", "schemas", "routing"},
    "store": {"domain", "secrets", "servicing", "flows", "routing"},
    "http": {"console", "domain", "identity", "servicing", "flows", "routing", "store", "connectors", "schemas"},
    "cli": {"domain", "runtime"},
    "runtime": {"asio", "schemas", "domain", "identity", "secrets", "linking", "servicing", "flows", "routing", "connectors", "store", "http"},
}
# Headers that only these may name, because they cost seconds each.
COSTLY = {"boost/beast": {"asio", "connectors", "http"}, "boost/asio": {"asio", "connectors", "http", "runtime", "routing"}}
PURE = ("domain", "linking")
BANNED_IN_PURE = re.compile(r"<(boost|fmt|spdlog|sqlite3|openssl|thread|mutex|fstream|iostream|filesystem)")

# A pattern, the folders it is banned in, and what to write instead.
BANNED = [
    (r"\b(float|double)\b", ("hub/domain", "sdk/include"), "integers of the minor unit"),
    (r"\bsleep_for\s*\(|\busleep\s*\(|\bthis_thread::sleep", ("hub", "tests", "plugins"), "a wait for a signal"),
    (r"\bGTEST_SKIP\b|\bDISABLED_", ("tests", "plugins"), "a test that runs"),
    (r"\b(TODO|FIXME|XXX)\b", ("hub", "sdk", "plugins", "tools", "config"), "the README's known limits"),
    (r"\.\./shared\b", ("",), "nothing: the project stands alone"),
    (r"\busing namespace std;", ("hub", "sdk", "plugins", "tools"), "qualified names"),
    (r"\b(sprintf|strcpy|strcat|gets)\s*\(", ("hub", "sdk", "plugins", "tools"), "std::string or fmt"),
]
SOURCES = {".cpp", ".hpp", ".h", ".py", ".yaml", ".yml", ".md", ".ts", ".tsx", ".js", ".mjs", ".css", ".txt", ".cmake"}
LONGEST_FILE = 400


def sources(root):
    listed = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        path = root / name
        if path.suffix in SOURCES and path.exists():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def check_includes(name, text, report):
    parts = name.split("/")
    if parts[0] != "hub" or len(parts) < 3:
        return
    layer = parts[1]
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^">]+)[">]', line)
        if not found:
            continue
        target = found.group(1)
        if target.startswith("hub/"):
            other = target.split("/")[1]
            if other != layer and other not in MAY_INCLUDE.get(layer, set()):
                report(name, number, f"{layer} may not include {other}")
        if layer in PURE and BANNED_IN_PURE.search(line):
            report(name, number, f"{layer} is pure: no {target}")
        for costly, allowed in COSTLY.items():
            if target.startswith(costly) and (layer not in allowed):
                report(name, number, f"{target} costs seconds to compile; keep it in {sorted(allowed)}")
        if target.startswith("boost/beast") and name.endswith(".hpp"):
            report(name, number, "no Beast in headers")


def check_banned(name, text, report):
    if name.startswith("tests/layout/"):
        return
    for pattern, folders, instead in BANNED:
        if not any(name.startswith(folder) for folder in folders):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            code = re.sub(r"//.*", "", line) if name.endswith((".cpp", ".hpp", ".h")) and "TODO" not in pattern else line
            if re.search(pattern, code) and not code.lstrip().startswith("*"):
                report(name, number, f"'{line.strip()[:60]}': write {instead}")


def check_length(name, text, report):
    if name.endswith((".cpp", ".hpp", ".ts", ".tsx")) and text.count("\n") > LONGEST_FILE:
        report(name, 1, f"{text.count(chr(10))} lines; split it, the limit is {LONGEST_FILE}")


def connector_folders(root):
    return sorted(path.parent for path in (root / "plugins").glob("*/*/manifest.json"))


def check_connector(root, folder, report):
    where = str(folder.relative_to(root))
    for needed in ("connector.cpp", "config.sample.yaml", "README.md", "tests", "check/check.yaml"):
        if not (folder / needed).exists():
            report(f"{where}/{needed}", 0, "every connector has one")
    sample, manifest = folder / "config.sample.yaml", json.loads((folder / "manifest.json").read_text())
    if not sample.exists():
        return
    text = sample.read_text()
    entry = yaml.safe_load(text)[0]
    declared = set(manifest["config"]["properties"])
    shown = set(entry.get("config", {})) | set(re.findall(r"^\s*#\s?(\w+):", text, re.M))
    for key in sorted(declared - shown):
        report(f"{where}/config.sample.yaml", 0, f"key {key} of the manifest is not shown")
    for key in sorted(set(entry.get("config", {})) - declared):
        report(f"{where}/config.sample.yaml", 0, f"key {key} is not in the manifest")


def check_exports(build, report):
    for library in sorted((build / "connectors").glob("*.so")):
        listed = subprocess.run(["nm", "-D", "--defined-only", str(library)], capture_output=True, text=True, check=True)
        symbols = [line.split()[-1] for line in listed.stdout.splitlines()]
        kinds = [line.split()[-2] for line in listed.stdout.splitlines()]
        if symbols != ["orderhub_connector"]:
            report(library.name, 0, f"exports {symbols[:5]}; only orderhub_connector is allowed")
        if "u" in kinds:
            report(library.name, 0, "has a unique symbol, so it could never be unloaded")


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    breaches = []

    def report(name, number, text):
        breaches.append(f"{name}:{number}: {text}")

    for name, text in sources(root):
        check_includes(name, text, report)
        check_banned(name, text, report)
        check_length(name, text, report)
    for folder in connector_folders(root):
        check_connector(root, folder, report)
    if len(sys.argv) > 2:
        check_exports(pathlib.Path(sys.argv[2]), report)
    print("\n".join(breaches) or "layout: as it should be")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
