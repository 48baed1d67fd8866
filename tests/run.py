"""Runs the whole suite on SQLite and on PostgreSQL: ``python tests/run.py [arguments for pytest]``.

``TEST_DATABASE_URL`` names another PostgreSQL than the one that comes as a wheel. Tests that start browsers or servers
run once, on SQLite, except those marked ``both_databases``.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.postgres import postgres_server  # noqa: E402

ON_SQLITE = "not postgresql"
ON_POSTGRESQL = "(not browser and not process) or both_databases or postgresql"
NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Return 0 if both runs passed."""
    wanted = os.environ.get("TEST_DATABASES", "sqlite,postgresql").split(",")
    codes = {}
    if "sqlite" in wanted:
        codes["SQLite"] = run_pytest("SQLite", ON_SQLITE, arguments, "")
    if "postgresql" in wanted:
        with postgresql_url() as url:
            codes["PostgreSQL"] = run_pytest("PostgreSQL", ON_POSTGRESQL, arguments, url)
    return conclusion(codes, picked=bool(arguments))


@contextlib.contextmanager
def postgresql_url() -> Iterator[str]:
    """Give the database that was asked for, or start one."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with postgres_server() as server:
        yield server.url


def run_pytest(name: str, marks: str, arguments: list[str], url: str) -> int:
    """Run pytest on one database and return its exit code."""
    print(f"\n=== Tests on {name} ===", flush=True)
    # Each process gets tests that stand together, so that what a module shares is made once.
    several = ["-n", os.environ.get("TEST_PROCESSES", "auto"), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks, *several]
    return subprocess.call([*command, *arguments], cwd=ROOT, env=os.environ | {"TEST_DATABASE_URL": url})


def conclusion(codes: dict[str, int], *, picked: bool) -> int:
    """Print one line for each database; a hand-picked selection may be empty on one of them."""
    harmless = {0, NO_TESTS_COLLECTED} if picked and 0 in codes.values() else {0}
    print()
    for name, code in codes.items():
        print(f"{name}: {'passed' if code in harmless else f'FAILED (pytest ended with {code})'}", flush=True)
    return 0 if set(codes.values()) <= harmless else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
