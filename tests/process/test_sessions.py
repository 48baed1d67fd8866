"""A hundred and twenty people at once for thirty places in a session, which are then given up and handed on at once."""

from __future__ import annotations

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.process.site_data import seed
from tests.processes import RunningSite, running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]

PEOPLE, SEATS, MORE = 120, 30, 35

#: One workshop, and people who may all want it; the clashing one has places for everybody.
WORKSHOPS = f"""
import json
from events.queries.filters import short_name
from registrations.models import TicketType
from tests.factories import make_bookable, make_registration, make_session
ticket_type = TicketType.objects.select_related("event").get()
one, other = (make_session(ticket_type.event, start="09:00", end="10:00") for _ in range(2))
make_bookable(one, capacity={SEATS})
make_bookable(other)
people = [make_registration(ticket_type).secret for _ in range({PEOPLE})]
print(json.dumps([short_name(one), short_name(other), *people]))
"""

#: What an organizer does in the meantime.
ORGANIZER = f"""
from registrations.domain.session_places import change_places
from registrations.models import BookableSession
change_places(BookableSession.objects.get(capacity={SEATS}), capacity={MORE})
"""

REPORT = """
import json
from forum_site.mail.models import EmailMessage
from registrations.models import BookableSession, SessionBooking
one, other = BookableSession.objects.order_by("pk")
rows = one.bookings.order_by("waiting_number", "pk").select_related("registration")
both = SessionBooking.objects.booked().values_list("registration", flat=True)
print(json.dumps({
    "taken": [one.seats_taken, other.seats_taken],
    "states": [[row.registration.secret, row.state] for row in rows],
    "numbers": [row.waiting_number for row in rows if row.waiting_number],
    "clashes": len(both) - len(set(both)),
    "offers": EmailMessage.objects.filter(kind="session_offered").count(),
}))
"""


def report(site: RunningSite) -> dict[str, Any]:
    return dict(json.loads(site.manage("shell", "-c", REPORT).strip().splitlines()[-1]))


def post(site: RunningSite, secret: str, rest: str, **fields: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", f"/en/registrations/{secret}/{rest}", urlencode(fields), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_places_in_a_session_are_given_and_handed_on_once(migrated_database_url):
    with running_site(migrated_database_url, is_migrated=True, WEB_CONCURRENCY="4") as site:
        seed(site, None)
        wanted, other, *people = json.loads(site.manage("shell", "-c", WORKSHOPS).strip().splitlines()[-1])
        with ThreadPoolExecutor(PEOPLE) as pool:  # everybody twice: a double click takes one place
            answers = list(pool.map(lambda one: post(site, one, "sessions/", session=wanted), people * 2))
        rush = report(site)
        holders = [secret for secret, state in rush["states"] if state == "booked"]
        waiting = [secret for secret, state in rush["states"] if state == "waiting"]

        with ThreadPoolExecutor(PEOPLE) as pool:
            organizer = pool.submit(site.manage, "shell", "-c", ORGANIZER)
            leaving = [pool.submit(post, site, one, "sessions/answer/", leave=wanted) for one in holders]
            # those who wait take the session at the same time, and answer what they may have been offered
            taking = [pool.submit(post, site, one, "sessions/", session=other) for one in waiting]
            taking += [pool.submit(post, site, one, "sessions/answer/", accept=wanted) for one in waiting]
            late = [one.result() for one in leaving + taking]
            organizer.result()
        after = report(site)

    assert set(answers) == {302}
    assert rush["taken"] == [SEATS, 0]
    assert (len(holders), len(waiting)) == (SEATS, PEOPLE - SEATS)
    assert rush["numbers"] == list(range(1, PEOPLE - SEATS + 1))
    assert set(late) <= {200, 302}  # 200: the page that says what it clashes with
    states = [state for _secret, state in after["states"]]
    assert after["clashes"] == 0
    assert states.count("booked") + states.count("offered") == after["taken"][0] == MORE
    assert states.count("waiting") == PEOPLE - SEATS - MORE
    assert after["offers"] == MORE
