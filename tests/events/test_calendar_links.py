"""Ways into one's own calendar, and feeds of a part of the programme."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from events.calendar_links import agenda_links, session_links
from events.enums import SessionStatus, SessionType
from events.queries.session import with_parts
from tests.factories import make_event, make_session, make_track

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_event(slug="forum", starts_on=dt.date(2026, 12, 10), name_en="The Forum")
    safety = make_track(event, slug="safety", name_en="Safety")
    make_session(event, slug="opening", start="09:00", end="10:00", title_en="Opening")
    make_session(event, slug="tests", start="10:00", end="11:00", title_en="Tests", track=safety)
    make_session(event, slug="closing", day=1, start="16:00", end="17:00", title_en="Closing", track=safety)
    make_session(event, start="11:00", type=SessionType.BREAK, track=safety)
    make_session(event, start="12:00", title_en="Secret", track=safety, status=SessionStatus.DRAFT)
    make_session(event, start="13:00", title_en="Secret", publish_at=timezone.now() + dt.timedelta(days=1))
    return event


def titles(client, query):
    response = client.get(f"/en/events/forum/agenda.ics{query}")
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return [str(one["SUMMARY"]).partition(" – ")[0] for one in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Opening", "Tests", "Closing"]),
        ("?day=2026-12-10", ["Opening", "Tests"]),
        ("?track=safety", ["Tests", "Closing"]),
        ("?day=2026-12-11&track=safety", ["Closing"]),
        ("?track=none", []),
        ("?sessions=opening,closing", ["Opening", "Closing"]),
        ("?sessions=", []),
    ],
)
def test_feed_gives_the_part_that_is_asked_for(client, event, query, expected):
    assert titles(client, query) == expected


@pytest.mark.parametrize("day", ["2026-12-12", "tomorrow", "2026-13-01"])
def test_feed_of_a_day_that_is_none_of_the_edition_does_not_exist(client, event, day):
    assert client.get(f"/en/events/forum/agenda.ics?day={day}").status_code == 404


def test_agenda_links_are_those_of_the_whole_its_days_and_its_tracks(event):
    links = agenda_links(event, event.days, event.tracks.all())

    assert links.file == "/en/events/forum/agenda.ics"
    assert links.webcal == "webcal://testserver/en/events/forum/agenda.ics"
    assert parse_qs(urlsplit(links.google).query) == {"cid": [links.webcal]}
    assert links.microsoft_365 == links.outlook.replace("outlook.live.com", "outlook.office.com")
    assert parse_qs(urlsplit(links.outlook).query) == {"url": [f"http://testserver{links.file}"], "name": ["The Forum"]}
    assert [(part.label, part.file.partition("?")[2]) for part in links.parts] == [
        ("Thursday 10 December", "day=2026-12-10"),
        ("Friday 11 December", "day=2026-12-11"),
        ("Safety", "track=safety"),
    ]


def test_session_links_open_the_same_entry(event):
    links = session_links(event, with_parts(event, event.sessions.get(slug="opening")))

    assert links.file == "/en/events/forum/sessions/opening.ics"
    assert parse_qs(urlsplit(links.google).query)["dates"] == ["20261210T090000/20261210T100000"]
    assert parse_qs(urlsplit(links.outlook).query)["startdt"] == ["2026-12-10T01:00:00+00:00"]
    assert links.microsoft_365 == links.outlook.replace("outlook.live.com", "outlook.office.com")


@pytest.mark.parametrize("rest", ["agenda/", "sessions/opening/"])
def test_page_offers_calendars(client, event, rest):
    html = client.get(f"/en/events/forum/{rest}").content.decode()

    assert "Add to calendar" in html
    for link in re.findall(r'href="(/[^"]+\.ics[^"]*)"', html):
        assert client.get(link.replace("&amp;", "&"))["Content-Type"].startswith("text/calendar")
    assert html.count("webcal://testserver/") >= 1
    for host in ("calendar.google.com", "outlook.live.com", "outlook.office.com"):
        assert html.count(f'href="https://{host}/') == 1


def test_feed_needs_as_many_queries_for_many_as_for_one(client):
    counts = []
    for number in (1, 30):
        event = make_event()
        for _ in range(number):
            make_session(event, start="09:00")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/events/{event.slug}/agenda.ics?day={event.starts_on}")
        counts.append(len(queries))

    assert counts[0] == counts[1]
