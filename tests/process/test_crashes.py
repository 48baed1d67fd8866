"""Power cuts: the worker is killed while it sends, the database while a request is at it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter

import pytest

from tests.mail.smtp import Inbox, smtp_server
from tests.postgres import postgres_server
from tests.process.site_data import register_over_http, report, seed
from tests.processes import ROOT, RunningSite, environment_of, running_site

pytestmark = pytest.mark.process

#: What the schedule does every minute, at once.
WHAT_IS_SCHEDULED = """
from django_q.models import Schedule
from django_q.tasks import async_task
async_task(Schedule.objects.get(name__contains="mails").func)
"""


def wait_until_sent(site: RunningSite, seconds: float = 150) -> None:
    ends_at = time.monotonic() + seconds
    while {state for _, state, _ in report(site)["mails"]} != {"sent"}:
        assert time.monotonic() < ends_at, f"{report(site)['mails']}\n{site.log}"
        time.sleep(1)


@pytest.mark.both_databases
def test_a_worker_killed_while_sending_loses_no_mail(migrated_database_url):
    inbox = Inbox(pause=0.3)
    with (
        smtp_server(inbox) as port,
        running_site(
            migrated_database_url, is_migrated=True, EMAIL_URL=f"smtp://127.0.0.1:{port}", MAIL_RECLAIM_SECONDS="1"
        ) as site,
    ):
        seed(site, None)
        for number in range(12):
            assert register_over_http(site, number)[0] == 302
        site.start_worker()
        inbox.wait_for(3)
        time.sleep(0.1)
        site.kill_worker()
        assert "sent" in {state for _, state, _ in report(site)["mails"]}
        site.manage("shell", "-c", WHAT_IS_SCHEDULED)
        site.start_worker()
        wait_until_sent(site)
        guids = {guid for guid, _, _ in report(site)["mails"]}

    arrived = Counter(mail["Message-ID"].strip("<>").split("@")[0] for mail in inbox.mails)
    assert set(arrived) == guids
    assert len(guids) == 12
    assert sum(arrived.values()) <= 12 + 1  # at most the one that was on its way comes twice, with the same Message-ID


WAITING = 60
#: A process that hands on new places, of a ticket type and of a session, five at a time, and says so each time.
RAISE = f"""
from django.utils import timezone
from registrations.domain import session_places, waiting
from registrations.domain.places import change_capacity
from registrations.jobs import _hand_on_some
from registrations.models import BookableSession, TicketType
waiting.AT_ONCE = session_places.AT_ONCE = 5
seat, workshop, now = TicketType.objects.get(slug="seat"), BookableSession.objects.get(), timezone.now()
change_capacity(seat, capacity=1 + {WAITING})
session_places.change_places(workshop, capacity=1 + {WAITING})
while _hand_on_some(seat, now) | session_places._settle_some(workshop.pk, now):
    print("some", flush=True)
"""
COME = f"""
from registrations.domain.bookings import book
from registrations.models import TicketType
from tests.factories import make_bookable, make_registration, make_session, make_ticket_type
seat = TicketType.objects.select_related("event").get()
workshop = make_bookable(make_session(seat.event, start="09:00"), capacity=1)
people = [make_registration(seat) for _ in range(1 + {WAITING})]
other = make_ticket_type(seat.event)
people = [book(make_registration(other), bookable=workshop) for _ in range(1 + {WAITING})]
"""
GO_ON = "from registrations import jobs; jobs.hand_on_places(), jobs.look_after_sessions()"


@pytest.mark.both_databases
def test_a_process_killed_while_it_hands_on_places_loses_and_doubles_none(migrated_database_url, tmp_path):
    site = RunningSite(0, tmp_path, environment_of(migrated_database_url, tmp_path, 0))
    seed(site, 1)
    site.manage("shell", "-v", "0", "-c", COME)
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", RAISE]
    with subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True) as process:
        for _batch in range(3):
            assert process.stdout.readline() == "some\n"
        process.kill()
    broken = report(site)
    site.manage("shell", "-v", "0", "-c", GO_ON)
    whole = report(site)

    for found in (broken, whole):
        statuses, bookings = Counter(found["statuses"]), Counter(found["bookings"])
        mails = Counter(kind for _, _, kind in found["mails"])
        assert found["seats_taken"] == 1 + statuses["offered"]
        assert mails["registration_offered"] == statuses["offered"]
        assert mails["session_offered"] == bookings["offered"]
    assert Counter(broken["statuses"])["offered"] in range(20, WAITING + 1, 5)
    assert Counter(broken["bookings"])["offered"] in range(20, WAITING + 1, 5)
    assert Counter(whole["statuses"]) == {"confirmed": 1, "offered": WAITING}
    assert Counter(whole["bookings"]) == {"booked": 1, "offered": WAITING}


@pytest.mark.postgresql
def test_a_database_killed_during_a_registration_leaves_nothing_behind():
    import psycopg

    with postgres_server(is_durable=True) as server, running_site(server.url) as site:
        seed(site, 10)
        assert register_over_http(site, 1)[0] == 302
        answers: list[tuple[int, str, str]] = []
        blocker = psycopg.connect(server.url)
        blocker.execute("SELECT * FROM registrations_tickettype FOR UPDATE")
        request = threading.Thread(target=lambda: answers.append(register_over_http(site, 2)))
        request.start()
        wait_for_a_lock(server.url)
        server.kill()
        request.join(timeout=60)
        blocker.close()
        server.start()
        again = register_over_http(site, 2)
        found = report(site)

    ((status, _, page),) = answers
    assert status == 503
    assert "<html" in page
    assert "Traceback" not in page
    assert again[0] == 302
    assert found["statuses"] == ["confirmed", "confirmed"]
    assert found["seats_taken"] == 2
    assert len(found["mails"]) == 2


def wait_for_a_lock(url: str) -> None:
    """Return when the registration waits for the row that the test holds."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as watcher:
        for _ in range(300):
            query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            if watcher.execute(query).fetchone()[0]:
                return
            time.sleep(0.1)
    raise AssertionError("the registration does not wait")
