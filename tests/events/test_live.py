"""What runs now, what comes next, and when it goes on."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from events.enums import EventStatus, SessionStatus, SessionType
from events.queries.live import live_of
from events.templatetags.agenda import resume_words
from tests.factories import at, make_appearance, make_event, make_room, make_session, make_ticket_type, make_venue

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)


@pytest.fixture
def event():
    return make_event(slug="forum", starts_on=DAY)


@pytest.fixture
def rooms():
    venue = make_venue()
    return [make_room(venue, name_en=name, position=number) for number, name in enumerate(("Hall", "Stream"), 1)]


def lanes(live):
    """Room, running titles and coming titles of each lane."""
    return [
        (
            str(lane.room or ""),
            [one.entry.session.title_en for one in lane.running],
            [one.session.title_en for one in lane.coming],
        )
        for lane in live.lanes
    ]


def words(event, clock, *, day=0):
    return str(resume_words(live_of(event, at=at(event, clock, day=day)), event))


def test_each_room_says_what_runs_and_what_comes_next(event, rooms):
    hall, stream = rooms
    make_session(event, start="09:00", end="10:00", room=stream, title_en="A")
    make_session(event, start="09:30", end="10:30", room=hall, title_en="B")
    make_session(event, start="11:00", end="12:00", room=hall, title_en="C")
    make_session(event, start="14:00", end="15:00", room=hall, title_en="D")
    make_session(event, start="11:00", end="12:00", room=stream, title_en="Off", status=SessionStatus.CANCELLED)

    live = live_of(event, at=at(event, "09:45"))

    assert lanes(live) == [("Hall", ["B"], ["C"]), ("Stream", ["A"], [])]
    assert [one.session.title_en for one in live.later] == ["D"]
    assert lanes(live_of(event, at=at(event, "10:00"))) == [("Hall", ["B"], ["C"])]
    assert lanes(live_of(event, at=at(event, "10:30"))) == [("Hall", [], ["C"])]


def test_rooms_in_which_something_runs_come_first_and_no_room_waits_for_later(event, rooms):
    hall, stream = rooms
    make_session(event, start="09:00", end="10:00", room=stream, title_en="A")
    make_session(event, start="11:00", end="12:00", room=hall, title_en="B")
    make_session(event, start="18:00", end="20:00", title_en="Reception")

    live = live_of(event, at=at(event, "09:30"))

    assert lanes(live) == [("Stream", ["A"], []), ("Hall", [], ["B"])]
    assert [one.session.title_en for one in live.later] == ["Reception"]


def test_the_running_talk_is_named(event):
    session = make_session(event, start="09:00", end="10:00")
    talk = make_appearance(session, starts_at=at(event, "09:20"), ends_at=at(event, "09:40"))

    live = live_of(event, at=at(event, "09:30"))

    assert live.lanes[0].running[0].talk == talk


def test_a_break_is_said_once_for_all_rooms(event, rooms):
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="10:00", end="10:30", type=SessionType.BREAK, title_en="Tea")
    make_session(event, start="10:30", end="11:00", room=rooms[0], title_en="B")

    live = live_of(event, at=at(event, "10:10"))

    assert [one.session.title_en for one in live.breaks] == ["Tea"]
    assert lanes(live) == [("Hall", [], ["B"])]


def test_it_says_when_it_begins_and_goes_on(event):
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:30", end="10:00", day=1)

    assert "on Thursday 10 December at" in words(event, "09:00", day=-3)
    assert words(event, "22:00", day=-1).startswith("Begins tomorrow at")
    assert words(event, "08:59").startswith("Begins today at")
    assert words(event, "09:00") == ""
    assert words(event, "10:00").startswith('Continues tomorrow at <time datetime="2026-12-11T01:30Z"')
    assert words(event, "01:00", day=1).startswith("Continues today at")
    assert words(event, "10:00", day=1) == ""


def test_a_day_without_times_lists_its_sessions(event):
    make_session(event, title_en="A")
    make_session(event, title_en="B", day=1)

    live = live_of(event, at=at(event, "12:00"))

    assert [one.session.title_en for one in live.later] == ["A"]
    assert words(event, "12:00", day=-1) == "Begins tomorrow"


def test_after_a_timed_day_an_untimed_one_has_no_hour(event):
    make_session(event, start="09:00", end="10:00")
    make_session(event, day=1)

    assert words(event, "10:00") == "Continues tomorrow"


def test_a_session_past_midnight_runs_in_its_own_day(event):
    make_session(event, start="22:00", ends_at=at(event, "01:00", day=1), title_en="Night")
    make_session(event, start="09:00", end="10:00", day=1)

    live = live_of(event, at=at(event, "00:30", day=1))

    assert lanes(live) == [("", ["Night"], [])]
    assert live.day == DAY


def test_a_session_whose_end_nothing_tells_runs_to_the_end_of_its_day(event):
    make_session(event, start="16:00", title_en="Open", day=1)

    assert lanes(live_of(event, at=at(event, "23:59", day=1))) == [("", ["Open"], [])]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("clock", "day"), [("09:00", -5), ("09:30", 0), ("18:00", 0), ("09:00", 5)])
def test_the_page_opens_in_every_phase(client, event, rooms, language, clock, day):
    make_ticket_type(event)
    session = make_session(event, start="09:00", end="10:00", room=rooms[0], stream_url="https://stream.example/secret")
    make_appearance(session, starts_at=at(event, "09:00"))
    make_session(event, start="11:00", end="12:00", room=rooms[1])
    make_session(event, start="09:00", end="10:00", day=1)

    with time_machine.travel(at(event, clock, day=day), tick=False):
        response = client.get(f"/{language}/events/forum/live/")

    assert response.status_code == 200
    assert "stream.example" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_the_page_of_what_was_called_off_says_so(client, status):
    event = make_event(status=status)

    html = client.get(f"/en/events/{event.slug}/live/").content.decode()

    assert f"This edition has been {status}." in html


def test_the_page_costs_the_same_for_many_sessions(client, event, rooms, django_assert_max_num_queries):
    for hour in range(9, 17):
        make_appearance(make_session(event, start=f"{hour:02}:00", end=f"{hour:02}:50", room=rooms[0]))
    make_ticket_type(event)

    with time_machine.travel(at(event, "10:10"), tick=False):
        client.get("/en/editions/")
        with django_assert_max_num_queries(12):
            client.get("/en/events/forum/live/")


def test_the_page_changes_when_a_session_ends(client, event):
    make_session(event, start="09:07", end="09:13", title_en="Short")

    with time_machine.travel(at(event, "09:12"), tick=False) as clock:
        assert "Live now" in client.get("/en/events/forum/live/").content.decode()
        clock.move_to(at(event, "09:13"), tick=False)
        assert "Live now" not in client.get("/en/events/forum/live/").content.decode()
