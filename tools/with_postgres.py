"""Run a command on PostgreSQL: `python tools/with_postgres.py COMMAND …`.

Uses HELI_TEST_DATABASE_URL, else a server on this machine. Without either it says so and passes, except in CI, where
a run on one database only is a failure.
"""

import os
import subprocess
import sys

import psycopg

NEAR = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres")


def reachable(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def main() -> int:
    given = os.environ.get("HELI_TEST_DATABASE_URL")
    url = given or next((near for near in NEAR if reachable(near)), None)
    if url is None:
        print("No PostgreSQL near: set HELI_TEST_DATABASE_URL to run these tests on it too.")
        return 1 if os.environ.get("CI") else 0
    return subprocess.call(sys.argv[1:], env={**os.environ, "HELI_TEST_DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
