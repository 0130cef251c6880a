"""What a server's sessions wait for, looked at many times a second."""

import collections
import subprocess
import threading

LOOK = "a look"
SESSIONS = f"""SELECT '{LOOK}' UNION ALL SELECT coalesce(wait_event_type || ' ' || wait_event, 'on a processor')
 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
\\watch 0.02
"""


class Waits:
    """Sessions in a transaction, by what they wait for. 'Client ClientRead' is one that waits for its hub."""

    def __init__(self, url):
        self.seen = collections.Counter()
        self.process = subprocess.Popen(["/usr/bin/psql", "-X", "-q", "-A", "-t", "-d", url], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.thread = threading.Thread(target=self.read, daemon=True)

    def __enter__(self):
        self.thread.start()
        self.process.stdin.write(SESSIONS)
        self.process.stdin.flush()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.thread.join()

    def read(self):
        self.seen.update(line.rstrip("\n") for line in self.process.stdout)

    def shares(self):
        """[(what, how many sessions on average)], the most frequent first."""
        looks = max(self.seen[LOOK], 1)
        return [(what, count / looks) for what, count in self.seen.most_common() if what not in (LOOK, "")]
