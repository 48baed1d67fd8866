"""Registrations a second over HTTP, beside a bare view that locks one row and inserts one. Called by ``make bench``.

Both servers get the same forms over the same connections, in turns, while so many people are registered already as
``ROWS`` names (``ROWS=0,10000``). The middle of the rounds counts. PostgreSQL is measured where the development
requirements have brought one; it writes to the disk as a real server does.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.crowd import PATH, form  # noqa: E402
from benchmarks.servers import ROOT, Server, gunicorn, manage, site_environment  # noqa: E402

ROWS = [int(number) for number in (os.environ.get("ROWS") or "0,10000,1000000").split(",")]
DATABASES = (os.environ.get("DATABASES") or "SQLite,PostgreSQL").split(",")
ROUNDS, SECONDS, CONNECTIONS = 9, 2.0, 8
RATIO_BUDGET, CPU_BUDGET, QUERY_BUDGET = 0.5, 10, 12
COLUMNS = "{:<11}{:>11}{:>9}{:>9}{:>7}{:>16}{:>16}{:>9}{:>9}{:>9}"
HEAD = ("database", "people", "bare/s", "ours/s", "ratio", "bare p50/p99", "ours p50/p99", "bare CPU", "our CPU")
_numbers = count(1)


@dataclass(frozen=True)
class Measured:
    """Answers a second, the middle and the 99th percentile of their times, and the processor time of one."""

    rate: float
    p50: float
    p99: float
    cpu: float

    @property
    def times(self) -> str:
        """The two times in words."""
        return f"{self.p50:.0f}/{self.p99:.0f} ms"


def main() -> None:
    """Measure on each database and print a line for each number of people."""
    print(COLUMNS.format(*HEAD, "queries"))
    for name, url in databases():
        with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
            environment = site_environment(Path(folder), cache="")
            environment |= {"DATABASE_URL": url} if url else {}
            manage(environment, "migrate")
            manage(environment, "collectstatic", "--no-input")
            for people in ROWS:
                print_line(name, environment, people)
    print(
        f"Budgets: ratio {RATIO_BUDGET:g} or more, {CPU_BUDGET} ms of CPU and {QUERY_BUDGET} queries a registration "
        f"or less, whoever is registered already. {os.cpu_count()} processors, which the visitors use as well."
    )


def databases() -> Iterator[tuple[str, str]]:
    """Give the name and address of each database; no address stands for a file."""
    if "SQLite" in DATABASES:
        yield "SQLite", ""
    if "PostgreSQL" not in DATABASES:
        return
    with contextlib.ExitStack() as stack:
        try:
            from tests.postgres import postgres_server

            server = stack.enter_context(postgres_server(is_durable=True))
        except ImportError:
            print("PostgreSQL: not measured, the development requirements are not installed.")
            return
        yield "PostgreSQL", server.url


def print_line(name: str, environment: dict[str, str], people: int) -> None:
    """Measure both in turns, with so many people registered before."""
    command = [sys.executable, "-m", "benchmarks.crowd", str(people)]
    queries = subprocess.check_output(command, cwd=ROOT, env=environment, text=True).strip()
    with (
        gunicorn("benchmarks.bare_registration:application", environment) as bare,
        gunicorn("forum_site.wsgi", environment) as site,
    ):
        measured(site, PATH, seconds=1)
        pairs = [(measured(bare, "/register/"), measured(site, PATH)) for _ in range(ROUNDS)]
    base, ours = (middle(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(mine.rate / other.rate for other, mine in pairs)
    numbers = (f"{base.rate:.0f}", f"{ours.rate:.0f}", f"{ratio:.2f}", base.times, ours.times)
    line = COLUMNS.format(name, f"{people:,}", *numbers, f"{base.cpu:.1f} ms", f"{ours.cpu:.1f} ms", queries)
    print(line, flush=True)


def middle(rounds: tuple[Measured, ...]) -> Measured:
    """Return the middle of each number."""
    return Measured(*(statistics.median(getattr(one, name) for one in rounds) for name in Measured.__annotations__))


def measured(server: Server, path: str, *, seconds: float = SECONDS) -> Measured:
    """Let people register for some seconds; times in milliseconds."""
    before = server.cpu_seconds()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        times, took = pool.apply(_rush, (server.port, path, seconds, next(_numbers)))
    used = server.cpu_seconds() - before
    times = sorted(1000 * one for one in times)
    return Measured(
        len(times) / took, statistics.median(times), times[int(0.99 * len(times))], 1000 * used / len(times)
    )


def _rush(port: int, path: str, seconds: float, run: int) -> tuple[list[float], float]:
    times: list[float] = []
    problems: list[str] = []
    started = time.perf_counter()
    arguments = (port, path, started + seconds, times, problems)
    threads = [threading.Thread(target=_come, args=(*arguments, f"{run}-{n}")) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(f"{path}: {problems[0]}")
    return times, time.perf_counter() - started


def _come(port: int, path: str, until: float, times: list[float], problems: list[str], name: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    for number in count():
        if time.perf_counter() > until or problems:
            break
        body = form(f"Guest {number}", f"guest-{os.getpid()}-{name}-{number}@example.org")
        began = time.perf_counter()
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - began)
        if response.status != 302:
            problems.append(f"answered {response.status}")
    connection.close()


if __name__ == "__main__":
    main()
