"""The word of the one solid button, to the second."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from events.enums import AttendanceMode, DocumentKind, EventStatus
from forum_site.lib.errors import DomainError
from registrations.enums import OfferState
from registrations.queries.main_button import main_button_of
from registrations.queries.offers import offer_of
from tests.factories import at, make_document, make_event, make_registration, make_session, make_ticket_type

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def event():
    """Two days in Shanghai, registration without limit of time."""
    event = make_event(slug="forum", starts_on=DAY)
    make_ticket_type(event)
    return event


def words(event, moment, **asked):
    """The button's words one second before a moment, at it and one second after; "" where there is none."""
    found = [main_button_of(event, at=moment + shift, **asked) for shift in (-SECOND, SECOND - SECOND, SECOND)]
    return [button.word if button else "" for button in found]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"])
def test_the_button_turns_with_the_first_start_and_the_last_end(zone):
    event = make_event(starts_on=DAY, timezone_name=zone)
    make_ticket_type(event)
    make_session(event, start="09:00", end="10:00", recording_url="https://video.example/1")
    make_session(event, start="09:00", end="17:30", day=1)

    assert words(event, at(event, "09:00")) == ["Register", "Join now", "Join now"]
    assert words(event, at(event, "00:00", day=1)) == ["Join now"] * 3
    assert words(event, at(event, "17:30", day=1)) == ["Join now", "Watch", "Watch"]
    assert words(event, at(event, "12:00", day=90)) == ["Watch"] * 3


def test_without_recordings_there_is_nothing_afterwards(event):
    make_session(event, start="09:00", end="10:00", day=1)

    assert words(event, at(event, "10:00", day=1)) == ["Join now", "", ""]


def test_recordings_among_the_documents_can_be_watched_too(event, django_assert_num_queries):
    make_session(event, start="09:00", end="10:00", day=1)
    after = at(event, "10:00", day=1)
    make_document(event, kind=DocumentKind.REPORT, published_at=after)
    make_document(event, kind=DocumentKind.VIDEO, published_at=after + dt.timedelta(hours=1))

    found = []
    for minutes in (59, 60):
        fresh = type(event).objects.get(pk=event.pk)
        with django_assert_num_queries(2):
            found += [main_button_of(fresh, at=after + dt.timedelta(minutes=minutes)) for _button_of_page in range(3)]

    assert [button and button.word for button in found] == [None, None, None, "Watch", "Watch", "Watch"]


def test_where_only_days_are_known_the_button_turns_at_midnight_of_the_edition(event):
    make_session(event)

    assert words(event, at(event, "00:00")) == ["Register", "Join now", "Join now"]
    assert words(event, at(event, "00:00", day=2)) == ["Join now", "", ""]


def test_without_a_programme_there_is_nothing_to_join(event):
    assert words(event, at(event, "00:00")) == ["Register"] * 3


def test_an_edition_in_rooms_only_is_not_joined_from_elsewhere(event):
    event.attendance_mode = AttendanceMode.ONSITE
    make_session(event, start="09:00", end="10:00")

    assert words(event, at(event, "09:30")) == ["Register"] * 3


def test_the_button_turns_with_the_window_of_registration():
    event = make_event(starts_on=DAY)
    make_ticket_type(event, opens_at=at(event, "08:00", day=-9), closes_at=at(event, "18:00", day=-2))

    assert words(event, at(event, "08:00", day=-9)) == ["", "Register", "Register"]
    assert words(event, at(event, "18:00", day=-2)) == ["Register", "", ""]


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_registration_closes_with_the_last_session_unless_its_own_window_says_otherwise(zone):
    event = make_event(starts_on=DAY, timezone_name=zone)
    open_type = make_ticket_type(event)
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", end="17:30", day=1)

    def states(moment):
        fresh = [type(event).objects.get(pk=event.pk) for _ in range(2)]
        return [offer_of(one, moment - shift).state for one, shift in zip(fresh, (SECOND, dt.timedelta()), strict=True)]

    assert states(at(event, "17:30")) == [OfferState.OPEN, OfferState.OPEN]
    assert states(at(event, "17:30", day=1)) == [OfferState.OPEN, OfferState.CLOSED]
    assert offer_of(event, at(event, "18:00", day=1)).closed_at == at(event, "17:30", day=1)
    with time_machine.travel(at(event, "17:31", day=1), tick=False), pytest.raises(DomainError, match="closed"):
        make_registration(open_type)
    make_ticket_type(event, closes_at=at(event, "20:00", day=1))
    assert states(at(event, "17:30", day=1)) == [OfferState.OPEN, OfferState.OPEN]
    assert states(at(event, "20:00", day=1)) == [OfferState.OPEN, OfferState.CLOSED]


def test_without_a_known_end_registration_closes_with_the_last_day(event):
    make_session(event, start="09:00", day=1)

    assert offer_of(event, at(event, "00:00", day=2) - SECOND).state == OfferState.OPEN
    assert offer_of(event, at(event, "00:00", day=2)).state == OfferState.PAST


def test_only_the_last_day_asks_for_the_programme(event, django_assert_num_queries):
    make_ticket_type(event)
    for day, queries in ((0, 1), (1, 2)):
        fresh = type(event).objects.get(pk=event.pk)
        with django_assert_num_queries(queries):
            offer_of(fresh, at(event, "09:30", day=day))


def test_the_page_of_what_is_live_offers_registration_instead_of_itself(event):
    make_session(event, start="09:00", end="10:00")

    assert words(event, at(event, "09:30"), here="live") == ["Register"] * 3


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_what_was_called_off_has_no_button(event, status):
    event.status = status
    make_session(event, start="09:00", end="10:00", recording_url="https://video.example/1")

    for day in (-5, 0, 5):
        assert words(event, at(event, "09:30", day=day)) == ["", "", ""]


def test_the_button_leads_where_its_word_says(event):
    make_session(event, start="09:00", end="10:00", day=1, recording_url="https://video.example/1")
    found = [main_button_of(event, at=at(event, "09:30", day=day)) for day in (-1, 1, 2)]

    assert [(button.url, button.is_live) for button in found] == [
        ("/en/events/forum/register/", False),
        ("/en/events/forum/live/", True),
        ("/en/events/forum/documents/#kind-video", False),
    ]
