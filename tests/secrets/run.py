#!/usr/bin/env python3
"""A hub's secrets in its store, from the first key to the second, as an operator does it.   run.py --build DIR"""
import argparse
import json
import os
import pathlib
import queue
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.request

DEADLINE_S = 120


class World:
    def __init__(self, program, folder):
        self.program, self.folder, self.config = program, folder, folder / "hub.yaml"
        self.environment = {**os.environ, "CREDENTIALS_DIRECTORY": str(folder)}

    def configure(self, *keys):
        listed = f"secrets: {{keys: [{', '.join(f'credential:{key}' for key in keys)}]}}\n" if keys else ""
        self.config.write_text(f"listen: 127.0.0.1:0\ndata: data\nplugins: .\n{listed}")

    def command(self, *arguments, **more):
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=DEADLINE_S,
                              env={**self.environment, **more})

    def rotate(self, **more):
        done = self.command("secrets", "rotate", "--config", str(self.config), **more)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def stored(self):
        with sqlite3.connect(f"file:{self.folder}/data/orderhub.db?mode=ro", uri=True) as store:
            return store.execute("SELECT secret FROM subscriptions").fetchone()[0]


class Hub:
    def __init__(self, world):
        self.world = world

    def __enter__(self):
        self.lines, self.log = queue.Queue(), []
        self.process = subprocess.Popen([self.world.program, "serve", "--config", self.world.config], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, env=self.world.environment)
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()
        while not (line := self.lines.get(timeout=DEADLINE_S)).startswith("listening on "):
            self.log.append(line)
        self.url = line.split()[-1]
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(DEADLINE_S) == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    program = (parser.parse_args().build / "hub" / "orderhub").resolve()
    with tempfile.TemporaryDirectory(prefix="orderhub-secrets-") as name:
        world = World(program, pathlib.Path(name))
        for key in ("first", "second"):
            (world.folder / key).write_text(world.command("secrets", "new-key").stdout)
        world.configure()
        assert "in clear" in world.command("config", "check", str(world.config)).stdout
        token = world.command("token", "create", "--config", str(world.config), "--name", "t", "--role", "admin").stdout.strip()
        with Hub(world) as hub:
            assert any("in clear" in line for line in hub.log), hub.log
            body = {"name": "desk", "url": "https://desk.example.com/hook", "types": []}
            request = urllib.request.Request(f"{hub.url}/api/v1/subscriptions", json.dumps(body).encode(),
                                             {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:
                secret = json.load(answer)["secret"]
        assert world.stored() == secret
        assert world.command("secrets", "rotate", "--config", str(world.config)).returncode == 1, "there is no key"

        world.configure("first")
        with Hub(world) as hub:
            assert any("secrets rotate" in line for line in hub.log), hub.log
        assert world.rotate().startswith("1 secrets sealed anew, 0 left")
        assert world.stored().startswith("sealed:1:") and secret not in world.stored()
        with Hub(world) as hub:
            assert not any("secrets" in line for line in hub.log), hub.log
        first = world.stored()

        world.configure("second", "first")
        with Hub(world) as hub:  # which holds the store, so that it is asked
            assert world.rotate(ORDERHUB_URL=hub.url, ORDERHUB_TOKEN=token).startswith("1 secrets sealed anew, 0 left")
        assert world.stored().startswith("sealed:1:") and world.stored()[:26] != first[:26]
        assert world.rotate().startswith("0 secrets sealed anew, 0 left")

        world.configure("first")
        refused = world.command("serve", "--config", str(world.config))
        assert refused.returncode == 1 and world.stored()[9:25] in refused.stderr, refused
        world.configure("second")
        with Hub(world):
            print("good    from no key to the first and the second")
        (world.folder / "second").write_text("too short\n")
        assert "secrets new-key" in world.command("config", "check", str(world.config)).stderr


if __name__ == "__main__":
    sys.exit(main())
