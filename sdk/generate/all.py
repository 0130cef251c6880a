#!/usr/bin/env python3
"""Writes what is made from the schemas: the structs of records and commands, and the reference.

usage: all.py            writes
       all.py --check    names what is not current; exit code 1 if there is any
"""
import sys

sys.dont_write_bytecode = True
import reference  # noqa: E402
import structs  # noqa: E402


def main():
    stale = []
    for module in (structs, reference):
        for path, text in module.files():
            if path.exists() and path.read_text() == text:
                continue
            stale.append(str(path))
            if "--check" not in sys.argv[1:]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    if "--check" not in sys.argv[1:]:
        return 0
    print("\n".join(f"{path} is not current: run sdk/generate/all.py" for path in stale) or "all is current")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
