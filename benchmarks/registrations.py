"""Registrations a second over HTTP, beside a bare view that locks one row and inserts one. Called by ``make bench``.

Each server gets the same forms over the same connections, in turns with the other. ``ROWS=1000000`` has so many people
registered before. PostgreSQL is measured where the development requirements have brought one.
"""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Server, gunicorn, manage, site_environment  # noqa: E402

ROWS = int(os.environ.get("ROWS") or 0)
ROUNDS, SECONDS, CONNECTIONS = 3, 4.0, 8
RATIO_BUDGET, CPU_BUDGET = 0.5, 10
FIRST_WORDS = {"organization": "Institute", "country": "KE", "consent": "on"}
COLUMNS = "{:<12}{:>10}{:>10}{:>10}{:>8}{:>10}{:>12}"
SEED = """
from tests.factories import make_event, make_registration, make_ticket_type
from registrations.models import Registration
from forum_site.lib.codes import digest
ticket_type = make_ticket_type(make_event(slug="bench"))
one = make_registration(ticket_type)
names = [f.attname for f in Registration._meta.concrete_fields if not f.primary_key]
own = ("guid", "code", "secret", "secret_digest", "email_key")
kept = {{name: getattr(one, name) for name in names if name not in own}}
for start in range(0, {rows}, 5000):
    Registration.objects.bulk_create([
        Registration(**kept, code=f"B{{n:010d}}", secret_digest=digest(str(n)), email_key=f"b{{n}}@example.org")
        for n in range(start, min(start + 5000, {rows}))
    ])
"""
_numbers = count(1)


def main() -> None:
    """Measure on each database and print a line for it."""
    print(COLUMNS.format("", "bare/s", "ours/s", "ratio", "p99", "CPU ms", "registered"))
    for name, url in databases():
        with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
            environment = site_environment(Path(folder), cache="")
            environment |= {"DATABASE_URL": url} if url else {}
            manage(environment, "migrate")
            manage(environment, "collectstatic", "--no-input")
            manage(environment, "shell", "-c", SEED.format(rows=ROWS))
            print_line(name, environment)
    print(f"Budgets: ratio {RATIO_BUDGET:g} or more, {CPU_BUDGET} ms of CPU a registration or less.")


def databases() -> Iterator[tuple[str, str]]:
    """Give the name and address of each database; no address stands for a file."""
    yield "SQLite", ""
    with contextlib.ExitStack() as stack:
        try:
            from tests.postgres import postgres_server

            server = stack.enter_context(postgres_server(is_durable=True))
        except ImportError:
            print("PostgreSQL: not measured, the development requirements are not installed.")
            return
        yield "PostgreSQL", server.url


def print_line(name: str, environment: dict[str, str]) -> None:
    """Measure both in turns; the middle of the rounds counts."""
    with (
        gunicorn("benchmarks.bare_registration:application", environment) as bare,
        gunicorn("forum_site.wsgi", environment) as site,
    ):
        measured(site, "/en/events/bench/register/", seconds=1)
        bare_rates, rates, costs, slowest = [], [], [], []
        for _ in range(ROUNDS):
            bare_rates.append(measured(bare, "/register/")[0])
            rate, p99, cost = measured(site, "/en/events/bench/register/")
            rates.append(rate), slowest.append(p99), costs.append(cost)
        middle = statistics.median
        ours, base = middle(rates), middle(bare_rates)
    numbers = (f"{base:.0f}", f"{ours:.0f}", f"{ours / base:.2f}", f"{middle(slowest):.0f}ms", f"{middle(costs):.1f}")
    print(COLUMNS.format(name, *numbers, f"{ROWS:,}"), flush=True)


def measured(server: Server, path: str, *, seconds: float = SECONDS) -> tuple[float, float, float]:
    """Return registrations a second, the 99th percentile and the processor time of each in milliseconds."""
    before = server.cpu_seconds()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        times, took = pool.apply(_rush, (server.port, path, seconds, next(_numbers)))
    used = server.cpu_seconds() - before
    return len(times) / took, 1000 * sorted(times)[int(0.99 * len(times))], 1000 * used / len(times)


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
        fields = FIRST_WORDS | {"full_name": f"Guest {number}", "email": f"guest-{name}-{number}@example.org"}
        began = time.perf_counter()
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - began)
        if response.status != 302:
            problems.append(f"answered {response.status}")
    connection.close()


if __name__ == "__main__":
    main()
