"""A receiver of forwarded orders that counts how often each came, and under which keys. A process of its own.

usage: counting_sink.py          prints its port; GET /counts gives {"external id": {"idempotency key": times}}
"""
import collections
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

counts = collections.defaultdict(collections.Counter)
lock = threading.Lock()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock:
            counts[order["externalId"]][self.headers["Idempotency-Key"]] += 1
        self.answer(b"")

    def do_GET(self):
        with lock:
            text = json.dumps(counts).encode()
        self.answer(text)

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a hub that is killed breaks its connections
            super().handle_error(request, client_address)


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Receiver)
    print(server.server_port, flush=True)
    server.serve_forever()
