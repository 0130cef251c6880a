#!/usr/bin/env python3
"""TLS in a real hub: what it speaks, what it refuses, certificates that change.   run.py --build DIR"""
import argparse
import contextlib
import http.client
import json
import pathlib
import queue
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from certificates import Authority, openssl

DEADLINE_S = 120
REQUEST_SECONDS = 1  # where a handshake that does not end is to be ended; the others must not meet it on a busy machine


class Hub:
    def __init__(self, program, folder, more="", request_seconds=60):
        self.program, self.folder = program, folder
        self.config = folder / "hub.yaml"
        self.config.write_text(f"""listen: 127.0.0.1:0
data: data
plugins: .
log: {{level: info}}
limits: {{request_seconds: {request_seconds}}}
tls: {{certificate: live/hub.pem, key: live/hub.key{more}}}
""")

    def command(self, *arguments, stdin=""):
        return subprocess.run([self.program, *arguments], input=stdin, capture_output=True, text=True, timeout=DEADLINE_S)

    def __enter__(self):
        self.lines = queue.Queue()
        self.process = subprocess.Popen([self.program, "serve", "--config", self.config], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()
        url = self.line("listening on ").split()[-1]
        assert url.startswith("https://127.0.0.1:"), url
        self.port = int(url.rsplit(":", 1)[1])
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(DEADLINE_S) == 0

    def line(self, text):
        """The next line of the log that has the text."""
        end, seen = time.monotonic() + DEADLINE_S, []
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no line with {text!r} within {DEADLINE_S} s, but {seen}") from None
            if text in line:
                return line.strip()
            seen.append(line)


class Tests:
    def __init__(self, program, folder):
        self.folder, self.authority = folder, Authority(folder)
        self.program, self.live = program, folder / "live"
        self.live.mkdir()
        self.install("first")

    def install(self, name, days=2):
        certificate, key = self.authority.issue(name, days)
        self.put("hub.key", key.read_bytes())
        self.put("hub.pem", certificate.read_bytes())

    def put(self, name, content):
        """At once, so that the hub never reads half of it."""
        (self.live / "new").write_bytes(content)
        (self.live / "new").replace(self.live / name)

    def context(self):
        context = ssl.create_default_context(cafile=self.authority.certificate)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def name_shown(self, port):
        """The name in the certificate that a fresh connection is shown."""
        context = self.context()
        with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE_S) as plain, \
                context.wrap_socket(plain, server_hostname="127.0.0.1") as stream:
            return dict(pair[0] for pair in stream.getpeercert()["subject"])["commonName"]

    def test_curl_is_served_and_told_to_stay_with_tls(self):
        hub = Hub(self.program, self.folder)
        made = hub.command("users", "create", "--config", str(hub.config), "--name", "ann", "--role", "agent", stdin="four words, a 7\n")
        assert made.returncode == 0, made.stderr
        with hub:
            base = f"https://127.0.0.1:{hub.port}"
            answer = subprocess.run(["curl", "-sS", "-i", "--cacert", self.authority.certificate, "-H", "Content-Type: application/json",
                                     "-d", json.dumps({"name": "ann", "password": "four words, a 7"}), f"{base}/api/v1/session"],
                                    capture_output=True, text=True, timeout=DEADLINE_S)
            assert answer.stdout.startswith("HTTP/1.1 200"), answer
            assert "Strict-Transport-Security: max-age=31536000" in answer.stdout, answer.stdout
            assert "; Secure" in answer.stdout, answer.stdout
            stranger = subprocess.run(["curl", "-sS", f"{base}/healthz"], capture_output=True, text=True, timeout=DEADLINE_S)
            assert stranger.returncode == 60, "whoever does not know the authority does not trust it"

    def test_old_versions_and_clear_text_are_refused(self):
        with Hub(self.program, self.folder) as hub:
            for version, good in (("-tls1_1", False), ("-tls1", False), ("-tls1_2", True), ("-tls1_3", True)):
                # Level 0, or the client itself would not offer the old ones.
                done = openssl("s_client", "-connect", f"127.0.0.1:{hub.port}", version, "-cipher", "ALL:@SECLEVEL=0", check=False)
                assert ("BEGIN CERTIFICATE" in done.stdout) == good, (version, done.stdout, done.stderr)
            weak = openssl("s_client", "-connect", f"127.0.0.1:{hub.port}", "-tls1_2", "-cipher", "AES128-SHA:AES256-SHA256", check=False)
            assert "BEGIN CERTIFICATE" not in weak.stdout, "no forward secrecy"
            with socket.create_connection(("127.0.0.1", hub.port), timeout=DEADLINE_S) as plain:
                plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                answer = read_to_end(plain)
                assert b"HTTP/" not in answer, answer
        with Hub(self.program, self.folder, ", min_version: '1.3'") as hub:
            done = openssl("s_client", "-connect", f"127.0.0.1:{hub.port}", "-tls1_2", check=False)
            assert "BEGIN CERTIFICATE" not in done.stdout
            assert self.name_shown(hub.port) == "first"

    def test_new_certificate_is_taken_while_it_runs(self):
        with Hub(self.program, self.folder) as hub:
            assert self.name_shown(hub.port) == "first"
            kept = http.client.HTTPSConnection("127.0.0.1", hub.port, context=self.context(), timeout=DEADLINE_S)
            kept.request("GET", "/healthz")
            assert kept.getresponse().read()
            self.install("second")
            hub.line("the certificate was read again")
            assert self.name_shown(hub.port) == "second"
            broken = (self.live / "hub.pem").read_bytes()
            self.put("hub.pem", b"not a certificate\n")
            assert "hub.pem" in hub.line("the certificate in use stays")
            assert self.name_shown(hub.port) == "second"
            hub.process.send_signal(signal.SIGHUP)
            hub.line("the certificate in use stays")
            self.put("hub.pem", self.authority.issue("stranger")[0].read_bytes())
            assert "not of" in hub.line("the certificate in use stays")
            assert self.name_shown(hub.port) == "second"
            self.put("hub.pem", broken)
            hub.line("the certificate was read again")
        self.install("first")

    def test_handshake_that_does_not_end_is_ended(self):
        with Hub(self.program, self.folder, request_seconds=REQUEST_SECONDS) as hub:
            hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
            with contextlib.ExitStack() as stack:
                started = time.monotonic()
                peers = [stack.enter_context(socket.create_connection(("127.0.0.1", hub.port), timeout=DEADLINE_S)) for _ in range(20)]
                for index, peer in enumerate(peers):
                    peer.sendall(hello[:index % len(hello)])
                assert self.name_shown(hub.port) == "first", "others are served meanwhile"
                for peer in peers:
                    read_to_end(peer)
                took = time.monotonic() - started
                assert took >= REQUEST_SECONDS * 0.9, took

    def test_stops_in_the_middle_of_handshakes(self):
        with Hub(self.program, self.folder) as hub, socket.create_connection(("127.0.0.1", hub.port), timeout=DEADLINE_S) as peer:
            peer.sendall(b"\x16")
            assert self.name_shown(hub.port) == "first"

    def test_configuration_says_what_is_wrong(self):
        hub = Hub(self.program, self.folder)
        config = hub.config.read_text()
        tls = config.splitlines()[-1]

        def complaint(text):
            hub.config.write_text(text)
            checked = hub.command("config", "check", str(hub.config))
            return checked.stdout + checked.stderr if checked.returncode else ""

        assert complaint(config) == ""
        assert "nowhere.pem" in complaint(config.replace("hub.pem", "nowhere.pem"))
        key = self.authority.issue("other")[1]
        assert "not of" in complaint(config.replace("live/hub.key", str(key)))
        for address in ("0.0.0.0", "192.0.2.7", "[::]"):
            everywhere = config.replace("127.0.0.1:0", f"'{address}:8080'")
            assert complaint(everywhere) == ""
            clear = everywhere.replace(tls, "")
            assert "listen_plain" in complaint(clear)
            assert complaint(clear + "listen_plain: true\n") == ""
            assert complaint(clear + "access: {trusted_proxies: [192.0.2.1]}\n") == ""
        assert complaint(config.replace(tls, "")) == "", "this machine alone can reach it"


def read_to_end(peer):
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while part := peer.recv(4096):
            received += part
    return received


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    program = (parser.parse_args().build / "hub" / "orderhub").resolve()
    with tempfile.TemporaryDirectory(prefix="orderhub-tls-") as folder:
        tests = Tests(program, pathlib.Path(folder))
        for name in [name for name in dir(tests) if name.startswith("test_")]:
            getattr(tests, name)()
            print("good   ", name.removeprefix("test_").replace("_", " "), flush=True)


if __name__ == "__main__":
    sys.exit(main())
