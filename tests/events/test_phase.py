"""Where an edition stands, to the second."""

from __future__ import annotations

import datetime as dt

import pytest

from events.enums import EventStatus, Phase, SessionStatus, SessionType
from events.models import Event
from events.queries.phase import count_sessions, phase_of
from tests.factories import at, make_event, make_session

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def event():
    """Two days, 10 and 11 December, in Shanghai."""
    return make_event(starts_on=DAY)


def around(event, moment):
    """The phase one second before a moment, at it and one second after."""
    return [phase_of(event, at=moment + shift) for shift in (-SECOND, dt.timedelta(), SECOND)]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_edition_is_live_from_its_first_start_to_its_last_end(zone):
    event = make_event(starts_on=DAY, timezone_name=zone)
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="16:00", end="17:30", day=1)

    assert around(event, at(event, "09:00")) == [Phase.BEFORE, Phase.LIVE, Phase.LIVE]
    assert phase_of(event, at=at(event, "03:00", day=1)) == Phase.LIVE
    assert around(event, at(event, "17:30", day=1)) == [Phase.LIVE, Phase.AFTER, Phase.AFTER]


def test_without_a_programme_the_days_count(event):
    assert around(event, at(event, "00:00")) == [Phase.BEFORE, Phase.LIVE, Phase.LIVE]
    assert around(event, at(event, "00:00", day=2)) == [Phase.LIVE, Phase.AFTER, Phase.AFTER]


def test_days_whose_times_are_not_known_count_as_a_whole(event):
    make_session(event)
    make_session(event, day=1, start="09:00")

    assert around(event, at(event, "00:00"))[1] == Phase.LIVE
    assert around(event, at(event, "00:00", day=2)) == [Phase.LIVE, Phase.AFTER, Phase.AFTER]


def test_an_end_that_is_not_known_is_the_next_start(event):
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", day=1)
    make_session(event, start="16:00", end="17:00", day=1)

    assert around(event, at(event, "17:00", day=1)) == [Phase.LIVE, Phase.AFTER, Phase.AFTER]


def test_a_night_session_belongs_to_the_edition(event):
    make_session(event, start="22:00", day=1, ends_at=at(event, "02:00", day=2))

    assert around(event, at(event, "02:00", day=2)) == [Phase.LIVE, Phase.AFTER, Phase.AFTER]


def test_what_does_not_take_place_or_is_not_public_does_not_count(event):
    make_session(event, start="07:00", end="08:00", status=SessionStatus.CANCELLED)
    make_session(event, start="08:00", end="09:00", type=SessionType.BREAK)
    make_session(event, start="08:30", end="09:30", status=SessionStatus.DRAFT)
    make_session(event, start="10:00", end="11:00")

    assert around(event, at(event, "10:00")) == [Phase.BEFORE, Phase.LIVE, Phase.LIVE]


@pytest.mark.parametrize("status", [EventStatus.POSTPONED, EventStatus.CANCELLED])
def test_what_was_called_off_is_never_live(event, status):
    event.status = status

    assert {phase_of(event, at=at(event, "12:00", day=day)) for day in (-9, 0, 9)} == {Phase.OFF}


def test_before_its_days_nothing_is_asked_and_then_once(event, django_assert_num_queries):
    make_session(event, start="09:00", end="10:00")
    make_session(event, type=SessionType.BREAK)
    event = Event.objects.get()

    with django_assert_num_queries(0):
        phase_of(event, at=at(event, "23:59", day=-1))
    with django_assert_num_queries(1):
        assert [phase_of(event, at=at(event, "12:00")), count_sessions(event)] == [Phase.LIVE, 1]
