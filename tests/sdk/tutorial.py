#!/usr/bin/env python3
"""Does what the tutorial says, in an empty folder: writes each block that names its file, runs each block of commands.

usage: tutorial.py GUIDE PREFIX    GUIDE: the folder of the docs; PREFIX: where the SDK is installed
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(?P<language>\w+)(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.S | re.M)
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#]+)(?:#[^)]*)?\)")


def write_files(text, folder):
    count = 0
    for block in FENCE.finditer(text):
        name = re.search(r"file=(\S+)", block["about"])
        if name:
            path = folder / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"])
            count += 1
    return count


def run_commands(text, folder, prefix):
    environment = {**os.environ, "PREFIX": str(prefix), "PATH": f"{prefix}/bin:{os.environ['PATH']}"}
    has_kit = (prefix / "bin" / "orderhub-connector-check").exists()
    for block in FENCE.finditer(text):
        about = block["about"].split()
        if block["language"] != "sh" or "run" not in about or ("check" in about and not has_kit):
            continue
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", block["text"]], cwd=folder, env=environment,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"the tutorial's commands fail:\n{block['text']}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}")


def dead_links(guide):
    for page in sorted(guide.rglob("*.md")):
        for link in LINK.finditer(FENCE.sub("", page.read_text())):
            if not (page.parent / link["file"]).exists():
                yield f"{page.name}: {link['file']} is not there"


def main():
    guide, prefix = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    dead = list(dead_links(guide))
    if dead:
        raise SystemExit("\n".join(dead))
    text = (guide / "tutorial.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        count = write_files(text, pathlib.Path(folder))
        if count < 6:
            raise SystemExit(f"only {count} files were found in the tutorial")
        run_commands(text, pathlib.Path(folder), prefix)
        if not (pathlib.Path(folder) / "build/connectors/kiosk.so").exists():
            raise SystemExit("the tutorial did not make build/connectors/kiosk.so")
    print(f"the tutorial's {count} files build")


if __name__ == "__main__":
    main()
