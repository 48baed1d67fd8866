"""Five hundred people at once, for fifty seats; and fewer seats while they come."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.process.site_data import register_over_http, report, seed
from tests.processes import running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]

PEOPLE, SEATS = 500, 50


def test_fifty_seats_are_given_fifty_times(migrated_database_url):
    with running_site(migrated_database_url, is_migrated=True, WEB_CONCURRENCY="4") as site:
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


#: An organizer takes places away while people come; what is taken already stays.
LOWER = """
import json, time
from forum_site.lib.errors import DomainError
from registrations.domain.places import change_capacity
from registrations.models import Registration, TicketType
while not Registration.objects.exists():
    time.sleep(0.01)
done = []
for capacity in range(45, 0, -5):
    try:
        done.append(change_capacity(TicketType.objects.get(), capacity=capacity).capacity)
    except DomainError:
        pass
    time.sleep(0.02)
print(json.dumps(done))
"""


def test_places_taken_away_during_the_rush_are_never_given_twice(migrated_database_url):
    with running_site(migrated_database_url, is_migrated=True, WEB_CONCURRENCY="4") as site:
        seed(site, SEATS)
        with ThreadPoolExecutor(PEOPLE) as pool:
            lowered = pool.submit(site.manage, "shell", "-c", LOWER)
            answers = list(pool.map(lambda number: register_over_http(site, number), range(200)))
            capacities = json.loads(lowered.result().strip().splitlines()[-1])
        found = report(site)

    assert {status for status, _, _ in answers} == {302}
    capacity = min([SEATS, *capacities])
    assert capacities == sorted(capacities, reverse=True)
    assert found["seats_taken"] == capacity
    assert Counter(found["statuses"]) == {"confirmed": capacity, "waitlisted": 200 - capacity}
