#!/usr/bin/env python3
"""points.txt names exactly the durable points that stand in the sources: a new one must not stay untested.

usage: points_test.py ROOT
"""
import re
import sys
from pathlib import Path

CALL = re.compile(r'\bcrash_point\(\s*"([^"]+)"\s*\)')
NAME = re.compile(r"^[a-z_.]+")


def main():
    root = Path(sys.argv[1])
    called = {name for source in (root / "hub").rglob("*.cpp") for name in CALL.findall(source.read_text())}
    listed = {found.group() for line in (root / "tests/crash/points.txt").read_text().splitlines()
              if (found := NAME.match(line))}
    for name in sorted(called - listed):
        print(f"{name} is called in the sources and not in points.txt")
    for name in sorted(listed - called):
        print(f"{name} is in points.txt and nowhere in the sources")
    return 0 if called and called == listed else 1


if __name__ == "__main__":
    sys.exit(main())
