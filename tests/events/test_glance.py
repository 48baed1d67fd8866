import datetime as dt

import pytest

from events.enums import SessionStatus, SessionType
from events.queries.glance import glance_days
from forum_site.pages.glance import MOST_ABOVE
from tests.factories import at, make_event, make_session

pytestmark = pytest.mark.django_db


def spans(day):
    return [(block.session.title, block.start, block.length, block.lane, block.lanes) for block in day.blocks]


def test_glance_draws_blocks_in_their_true_length():
    event = make_event()
    make_session(event, start="09:00", end="10:05", title_en="Opening", type=SessionType.OPENING)
    make_session(event, start="10:05", end="10:30", title_en="Tea", type=SessionType.BREAK)

    [day] = glance_days(event)

    assert spans(day) == [("Opening", 36, 4, 0, 1), ("Tea", 40, 2, 0, 1)]
    assert (day.first, day.last, day.hours) == (36, 44, [9, 10, 11])
    assert [(block.is_strong, block.is_break, block.is_social) for block in day.blocks] == [
        (True, False, False),
        (False, True, False),
    ]


def test_glance_stacks_what_overlaps():
    event = make_event()
    for title, start, end in [("A", "14:00", "16:00"), ("B", "14:00", "15:00"), ("C", "15:00", "16:00")]:
        make_session(event, start=start, end=end, title_en=title)
    make_session(event, start="16:00", end="17:00", title_en="D")

    [day] = glance_days(event)

    assert spans(day) == [("A", 56, 8, 0, 2), ("B", 56, 4, 1, 2), ("C", 60, 4, 1, 2), ("D", 64, 4, 0, 1)]


def test_glance_invents_no_length():
    event = make_event()
    make_session(event, start="09:00", title_en="No end")
    make_session(event, title_en="No time")
    make_session(event, start="09:00", title_en="Draft", status=SessionStatus.DRAFT)

    [day] = glance_days(event)

    assert (day.blocks, [session.title for session in day.sessions]) == ([], ["No end"])


@pytest.mark.parametrize("day", [dt.date(2026, 10, 25), dt.date(2026, 3, 29), dt.date(2026, 6, 1)])
def test_glance_shows_what_clocks_show_also_on_days_when_they_change(day):
    event = make_event(starts_on=day, timezone_name="Europe/Berlin")
    make_session(event, start="09:00", end="10:30", title_en="Opening")
    make_session(event, start="00:30", end="04:30", title_en="Night")
    make_session(event, starts_at=at(event, "22:00"), ends_at=at(event, "00:00", day=1), title_en="Party")

    [shown] = glance_days(event)

    assert sorted(spans(shown), key=lambda one: one[1]) == [
        ("Night", 2, 16, 0, 1),
        ("Opening", 36, 6, 0, 1),
        ("Party", 88, 8, 0, 1),
    ]


def test_glance_ends_at_midnight():
    event = make_event()
    make_session(event, starts_at=at(event, "22:00"), ends_at=at(event, "02:00", day=1), title_en="Party")
    make_session(event, starts_at=at(event, "01:00", day=1), ends_at=at(event, "02:00", day=1), title_en="After")

    [day] = glance_days(event)

    assert spans(day) == [("Party", 88, 8, 0, 2), ("After", 95, 1, 1, 2)]


def test_more_than_can_stand_above_one_another_are_counted_but_for_what_everybody_attends(client):
    event = make_event(slug="forum")
    make_session(event, start="09:00", end="10:00", title_en="Grand opening", type=SessionType.OPENING)
    for number in range(MOST_ABOVE + 1):
        make_session(event, start="09:00", end="10:00", title_en=f"Seminar {number}")
        make_session(event, start="11:00", end="12:00", title_en=f"Workshop {number}")
    for number in range(MOST_ABOVE):
        make_session(event, start="14:00", end="15:00", title_en=f"Panel {number}")

    page = client.get(event.get_absolute_url()).content.decode()
    chart = page[page.index('class="glance') : page.index("</section>", page.index('class="glance'))]

    assert "Grand opening" in chart
    assert "Seminar" not in chart
    assert "Workshop" not in chart
    assert chart.count("Panel ") == 2 * MOST_ABOVE
    assert chart.count(f"<b>{MOST_ABOVE + 1} sessions</b>") == 2
    assert chart.count(f'agenda/#day-{event.starts_on}"') == 2
