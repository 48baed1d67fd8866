import datetime as dt

import pytest
from icalendar import Calendar

from events.enums import EventStatus, SessionStatus, SessionType
from tests.factories import make_appearance, make_event, make_room, make_session, make_speaker

pytestmark = pytest.mark.django_db


def entries(client, event, rest="agenda.ics", language="en"):
    response = client.get(f"/{language}/events/{event.slug}/{rest}")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_agenda_calendar_has_an_entry_per_session_but_no_breaks_or_parts(client):
    event = make_event()
    whole = make_session(event, start="09:00", end="10:00", title_en="Opening")
    make_session(event, parent=whole, title_en="Part")
    make_session(event, start="10:00", end="10:15", type=SessionType.BREAK)
    make_session(event, start="10:15", end="11:00", title_en="Plenary", status=SessionStatus.CANCELLED)

    found = entries(client, event)

    summaries = [(str(one["SUMMARY"]).partition(" – ")[0], str(one["STATUS"])) for one in found]
    assert summaries == [("Opening", "CONFIRMED"), ("Plenary", "CANCELLED")]


def test_session_calendar_says_when_where_and_who(client):
    event = make_event(starts_on=dt.date(2026, 12, 10))
    session = make_session(event, slug="opening", start="09:00", end="10:00", room=make_room(name_en="Founders’ Hall"))
    make_appearance(session, make_speaker(name_en="Ingrid Solvang"), label_en="Welcome remarks")

    [entry] = entries(client, event, "sessions/opening.ics")

    assert str(entry["UID"]) == f"{session.guid}@testserver"
    assert entry.decoded("DTSTART").isoformat() == "2026-12-10T09:00:00+08:00"
    assert entry.decoded("DTEND").isoformat() == "2026-12-10T10:00:00+08:00"
    assert "Founders’ Hall" in entry["LOCATION"]
    assert "Welcome remarks: Ingrid Solvang" in entry["DESCRIPTION"]
    assert str(entry["URL"]) == f"http://testserver/en/events/{event.slug}/sessions/opening/"


def test_session_calendar_speaks_the_language_of_its_address(client):
    event = make_event()
    make_session(event, slug="opening", start="09:00", title_zh_hans="开幕式")

    [entry] = entries(client, event, "sessions/opening.ics", "zh-hans")

    assert str(entry["SUMMARY"]).startswith("开幕式")


def test_session_calendar_invents_no_time_and_no_end(client):
    event = make_event(starts_on=dt.date(2026, 12, 10))
    make_session(event, slug="unknown")
    make_session(event, slug="open-end", start="09:00")

    [whole_day] = entries(client, event, "sessions/unknown.ics")
    [open_end] = entries(client, event, "sessions/open-end.ics")

    assert whole_day.decoded("DTSTART") == dt.date(2026, 12, 10)
    assert open_end.decoded("DTSTART").hour == 9
    assert "DTEND" not in open_end


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (EventStatus.PUBLISHED, "CONFIRMED"),
        (EventStatus.POSTPONED, "TENTATIVE"),
        (EventStatus.CANCELLED, "CANCELLED"),
    ],
)
def test_calendar_says_what_became_of_the_edition(client, status, word):
    event = make_event(status=status)
    make_session(event, start="09:00", end="10:00")

    [entry] = entries(client, event)

    assert str(entry["STATUS"]) == word
