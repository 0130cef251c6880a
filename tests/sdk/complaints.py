#!/usr/bin/env python3
"""A missing, misspelt or unannounced method of a connector's class gives one readable complaint.

usage: complaints.py SDK_INCLUDE COMPILER...    compiles connectors with one mistake each and looks at what is said
"""
import pathlib
import subprocess
import sys
import tempfile

SOURCE = """
#include <orderhub/connector.hpp>
using namespace orderhub::sdk;
class Acme {{
public:
    {constructor}
    {check}
    {receive}
    {poll}
    {command}
}};
ORDERHUB_CONNECTOR(Acme, {manifest});
"""
GOOD = {
    "constructor": "explicit Acme(const Document&) {}",
    "check": "void check(Call&) {}",
    "receive": "void receive(Call&, const Message&) {}",
    "poll": "void poll(Call&, std::string_view) {}",
    "command": "CaseNote::Result case_note(Call&, const Command&, const CaseNote&) { return {}; }",
    "manifest": r'"{\"name\": \"acme\", \"webhook\": {\"scheme\": \"x, y\"}, \"poll\": {}, '
                r'\"commands\": [\"case.note\"], \"config\": {\"poll\": 1}}"',
}
EVERYTHING = GOOD["manifest"]
MISTAKES = [
    ({"constructor": ""}, "the class needs a constructor from its configuration"),
    ({"check": ""}, "every connector needs the method void check(Call& call)"),
    ({"receive": "void recieve(Call&, const Message&) {}"}, 'the manifest has "webhook", so the class needs the method '
                                                            "void receive(Call& call, const Message& message)"),
    ({"poll": "void poll(Call&) {}"}, 'the manifest has "poll", so the class needs the method '
                                      "void poll(Call& call, std::string_view cursor)"),
    ({"command": "CaseNote::Result casenote(Call&, const Command&, const CaseNote&) { return {}; }"},
     'the manifest lists the command "case.note", so the class needs the method '
     "CaseNote::Result case_note(Call& call, const Command& command, const CaseNote& payload)"),
    ({"command": "void case_note(Call&, const Command&, const CaseNote&) {}"},
     'the manifest lists the command "case.note"'),
    ({"manifest": EVERYTHING.replace(r"\"webhook\"", r"\"webhok\"")},
     'the class has the method receive, but its manifest has no "webhook"'),
    ({"manifest": EVERYTHING.replace(r"\"poll\": {}", r"\"pol\": {}")},
     'the class has the method poll, but its manifest has no "poll"'),
    ({"manifest": EVERYTHING.replace("case.note", "case.link")}, 'does not list the command "case.note"'),
    ({"command": "void execute(Call&, const Command&) {}", "manifest": EVERYTHING.replace(r"\"case.note\"", "")},
     "its manifest lists no commands"),
    ({"manifest": EVERYTHING.replace(r"acme\"", "acme")}, "the manifest cannot be read"),
]


ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}


def precompile(compiler, include, folder):
    """The wrapper once for all cases; what it says about a class is said where the class is compiled."""
    (folder / "all.hpp").write_text("#include <orderhub/connector.hpp>\n")
    suffix = ".pch" if "clang" in compiler else ".gch"
    subprocess.run([compiler, "-std=c++20", "-I", include, "-x", "c++-header", str(folder / "all.hpp"), "-o",
                    str(folder / ("all.hpp" + suffix))], check=True, env=ENVIRONMENT)
    return ["-include-pch", str(folder / "all.hpp.pch")] if "clang" in compiler else ["-include", str(folder / "all.hpp")]


def compile_one(compiler, flags, include, folder, parts):
    source = folder / "connector.cpp"
    source.write_text(SOURCE.format(**{**GOOD, **parts}))
    command = [compiler, "-std=c++20", "-fsyntax-only", *flags, "-I", include, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    said = done.stderr.replace("\\\"", '"')
    return [line for line in said.splitlines() if "error:" in line]


def judge(compiler, include, folder):
    flags = precompile(compiler, include, folder)
    cases = [({}, None), ({"command": "void execute(Call&, const Command&) {}"}, None), *MISTAKES]
    for parts, expected in cases:
        errors = compile_one(compiler, flags, include, folder, parts)
        if expected is None and errors:
            yield f"{compiler}: a correct connector is refused: {errors}"
        elif expected and not any(expected in line for line in errors):
            yield f"{compiler}: {parts} should say '{expected}', but says {errors}"
        elif expected and len(errors) > (2 if "case.link" in str(parts) else 1):
            yield f"{compiler}: {parts} gives more than one complaint: {errors}"


def main():
    include, compilers, wrong = sys.argv[1], sys.argv[2:], []
    for compiler in compilers:
        with tempfile.TemporaryDirectory() as folder:
            wrong += judge(compiler, include, pathlib.Path(folder))
    print("\n".join(wrong) or f"{len(MISTAKES)} mistakes, one complaint each, by {', '.join(compilers)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
