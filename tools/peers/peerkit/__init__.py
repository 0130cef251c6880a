"""Private instances of the real systems that OrderHub connects to, for tests on loopback."""
