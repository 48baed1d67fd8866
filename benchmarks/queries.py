"""Counts the queries of pages made anew, for editions of 10, 100 and 1,000 sessions; prints a line per page.

Called by ``make bench`` with the settings of a site whose database is migrated.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZES = (10, 100, 1000)
BUDGET = 12
COLUMNS = "{:<46}" + "{:>10}" * len(SIZES)


def main() -> None:
    """Make the editions and print how many queries each page asks."""
    from benchmarks.large import make_large

    events = [make_large(f"large-{size}", sessions=size, people=max(6, size * 6 // 10)) for size in SIZES]
    print(COLUMNS.format("queries of a page made anew, frame included", *(f"{size} sess." for size in SIZES)))
    for page in pages():
        counts = [queries_of(f"/en/events/{event.slug}/{page}") for event in events]
        print(COLUMNS.format(page or "(home)", *counts) + ("" if fits(counts) else "  over budget"))
    print(f"Budget: at most {BUDGET}, and as many for 1,000 sessions as for 10.")


def pages() -> list[str]:
    """Return the addresses below an edition."""
    return ["", "agenda/", "sessions/session-5/", "speakers/", "partners/", "register/"]


def fits(counts: list[int]) -> bool:
    """Say whether the numbers are within budget."""
    return max(counts) <= BUDGET and len(set(counts)) == 1


def queries_of(path: str) -> int:
    """Return how many queries a page asks of which nothing is kept, its frame included.

    The moment at which pages change next is known: a process asks for it once for all pages, after a public change.
    """
    from django.test import Client

    from forum_site.pages.cache.clock import clock
    from forum_site.pages.cache.shared import shared
    from forum_site.pages.cache.stamp import current_stamp
    from forum_site.pages.cache.store import pages as kept

    for one in (shared, kept):
        one.clear()
    clock.expiry(current_stamp() or "")
    with counted() as queries:
        answer = Client(headers={"host": "127.0.0.1"}).get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}.")
    return len(queries)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the queries asked in the block."""
    from django.db import connection

    queries: list[str] = []

    def note(execute: object, sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        yield queries


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    import django

    django.setup()
    main()
