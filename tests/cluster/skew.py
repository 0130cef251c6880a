#!/usr/bin/env python3
"""A hub of this release on a database that the next one has already changed, as when hubs are replaced one after the other.

usage: skew.py --build BUILD
"""
import argparse
import contextlib
import subprocess
import sys

from database import Postgres
from hubs import cluster_stage
from stage import verdict

STEP = """INSERT INTO schema_migrations (number, name, checksum) VALUES (9001, '9001_next', 'sum');
INSERT INTO schema_serves (number, serves) SELECT 9001, max(number) FROM schema_migrations WHERE number < 9001"""


def refusal(hub):
    """What a hub says that does not start."""
    done = subprocess.run([hub.program, "serve", "--config", hub.config], env=hub.environment, capture_output=True, text=True,
                          timeout=60, check=False)
    return done.stderr if done.returncode else ""


def play(story, postgres):
    cluster = story.hub
    cluster.make_token()
    cluster.start()
    story.say("\nThe next release has added to the schema and says that this one is still served")
    postgres.query(STEP, "hub")
    cluster.stop()
    cluster.start()
    story.tell_short()
    story.say("\nThe release after that serves it no longer")
    cluster.stop()
    postgres.query("UPDATE schema_serves SET serves = 9001 WHERE number = 9001", "hub")
    said = refusal(cluster.hubs[0])
    story.check("the hub says why it does not start", "made by a newer release (it has 9001_next)" in said, said)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    options = parser.parse_args()
    with contextlib.closing(Postgres()) as postgres:
        postgres.start()
        with cluster_stage(options.build, postgres.make_database("hub")) as story:
            play(story, postgres)
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
