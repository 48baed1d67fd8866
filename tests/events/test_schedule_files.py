"""schedule.xml and schedule.json, for conference apps."""

from __future__ import annotations

import datetime as dt
import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.versions import publish_version
from events.enums import SessionStatus, SessionType
from tests.factories import at, make_appearance, make_event, make_room, make_session, make_speaker, make_track

pytestmark = pytest.mark.django_db
#: What the schema demands of each event, and its patterns.
PATTERNS = {
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "start": r"[0-2]\d:[0-5]\d",
    "duration": r"\d\d:\d\d",
    "slug": r"[a-z0-9_]{4,}-[a-z0-9\-_]{4,}",
    "url": r"https?://.*",
}


@pytest.fixture
def event():
    return make_event(slug="forum-26", starts_on=dt.date(2026, 12, 10), name_en="Forum", name_zh_hans="论坛")


def xml(client, event, language="en"):
    response = client.get(f"/{language}/events/{event.slug}/schedule.xml")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ET.fromstring(response.content)


def of_json(client, event, language="en"):
    response = client.get(f"/{language}/events/{event.slug}/schedule.json")
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)["schedule"]


def test_both_files_hold_the_programme_in_the_language_of_the_address(client, event):
    hall, track = make_room(name_en="Hall", name_zh_hans="大厅"), make_track(event, slug="water", name_en="Water")
    session = make_session(
        event,
        slug="opening",
        start="09:00",
        end="10:15",
        title_en="Opening",
        title_zh_hans="开幕式",
        room=hall,
        track=track,
    )
    speaker = make_speaker(name_en="Ada Lane")
    make_appearance(session, speaker)
    publish_version(event)

    root, data = xml(client, event), of_json(client, event)

    [found] = root.iter("event")
    [listed] = data["conference"]["days"][0]["rooms"]["Hall"]
    assert found.get("guid") == listed["guid"] == str(session.guid)
    assert found.get("id") == str(listed["id"])
    for name in ("title", "date", "start", "duration", "room", "slug", "track", "type", "url", "abstract"):
        assert found.findtext(name) == listed[name]
    assert (listed["date"], listed["duration"], listed["track"]) == ("2026-12-10T09:00:00+08:00", "01:15", "Water")
    assert [(one.text, one.get("guid")) for one in found.iter("person")] == [("Ada Lane", str(speaker.guid))]
    assert root.findtext("version") == data["version"] == "1"
    assert next(xml(client, event, "zh-hans").iter("event")).findtext("title") == "开幕式"
    assert "大厅" in of_json(client, event, "zh-hans")["conference"]["days"][0]["rooms"]


def test_xml_has_the_order_and_patterns_of_the_schema(client, event):
    make_session(event, slug="a", start="09:00", title_en="No end \x0b here")
    make_session(event, start="10:00", end="11:00", day=1)

    root = xml(client, event)

    assert [one.tag for one in root] == ["generator", "url", "version", "conference", "day", "day"]
    assert re.fullmatch(r"[a-z0-9_-]{4,}", root.findtext("conference/acronym"))
    for found in root.iter("event"):
        assert {"room", "title", "type", "abstract", "track"} <= {one.tag for one in found}
        for name, pattern in PATTERNS.items():
            assert re.fullmatch(pattern, found.findtext(name)), name
    assert [day.get("index") for day in root.iter("day")] == ["1", "2"]


def test_session_past_midnight_belongs_to_its_conference_day(client, event):
    make_session(event, start="22:00", ends_at=at(event, "05:00", day=1), title_en="Long night")
    make_session(event, start="09:00", day=1)

    first, second = xml(client, event).iter("day")

    assert [one.findtext("title") for one in first.iter("event")] == ["Long night"]
    assert (first.get("start"), first.get("end")) == ("2026-12-10T04:00:00+08:00", "2026-12-11T05:00:00+08:00")
    assert len(list(second.iter("event"))) == 1


def test_breaks_parts_cancelled_drafts_and_untimed_sessions_are_no_events(client, event):
    whole = make_session(event, start="09:00", title_en="Plenary")
    make_session(event, parent=whole, start="09:00", label_en="Part I", title_en="Speeches")
    make_session(event, start="10:00", type=SessionType.BREAK)
    make_session(event, start="11:00", status=SessionStatus.CANCELLED)
    make_session(event, start="11:00", status=SessionStatus.DRAFT)
    make_session(event)

    [found] = xml(client, event).iter("event")

    assert found.findtext("title") == "Plenary"
    assert found.findtext("description") == "Part I Speeches"


def test_programme_without_times_is_still_a_whole_file(client, event):
    root = xml(client, event)

    assert (root.findtext("version"), len(root.findall("day")), list(root.iter("event"))) == ("0", 1, [])
    assert of_json(client, event)["conference"]["days"] == []


def test_files_ask_the_same_however_many_sessions(client, event):
    def queries():
        xml(client, event)
        with CaptureQueriesContext(connection) as captured:
            of_json(client, event, "zh-hans")
        return len(captured)

    make_appearance(make_session(event, start="09:00", room=make_room(), track=make_track(event)))
    few = queries()
    for _number in range(20):
        make_appearance(make_session(event, start="10:00", room=make_room(), track=make_track(event)))

    assert queries() == few <= 8


def test_agenda_leads_to_the_files(client, event):
    make_session(event, start="09:00")

    text = client.get("/en/events/forum-26/agenda/").content.decode()

    assert text.count('href="/en/events/forum-26/schedule.xml"') == 2
    assert text.count('href="/en/events/forum-26/schedule.json"') == 2
