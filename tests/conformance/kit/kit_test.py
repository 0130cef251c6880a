#!/usr/bin/env python3
"""The kit against connectors that break one clause each, and against one that breaks none.

usage: kit_test.py KIT FAULTY.so FOLDER-OF-LIBRARIES [NAME...]
For each clause: the connector that breaks it fails that clause, with words that name what was seen; the sound one
keeps all."""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
# The fault in the configuration: the clause that must fail, and a word that its report must hold.
BY_CONFIGURATION = {
    "create": ("create", "connections to the outside system"),
    "two_instances": ("two_instances", "it asked the system of the first|requests to its own"),
    "destroy_busy": ("destroy_busy", "rejected"),
    "life_repeated": ("life_repeated", "descriptors"),
    "unreachable": ("unreachable", "rejected"),
    "config_missing": ("config_missing", "something is not right"),
    "config_edges": ("config_edges", "signal 6"),
    "check": ("check", "it never works"),
    "poll": ("poll", "missing: case 3"),
    "receive": ("receive", "missing: case 1"),
    "execute": ("execute", "invalid_result"),
    "records": ("records", "a record of kind case"),
    "fault_4xx": ("fault_4xx", "repeated for ever"),
    "fault_401": ("fault_401", "no token was asked for"),
    "fault_403": ("fault_403", "no effect"),
    "fault_408": ("fault_408", "is lost"),
    "fault_409": ("fault_409", "no effect"),
    "fault_425": ("fault_425", "is lost"),
    "fault_429_seconds": ("fault_429_seconds", "delay 10 ms"),
    "fault_429_date": ("fault_429_date", "delay 1 ms"),
    "fault_5xx": ("fault_5xx", "nobody looked|it did happen"),
    "fault_reset_before": ("fault_reset_before", "is lost"),
    "fault_reset_after": ("fault_reset_after", "nobody looked|it did happen"),
    "fault_half_close": ("fault_half_close", "it did happen"),
    "fault_huge_body": ("fault_huge_body", "it did happen"),
    "fault_invalid_utf8": ("fault_invalid_utf8", "it did happen"),
    "fault_content_type": ("fault_content_type", "no effect"),
    "fault_slow_body": ("fault_slow_body", "is lost|it did happen"),
    "once": ("once", "noted x 2"),
    "looks_first": ("looks_first", "noted x 2"),
    "pages_change": ("pages_change", "missing: case 3"),
    "kill_poll": ("kill_poll", "case 3|no records"),
    "kill_execute": ("kill_execute", "noted x 2"),
    "clock": ("clock", "no records"),
    "parallel": ("parallel", "others"),
    "fuzz": ("fuzz", "signal 6"),
    "secrets": ("secrets", "a secret that token answered"),
    "host_in_catch": ("host_in_catch", "inside a catch handler"),
    "host_in_lock": ("host_in_lock", "holds 1 lock"),
    "host_calls": ("host_calls", "without a call"),
    "threads": ("threads", "thread of the connector's own"),
}
BY_LIBRARY = {
    "load": "bad_manifest",
    "symbols": "faulty_helper",
    "manifest": "description",
    "describe": "another",
    "reload": "it stays in memory",
    "config_type": "it was accepted",
    "config_unknown": "it was accepted",
}


def run(kit, library, check_file, *arguments):
    done = subprocess.run([kit, library, "--config", check_file, "--fuzz", "60", *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def failed(report):
    return set(re.findall(r"^  FAIL  (\w+)", report, re.M))


def expect(holds, name, report):
    if not holds:
        print(f"{name}: not as expected\n{report}")
    return holds


def with_fault(folder, fault):
    text = (HERE / "check.yaml").read_text().replace('fault: ""', f'fault: "{fault}"')
    path = pathlib.Path(folder) / f"{fault or 'sound'}.yaml"
    path.write_text(text)
    return str(path)


def check_configured(kit, library, folder, fault):
    clause, words = BY_CONFIGURATION[fault]
    code, report = run(kit, library, with_fault(folder, fault), "--only", clause)
    return expect(code == 1 and failed(report) == {clause} and re.search(words, report), fault, report)


def check_library(kit, libraries, clause):
    code, report = run(kit, str(libraries / f"faulty_{clause}.so"), str(HERE / "library.yaml"), "--only", clause)
    return expect(code == 1 and failed(report) == {clause} and BY_LIBRARY[clause] in report, clause, report)


def check_sound(kit, library, folder):
    code, report = run(kit, library, with_fault(folder, ""))
    last = report.strip().splitlines()[-1]
    return expect(code == 0 and re.fullmatch(r"orderhub-kit 1\.0: \d+ passed, 0 failed, 0 not applicable", last), "sound", report)


def check_covered(kit, library, folder):
    path = pathlib.Path(folder) / "uncovered.yaml"
    path.write_text((HERE / "check.yaml").read_text().split("commands:")[0])
    code, report = run(kit, library, str(path), "--only", "covered")
    return expect(code == 1 and "case.note" in report, "covered", report)


def check_reproduce(kit, library, folder):
    path = with_fault(folder, "fuzz")
    _, report = run(kit, library, path, "--only", "fuzz", "--seed", "7")
    seed = re.search(r"seed (\d+)", report)
    code, again = run(kit, library, path, "--reproduce", seed.group(1)) if seed else (0, report)
    return expect(code == 1 and f"message of seed {seed.group(1)}:" in again, "reproduce", again)


def check_usage(kit, library, folder):
    broken = pathlib.Path(folder) / "broken.yaml"
    broken.write_text("exchanges:\n  - request: {metod: GET}\n")
    code, report = run(kit, library, str(broken))
    fine = code == 2 and "broken.yaml:2: /exchanges/0/request/metod is not a known field" in report
    return expect(fine, "usage", report) and expect(run(kit, "none.so", str(broken))[0] == 2, "no library", "")


def check_every_clause_is_broken(kit):
    listed = subprocess.run([kit, "--list"], capture_output=True, text=True, check=True).stdout
    clauses = set(re.findall(r"^  (\w+) ", listed, re.M))
    broken = {clause for clause, _ in BY_CONFIGURATION.values()} | set(BY_LIBRARY) | {"covered"}
    return expect(clauses == broken, "every clause has a connector that breaks it", str(clauses ^ broken))


def main():
    kit, library, libraries = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    wanted = set(sys.argv[4:])
    with tempfile.TemporaryDirectory() as folder:
        checks = {"sound": lambda: check_sound(kit, library, folder), "covered": lambda: check_covered(kit, library, folder),
                  "reproduce": lambda: check_reproduce(kit, library, folder), "usage": lambda: check_usage(kit, library, folder),
                  "complete": lambda: check_every_clause_is_broken(kit)}
        for fault in BY_CONFIGURATION:
            checks[fault] = lambda fault=fault: check_configured(kit, library, folder, fault)
        for clause in BY_LIBRARY:
            checks["library " + clause] = lambda clause=clause: check_library(kit, libraries, clause)
        results = {name: check() for name, check in checks.items() if not wanted or name in wanted}
    bad = [name for name, fine in results.items() if not fine]
    print(f"{len(results) - len(bad)} passed, {len(bad)} failed: {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
