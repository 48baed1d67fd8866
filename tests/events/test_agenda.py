import datetime as dt

import pytest
from django.utils import timezone, translation

from events.enums import SessionStatus, SessionType
from events.queries.agenda import agenda_days, only
from tests.factories import at, make_appearance, make_event, make_room, make_session, make_speaker, make_track

pytestmark = pytest.mark.django_db


def titles(slot):
    return [one.session.title for one in slot.sessions]


def test_agenda_puts_sessions_that_start_together_side_by_side():
    event = make_event()
    make_session(event, start="14:00", end="15:30", title_en="B", position=2)
    make_session(event, start="14:00", end="15:00", title_en="A", position=1)
    make_session(event, start="09:00", end="10:00", title_en="Opening")
    make_session(event, start="14:00", day=1, title_en="Next day")

    first, second = agenda_days(event)

    assert [titles(slot) for slot in first.slots] == [["Opening"], ["A", "B"]]
    assert [titles(slot) for slot in second.slots] == [["Next day"]]
    assert (first.slots[1].starts_at, first.slots[1].ends_at) == (at(event, "14:00"), at(event, "15:30"))
    assert (first.slots[1].is_parallel, second.slots[0].ends_at) == (True, None)


def test_agenda_keeps_breaks_alone():
    event = make_event()
    make_session(event, start="14:00", title_en="Session")
    make_session(event, start="14:00", title_en="Tea", type=SessionType.BREAK, position=1)

    [day] = agenda_days(event)

    assert [(titles(slot), slot.is_break) for slot in day.slots] == [(["Session"], False), (["Tea"], True)]


def test_agenda_puts_sessions_without_a_time_at_the_end_each_alone():
    event = make_event()
    make_session(event, title_en="Unknown 1")
    make_session(event, title_en="Unknown 2")
    make_session(event, start="16:00", title_en="Known")

    [day] = agenda_days(event)

    assert [titles(slot) for slot in day.timed] == [["Known"]]
    assert [titles(slot) for slot in day.untimed] == [["Unknown 1"], ["Unknown 2"]]


def test_agenda_keeps_what_runs_past_midnight_on_its_day():
    event = make_event()
    make_session(event, start="23:00", end="23:30", title_en="Reception")
    make_session(event, title_en="Night", starts_at=at(event, "00:30", day=1), ends_at=at(event, "02:00", day=1))

    [day] = agenda_days(event)

    assert (day.date, [titles(slot) for slot in day.slots]) == (event.starts_on, [["Reception"], ["Night"]])


def test_agenda_puts_parts_with_their_own_people_under_their_whole():
    event = make_event()
    plenary = make_session(event, start="10:30", end="12:00", title_en="Plenary")
    make_appearance(plenary, make_speaker(name_en="Host"))
    second = make_session(event, start="11:15", parent=plenary, label_en="Part II")
    first = make_session(event, start="10:30", parent=plenary, label_en="Part I")
    make_appearance(first, make_speaker(name_en="Two"), position=2)
    make_appearance(first, make_speaker(name_en="One"), position=1)
    make_appearance(second, make_speaker(name_en="Three"))

    [day] = agenda_days(event)
    [entry] = day.slots[0].sessions

    assert [part.session.label for part in entry.parts] == ["Part I", "Part II"]
    assert [talk.name for talk in entry.all_talks] == ["Host", "One", "Two", "Three"]


def test_agenda_prints_a_heading_once():
    event = make_event()
    make_session(event, start="09:00", section_heading_en="AI TODAY", section_heading_zh_hans="今日之AI")
    make_session(event, start="10:00", section_heading_en="AI TODAY", section_heading_zh_hans="今日之AI")
    make_session(event, start="11:00")
    make_session(event, start="12:00", section_heading_en="TOMORROW")

    with translation.override("zh-hans"):
        [day] = agenda_days(event)

    assert [slot.section_heading for slot in day.slots] == ["今日之AI", "", "", "TOMORROW"]


def test_agenda_hides_drafts_embargoes_and_people_not_announced():
    event = make_event()
    later = timezone.now() + dt.timedelta(hours=1)
    shown = make_session(event, title_en="Shown", status=SessionStatus.CANCELLED)
    make_appearance(shown, make_speaker(name_en="Announced"))
    make_appearance(shown, make_speaker(name_en="Secret"), is_announced=False)
    make_session(event, title_en="Draft", status=SessionStatus.DRAFT)
    embargoed = make_session(event, title_en="Embargoed", publish_at=later)
    make_session(event, title_en="Part of what is under embargo", parent=embargoed)
    make_session(event, title_en="Draft part", parent=shown, status=SessionStatus.DRAFT)

    [day] = agenda_days(event)
    [after] = agenda_days(event, at=later)

    assert [titles(slot) for slot in day.slots] == [["Shown"]]
    [entry] = day.slots[0].sessions
    assert (entry.parts, [talk.name for talk in entry.talks]) == ([], ["Announced"])
    assert [titles(slot) for slot in after.slots] == [["Shown"], ["Embargoed"]]


@pytest.mark.parametrize("sessions", [1, 30])
def test_agenda_needs_two_queries(sessions, django_assert_num_queries):
    event = make_event()
    for number in range(sessions):
        session = make_session(event, start=f"{9 + number % 10:02}:00", room=make_room(), track=make_track(event))
        make_appearance(session)
        make_appearance(make_session(event, parent=session))

    with django_assert_num_queries(2):
        for day in agenda_days(event):
            for slot in day.slots:
                for entry in slot.sessions:
                    str(entry.session.room), str(entry.session.track), entry.session.get_absolute_url
                    [(talk.name, talk.session.event.slug) for talk in entry.all_talks]


def test_only_sets_the_wanted_sessions_anew():
    event = make_event()
    for number in range(4):
        make_session(event, start="09:00", title_en=f"{number}", position=number, day=number // 2)

    days = only(agenda_days(event), lambda entry: entry.session.title in {"1", "2"})

    assert [[titles(slot) for slot in day.slots] for day in days] == [[["1"]], [["2"]]]
    assert len(only(agenda_days(event), lambda entry: entry.session.title == "3")) == 1
