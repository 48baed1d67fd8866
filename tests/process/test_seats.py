"""Two hundred people at once, for fifty seats."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.process.site_data import register_over_http, report, seed
from tests.processes import running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]

PEOPLE, SEATS = 200, 50


def test_fifty_seats_are_given_fifty_times(empty_database_url):
    with running_site(empty_database_url, WEB_CONCURRENCY="4") as site:
        seed(site, SEATS)
        with ThreadPoolExecutor(PEOPLE) as pool:
            answers = list(pool.map(lambda number: register_over_http(site, number), range(PEOPLE)))
        found = report(site)

    assert Counter(status for status, _, _ in answers) == {302: PEOPLE}
    assert Counter(found["statuses"]) == {"confirmed": SEATS, "waitlisted": PEOPLE - SEATS}
    assert found["waiting_numbers"] == list(range(1, PEOPLE - SEATS + 1))
    assert found["positions"] == list(range(1, PEOPLE - SEATS + 1))
    assert found["seats_taken"] == SEATS
    kinds = Counter(kind for _, _, kind in found["mails"])
    assert kinds == {"registration_confirmed": SEATS, "registration_waitlisted": PEOPLE - SEATS}
