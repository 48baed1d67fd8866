"""Pages made anew ask as many questions for a thousand sessions as for ten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from benchmarks.large import make_large
from benchmarks.queries import BUDGET, pages, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """Let no quarter of an hour begin meanwhile: then the clock of kept pages is read anew, which is a query more."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 10, 5, tzinfo=dt.UTC), tick=False):
        yield


@pytest.mark.parametrize("page", pages())
def test_a_page_asks_as_much_for_100_sessions_as_for_10(page, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    for size in (10, 100):
        make_large(f"large-{size}", sessions=size, people=size)

    few, many = (queries_of(f"/en/events/large-{size}/{page}") for size in (10, 100))

    assert few == many <= BUDGET


def test_a_thousand_sessions_ask_no_more(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    make_large("large", sessions=1000, people=600)

    assert all(queries_of(f"/en/events/large/{page}") <= BUDGET for page in pages())
