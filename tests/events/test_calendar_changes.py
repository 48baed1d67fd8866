"""What subscribed calendars learn of changes."""

from __future__ import annotations

import datetime as dt

import ics
import pytest
import vobject
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from events.enums import EventStatus, SessionStatus
from events.models import CalendarRecord, Event, Session
from tests.factories import at, make_appearance, make_event, make_room, make_session, make_track

both_databases = pytest.mark.both_databases
pytestmark = [pytest.mark.django_db, both_databases]


@pytest.fixture
def event():
    return make_event(slug="forum")


@pytest.fixture
def session(event):
    return make_session(event, slug="opening", start="09:00", end="10:00", title_en="Opening")


def feed(client, event, rest="agenda.ics"):
    """The entries of a feed by the identifier of the session."""
    response = client.get(f"/en/events/{event.slug}/{rest}")
    assert response.status_code == 200
    return {str(one["UID"]).partition("@")[0]: one for one in Calendar.from_ical(response.content).walk("VEVENT")}


def entry(client, session, rest="agenda.ics"):
    """The sequence, status and title of a session in a feed."""
    found = feed(client, session.event, rest)[str(session.guid)]
    return int(found["SEQUENCE"]), str(found["STATUS"]), str(found["SUMMARY"]).partition(" – ")[0]


def change(session, **fields):
    """Change a session by SQL, as imports and bulk actions do."""
    Session.objects.filter(pk=session.pk).update(**fields)


@pytest.mark.parametrize("what", ["title", "time", "room", "status"])
def test_sequence_rises_with_what_matters_to_a_calendar(client, session, what):
    fields = {
        "title": {"title_en": "Grand opening"},
        "time": {"starts_at": at(session.event, "09:30")},
        "room": {"room": make_room()},
        "status": {"status": SessionStatus.CANCELLED},
    }
    before = feed(client, session.event)[str(session.guid)]

    change(session, **fields[what])

    after = feed(client, session.event)[str(session.guid)]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")


def test_sequence_of_other_sessions_and_of_other_changes_stays(client, session):
    other = make_session(session.event, start="11:00")
    before = entry(client, other)[0], entry(client, session)[0]

    change(session, abstract_en="About much.", title_en=session.title_en)
    make_appearance(session)
    session.save()
    change(other, title_en="Another")

    assert entry(client, session)[0] == before[1]
    assert entry(client, other)[0] > before[0]


def test_sequence_rises_for_all_when_the_edition_is_postponed(client, session):
    before, _status, _title = entry(client, session)

    Event.objects.filter(pk=session.event_id).update(status=EventStatus.POSTPONED)

    assert entry(client, session)[:2] == (before + 2, "TENTATIVE")


@pytest.mark.parametrize("how", ["delete", "draft", "embargo", "part"])
@pytest.mark.parametrize("rest", ["agenda.ics", "sessions/opening.ics", "agenda.ics?sessions=opening"])
def test_withdrawn_session_stays_as_cancelled_without_its_title(client, session, how, rest):
    before, _status, _title = entry(client, session)
    whole = make_session(session.event, start="08:00")

    ways = {
        "delete": lambda: session.delete(),
        "draft": lambda: change(session, status=SessionStatus.DRAFT, title_en="Secret now"),
        "embargo": lambda: change(session, publish_at=timezone.now() + dt.timedelta(days=1)),
        "part": lambda: change(session, parent=whole),
    }
    ways[how]()

    if how == "part" and rest.startswith("sessions/"):
        return  # a part leads to its whole
    sequence, status, title = entry(client, session, rest)
    assert (status, title) == ("CANCELLED", "Session withdrawn")
    assert sequence > before


def test_withdrawn_session_comes_back_with_a_higher_number(client, session):
    change(session, status=SessionStatus.DRAFT)
    gone, _status, _title = entry(client, session)

    change(session, status=SessionStatus.PUBLISHED)

    back, status, title = entry(client, session)
    assert (status, title) == ("CONFIRMED", "Opening")
    assert back > gone


def test_session_that_the_clock_brings_back_has_a_higher_number(client, session):
    change(session, publish_at=timezone.now() + dt.timedelta(days=1))
    gone, _status, _title = entry(client, session)
    triggered = CalendarRecord.objects.get(guid=session.guid)

    Session.objects.filter(pk=session.pk).update(publish_at=None)
    CalendarRecord.objects.filter(guid=session.guid).update(
        withdrawn_at=triggered.withdrawn_at, sequence=triggered.sequence
    )  # as if no trigger had seen the embargo end

    back, status, _title = entry(client, session)
    assert (back, status) == (gone + 1, "CONFIRMED")


def test_what_was_never_public_is_not_taken_back(client, event):
    make_session(event, status=SessionStatus.DRAFT).delete()
    make_session(event, publish_at=timezone.now() + dt.timedelta(days=1)).delete()
    hidden = make_event(status=EventStatus.DRAFT)
    make_session(hidden).delete()

    assert feed(client, event) == {}
    assert not CalendarRecord.objects.filter(withdrawn_at__isnull=False).exists()


def test_withdrawn_session_is_named_only_in_the_feeds_that_had_it(client, event):
    track = make_track(event, slug="water")
    session = make_session(event, start="09:00", track=track)
    make_session(event, start="11:00", day=1)
    guid = str(session.guid)
    session.delete()

    assert guid in feed(client, event, "agenda.ics?track=water")
    assert guid not in feed(client, event, "agenda.ics?track=fire")
    assert guid in feed(client, event, f"agenda.ics?day={event.starts_on}")
    assert guid not in feed(client, event, f"agenda.ics?day={event.ends_on}")


def test_deleted_edition_leaves_nothing_behind(event, session):
    event.delete()

    assert not CalendarRecord.objects.exists()


def test_four_readers_agree_on_a_withdrawn_session(client, event, session):
    start, end = session.starts_at, session.ends_at
    session.delete()
    content = client.get("/en/events/forum/agenda.ics").content

    [by_icalendar] = Calendar.from_ical(content).walk("VEVENT")
    [by_ics] = ics.Calendar(content.decode()).events
    by_vobject = vobject.readOne(content.decode()).vevent
    [by_ical] = IcsCalendarStream.calendar_from_ics(content.decode()).events

    assert by_icalendar.decoded("DTSTART") == by_ics.begin.datetime == by_vobject.dtstart.value == by_ical.dtstart
    assert by_ical.dtstart == start
    assert by_icalendar.decoded("DTEND") == by_ics.end.datetime == by_vobject.dtend.value == by_ical.dtend == end
    assert {by_vobject.status.value, by_ical.status.value} == {"CANCELLED"}
