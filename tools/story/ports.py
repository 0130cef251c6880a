import random
import socket

# Outside what the kernel gives to those who bind port 0 or connect: nobody gets one of these by chance while its owner is down.
LOWEST, HIGHEST = 15000, 32000
kept = []


def free_port():
    """A port of the loopback address, kept from other tests for as long as this process lives, also while nobody listens."""
    for port in random.SystemRandom().sample(range(LOWEST, HIGHEST), 1000):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0orderhub-test-port-{port}")
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        kept.append(claim)
        return port
    raise RuntimeError("no port is free")
