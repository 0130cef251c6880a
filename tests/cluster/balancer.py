"""A load balancer as it stands before several hubs: each new connection goes to the next hub that takes it."""

import contextlib
import socket
import threading


class Balancer:
    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.ports, self.next = [], 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:  # closed
                return
            threading.Thread(target=self.join, args=(client,), daemon=True).start()

    def connect(self):
        for _ in range(len(self.ports)):
            self.next += 1
            try:
                return socket.create_connection(("127.0.0.1", self.ports[self.next % len(self.ports)]), 5)
            except OSError:
                continue
        return None

    def join(self, client):
        hub = self.connect()
        if hub is None:
            client.close()
            return
        hub.settimeout(None)
        back = threading.Thread(target=pass_on, args=(hub, client), daemon=True)
        back.start()
        pass_on(client, hub)
        back.join()
        client.close()
        hub.close()

    def close(self):
        # Only this wakes the thread that waits in accept().
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def pass_on(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
