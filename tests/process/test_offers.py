"""Fifty people accept what is offered to them at the very moment at which the offers expire."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.process.site_data import report, seed
from tests.processes import RunningSite, running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]

SEATS = 50

#: Fifty offers that expire in a few seconds, and as many people who wait for them.
OFFERS = f"""
import datetime as dt, json
from django.utils import timezone
from registrations.domain.places import change_capacity
from registrations.models import Registration, TicketType
from tests.factories import make_registration
ticket_type = TicketType.objects.select_related("event").get()
people = [make_registration(ticket_type) for _ in range(1 + 2 * {SEATS})]
change_capacity(ticket_type, capacity=1 + {SEATS})
moment = timezone.now() + dt.timedelta(seconds=6)
offered = Registration.objects.filter(status="offered")
offered.update(expires_at=moment)
print(json.dumps([moment.timestamp(), *offered.values_list("secret", flat=True)]))
"""

#: What the schedule does, again and again around the moment.
SCHEDULE = """
import time
from registrations.jobs import hand_on_places
while time.time() < {moment} + 2:
    hand_on_places()
"""


def accept_over_http(site: RunningSite, secret: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    try:
        connection.request("POST", f"/en/registrations/{secret}/accept/", headers={"Sec-Fetch-Site": "same-origin"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_offers_are_accepted_or_expire_but_never_both(migrated_database_url):
    with running_site(migrated_database_url, is_migrated=True, WEB_CONCURRENCY="4") as site:
        seed(site, 1)
        moment, *secrets = json.loads(site.manage("shell", "-c", OFFERS).strip().splitlines()[-1])
        assert len(secrets) == SEATS

        def accept(number: int) -> int:
            time.sleep(max(0, moment - 0.25 + number / 100 - time.time()))
            return accept_over_http(site, secrets[number])

        with ThreadPoolExecutor(SEATS + 1) as pool:
            schedule = pool.submit(site.manage, "shell", "-c", SCHEDULE.format(moment=moment))
            answers = list(pool.map(accept, range(SEATS)))
            schedule.result()
        found = report(site)

    assert set(answers) == {302}
    statuses = Counter(found["statuses"])
    assert statuses["confirmed"] - 1 + statuses["expired"] == SEATS
    assert statuses["offered"] == statuses["expired"]
    assert statuses["waitlisted"] == SEATS - statuses["offered"]
    assert found["seats_taken"] == 1 + SEATS
    assert found["positions"] == list(range(1, statuses["waitlisted"] + 1))
    kinds = Counter(kind for _, _, kind in found["mails"])
    assert kinds["registration_expired"] == statuses["expired"]
    assert kinds["registration_offered"] == SEATS + statuses["offered"]
    assert kinds["registration_confirmed"] == statuses["confirmed"]
