#!/usr/bin/env python3
"""Every function of the ABI says on which thread, in which state, with whose memory, how long and with which errors.

usage: header_notes.py HEADER...    names each function that lacks a note; exit code 1 if there is one
"""
import re
import sys

NOTES = ("Thread:", "State:", "Waits:", "Ownership:", "Errors:")
FUNCTION = re.compile(r"/\*(?P<words>(?:(?!\*/).)*)\*/\s*(?P<type>[\w ]+[ *]+)\(\*(?P<name>\w+)\)\(", re.S)
STRUCT = re.compile(r"/\*(?P<words>(?:(?!\*/).)*)\*/\s*typedef struct (?P<name>\w+)", re.S)


def lacking(text):
    functions = {found["name"]: found["words"] for found in FUNCTION.finditer(text)}
    for name in re.findall(r"\(\*(\w+)\)\(", text):
        for note in NOTES:
            if note not in functions.get(name, ""):
                yield f"{name}: no '{note}'"
    documented = {found["name"] for found in STRUCT.finditer(text)}
    for name in set(re.findall(r"typedef struct (\w+)", text)) - documented:
        yield f"{name}: no comment"


def main():
    found = [f"{path}: {words}" for path in sys.argv[1:] for words in lacking(open(path, encoding="utf-8").read())]
    seen = list(lacking("/* Thread: any. */\nvoid (*f)(int);\ntypedef struct bare {} bare;"))
    if len(seen) != len(NOTES):  # four notes of f and the comment of bare
        found.append(f"this check does not see what is missing: {seen}")
    print("\n".join(found) or "every function and struct says what it must")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
