"""What the agenda marks while the edition is running."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from events.enums import EventStatus, SessionStatus, SessionType
from events.queries.agenda import agenda_days
from events.queries.now import now_in
from tests.factories import at, make_appearance, make_event, make_session

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)


@pytest.fixture
def event():
    return make_event(slug="forum", starts_on=DAY, timezone_name="Asia/Shanghai")


def marked(event, clock, *, day=0):
    """The kind and the object that carry the mark at this time of the n-th day."""
    now = now_in(event, agenda_days(event), at=at(event, clock, day=day))
    return now and now.marked


def test_running_session_is_marked_from_its_start_until_just_before_its_end(event):
    session = make_session(event, start="09:00", end="10:00")

    assert marked(event, "08:59") is None
    assert marked(event, "09:00") == marked(event, "09:59") == ("slot", session.pk)
    assert marked(event, "10:00") is None


def test_running_talk_is_marked_rather_than_its_session(event):
    session = make_session(event, start="09:00", end="10:00")
    first = make_appearance(session, starts_at=at(event, "09:00"), ends_at=at(event, "09:20"))
    second = make_appearance(session, starts_at=at(event, "09:30"))

    assert marked(event, "09:10") == ("talk", first.pk)
    assert marked(event, "09:25") == ("slot", session.pk)
    assert marked(event, "09:59") == ("talk", second.pk)


def test_talk_of_a_part_without_an_end_runs_until_the_next(event):
    whole = make_session(event, start="09:00", end="10:00")
    part = make_session(event, parent=whole)
    first = make_appearance(part, starts_at=at(event, "09:00"))
    make_appearance(part, starts_at=at(event, "09:30"))

    now = now_in(event, agenda_days(event), at=at(event, "09:29"))

    assert now.marked == ("talk", first.pk)
    assert now.is_live("session", whole.pk)


def test_session_without_an_end_runs_until_the_next_slot(event):
    session = make_session(event, start="09:00")
    make_session(event, start="11:00")

    assert marked(event, "10:59") == ("slot", session.pk)
    assert marked(event, "11:00") is None


def test_breaks_are_marked_and_cancelled_sessions_are_not(event):
    tea = make_session(event, start="10:00", end="10:15", type=SessionType.BREAK)
    make_session(event, start="11:00", end="12:00", status=SessionStatus.CANCELLED)

    assert marked(event, "10:05") == ("slot", tea.pk)
    assert marked(event, "11:05") is None


def test_session_past_midnight_is_marked_on_the_next_day_too(event):
    night = make_session(event, start="23:00", ends_at=at(event, "01:00", day=2), day=1)

    now = now_in(event, agenda_days(event), at=at(event, "00:30", day=2))

    assert (now.marked, now.today) == (("slot", night.pk), DAY + dt.timedelta(days=2))


def test_nothing_runs_before_after_or_where_the_edition_was_called_off(event):
    make_session(event, start="00:00", end="23:00")

    assert now_in(event, agenda_days(event), at=at(event, "12:00", day=-1)) is None
    assert now_in(event, agenda_days(event), at=at(event, "12:00", day=3)) is None
    event.status = EventStatus.POSTPONED
    assert now_in(event, agenda_days(event), at=at(event, "12:00")) is None


def test_agenda_says_today_now_and_live(client, event):
    make_session(event, start="09:00", end="10:00", title_en="Opening")
    make_session(event, start="09:00", end="10:00", day=1)

    with time_machine.travel(at(event, "09:30", day=-3), tick=False):
        before = client.get("/en/events/forum/agenda/").content.decode()
    with time_machine.travel(at(event, "09:30"), tick=False):
        page = client.get("/en/events/forum/agenda/").content.decode()

    assert page.count('aria-current="date"') == page.count("Today</small>") == 1
    assert page.count('<span class="now">Now</span>') == 1
    assert page.count('class="chip chip-live"') == 2
    assert page.count('class="chip chip-live" hidden') == 1
    assert 'data-from="2026-12-10T01:00Z" data-until="2026-12-10T02:00Z"' in page
    assert "js/now.js" in page
    for mark in ("Today</small>", 'class="now"', "chip-live", "data-from", "js/now.js"):
        assert mark not in before
