#!/usr/bin/env python3
"""The short story with PgBouncer between the hub and PostgreSQL, in transaction mode and with fewer connections than the hub has.

usage: pooler.py --build BUILD [--hubs N]
"""
import argparse
import contextlib
import sys

from bouncer import Bouncer
from hubs import cluster_stage
from database import Postgres
from stage import verdict


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--hubs", type=int, default=1)
    options = parser.parse_args()
    with contextlib.closing(Postgres()) as postgres, contextlib.closing(Bouncer(postgres)) as bouncer:
        postgres.start()
        postgres.make_database("hub")
        bouncer.start()
        with cluster_stage(options.build, bouncer.url("hub"), options.hubs) as story:
            cluster = story.hub
            cluster.make_token()
            cluster.start()
            story.tell_short()
            direct = postgres.query("SELECT count(*) FROM pg_stat_activity WHERE datname = 'hub' AND application_name"
                                    " NOT IN ('', 'psql')", "hub")
            pools = bouncer.show("POOLS")
            stats = [row for row in bouncer.show("STATS") if row[0] == "hub"][0]
            story.check("the hub's transactions went through the pooler", int(stats[1]) > 100, stats)
            story.check("its connections shared the server's", int(direct[0][0]) <= 3, (direct, pools))
    return verdict(story)


if __name__ == "__main__":
    sys.exit(main())
