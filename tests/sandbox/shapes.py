"""Compares what the stand-in answers with what the real system was recorded to answer."""

import json
from pathlib import Path

RECORDED = Path(__file__).resolve().parent / "recorded"


def recorded(name):
    return json.loads((RECORDED / name).read_text())


def kind(value):
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    return type(value).__name__


def differences(real, ours, at="$", free=(), extra=()):
    """Members and types that differ. `free` names members whose content is anybody's (JSON scalars); `extra` names
    members that only one side has to have. Null fits every type: it says that a member may be unset."""
    if real is None or ours is None:
        return []
    if kind(real) != kind(ours):
        return [f"{at}: {kind(real)} is answered as {kind(ours)}"]
    if isinstance(real, list):
        found = []
        if real and ours:
            found = differences(real[0], ours[0], at + "[0]", free, extra)
        return found
    if not isinstance(real, dict):
        return []
    found = [f"{at}.{name}: {'missing' if name in real else 'unknown'}"
             for name in sorted(real.keys() ^ ours.keys()) if name not in extra]
    for name in real.keys() & ours.keys():
        if name not in free:
            found += differences(real[name], ours[name], f"{at}.{name}", free, extra)
    return found
