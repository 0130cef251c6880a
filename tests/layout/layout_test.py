#!/usr/bin/env python3
"""Plants one breach of each rule in a small tree and expects layout.py to name it."""
import pathlib
import subprocess
import sys
import tempfile

LAYOUT = pathlib.Path(__file__).with_name("layout.py")
BREACHES = {
    "hub/domain/a.cpp": ('#include "hub/store/store.hpp"\n', "domain may not include store"),
    "hub/domain/b.cpp": ("#include <boost/json.hpp>\n", "domain is pure"),
    "hub/domain/c.hpp": ("inline dou" + "ble price();\n", "integers of the minor unit"),
    "hub/servicing/d.cpp": ("#include <boost/beast/core.hpp>\n", "costs seconds"),
    "hub/http/e.hpp": ("#include <boost/beast/core.hpp>\n", "no Beast in headers"),
    "tests/f_test.cpp": ("void f() { std::this_thread::sle" + "ep_for(1s); }\n", "a wait for a signal"),
    "hub/routing/g.cpp": ("int a;\n" * 401, "split it"),
    "plugins/finance/x/manifest.json": ('{"config": {"properties": {"url": {}}}}', "every connector has one"),
}


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, (text, _) in BREACHES.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
        done = subprocess.run([sys.executable, LAYOUT, folder], capture_output=True, text=True)
    missed = [name for name, (_, words) in BREACHES.items() if words not in done.stdout]
    print(done.stdout)
    if missed or done.returncode != 1:
        print("not seen:", missed, "exit code", done.returncode)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
