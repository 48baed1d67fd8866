"""Compares public pages with an empty Django view on the same server, machine and minute. Called by ``make bench``.

Every page is asked in turns with the empty view, and the middle of several rounds counts; *times* are those of the
processor time that the empty view takes. *Warm* is the site as it runs; *cold* is the same site without kept pages, so
that every answer is made from the database; only the frame of an edition is kept, as all its pages share it. ``wrk``
drives the servers where it is installed, else a small client of our own, which takes a share of the processors itself.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.load import answers_per_second  # noqa: E402
from benchmarks.servers import ROOT, Server, get, gunicorn, manage, site_environment  # noqa: E402

OK = 200
ROUNDS = 3
SECONDS = 2.0
WARM_BUDGET, COLD_BUDGET, MEMORY_BUDGET = 1.0, 15.0, 130
ACCEPT = "Accept-Encoding: gzip, deflate, br"  # as every browser says
COLUMNS = "{:<42}{:>10}{:>10}{:>10}{:>10}"


def main() -> None:
    """Measure and print the table; nothing is left behind."""
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as name:
        folder = Path(name)
        warm = site_environment(folder, cache="")
        for command in (["migrate"], ["loadsample"], ["collectstatic", "--no-input"]):
            manage(warm, *command)
        cold = warm | {"PAGE_CACHE_MEGABYTES": "0"}
        with (
            gunicorn("benchmarks.bare:application", warm) as empty,
            gunicorn("forum_site.wsgi", warm) as warm_site,
            gunicorn("forum_site.wsgi", cold) as cold_site,
        ):
            print_table(empty, warm_site, cold_site)
        print_queries(folder)


def print_queries(folder: Path) -> None:
    """Print how many queries pages of small and large editions ask, counted in a database of their own."""
    environment = site_environment(folder, cache="") | {"DATABASE_URL": f"sqlite:///{folder / 'large.sqlite3'}"}
    manage(environment, "migrate")
    print(flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.queries"], cwd=ROOT, env=environment, check=True)


def print_table(empty: Server, warm: Server, cold: Server) -> None:
    """Measure page by page and print a line for each; the times are those of the empty view
    in processor time."""
    print(COLUMNS.format("page", "warm/s", "times", "cold/s", "times"))
    for path in sample_paths(warm.port):
        if (status := get(warm.port, path)[0]) != OK:
            print(f"{path:<42} answered {status}")
            continue
        warm_rate, warm_times = compared(warm, path, empty)
        cold_rate, cold_times = compared(cold, path, empty)
        print(COLUMNS.format(path, f"{warm_rate:.0f}", f"{warm_times:.2f}", f"{cold_rate:.0f}", f"{cold_times:.2f}"))
    print(
        f"\nThe empty view: {rate(empty.port, '/'):.0f}/s. Budgets: warm {WARM_BUDGET:g}, cold {COLD_BUDGET:g} times."
    )
    print(f"Memory of master and two workers after this: {warm.pss():.0f} MiB (budget {MEMORY_BUDGET}).")


def sample_paths(port: int) -> list[str]:
    """Return the pages to measure, of the edition that the home page of the sample leads to."""
    status, home = get(port, "/en/")
    found = re.search(r"/en/events/([a-z0-9-]+)/", home)
    if status != OK or not found:
        raise SystemExit(f"The home page of the sample cannot be measured: it answered {status}.")
    edition = f"/en/events/{found[1]}/"
    below = ["", "agenda/", *session_below(port, edition), "speakers/", "partners/", "register/"]
    return ["/en/", *(f"{edition}{path}" for path in below)]


def session_below(port: int, edition: str) -> list[str]:
    """Return the first session of the agenda."""
    return re.findall(rf'"{edition}(sessions/[a-z0-9-]+/)"', get(port, f"{edition}agenda/")[1])[:1]


def compared(site: Server, path: str, empty: Server) -> tuple[float, float]:
    """Return answers a second, and how many times more processor time than the empty view an answer takes.

    Processor time does not suffer from whatever else the machine does; where it is not known, rates are compared.
    """
    rate(site.port, path, seconds=0.5)  # fills the caches of both workers
    pairs = [(cost(site, path), cost(empty, "/")) for _ in range(ROUNDS)]
    times = [ours / base for (_rate, ours), (_base_rate, base) in pairs]
    return statistics.median(ours for (ours, _cost), _base in pairs), statistics.median(times)


def cost(server: Server, path: str) -> tuple[float, float]:
    """Return answers a second, and seconds of the server's processors for one answer."""
    before = server.cpu_seconds()
    answers = rate(server.port, path)
    used = server.cpu_seconds() - before
    return answers, (used / SECONDS if used else 1.0) / answers


def rate(port: int, path: str, *, seconds: float = SECONDS) -> float:
    """Return answers a second on loopback, over four connections."""
    if not shutil.which("wrk"):
        return answers_per_second(port, path, seconds=seconds)
    command = ["wrk", "-t1", "-c4", f"-d{max(1, round(seconds))}s", "-H", ACCEPT, f"http://127.0.0.1:{port}{path}"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in printed:
        raise SystemExit(f"{path} answered with errors.")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])


if __name__ == "__main__":
    main()
