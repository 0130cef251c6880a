#!/usr/bin/env python3
"""handover: what was delivered is moved away, what was not stays, what is unfinished is left alone."""
import pathlib
import subprocess
import sys
import tempfile

handover = sys.argv[1]
with tempfile.TemporaryDirectory() as name:
    spool, there = pathlib.Path(name, "spool"), pathlib.Path(name, "there")
    taken = spool / "taken"
    spool.mkdir()
    there.mkdir()
    for file in ("a b.xml", "refused.xml", ".c.xml.part"):
        (spool / file).write_text(file)
    deliver = ["sh", "-c", 'case $2 in *refused*) exit 1;; esac; cp "$2" "$1/"', "deliver", there]

    first = subprocess.run([handover, spool, taken, "--", *deliver], capture_output=True, text=True, check=False)
    assert first.returncode == 1 and "refused.xml" in first.stderr, first
    assert sorted(p.name for p in there.iterdir()) == ["a b.xml"]
    assert [p.name for p in taken.iterdir()] == ["a b.xml"]
    assert (spool / "refused.xml").exists() and (spool / ".c.xml.part").exists()

    again = subprocess.run([handover, spool, taken, "--", "true"], check=False)
    assert again.returncode == 0
    assert sorted(p.name for p in taken.iterdir()) == ["a b.xml", "refused.xml"]
    assert subprocess.run([handover, spool], capture_output=True, check=False).returncode == 2
print("checked")
