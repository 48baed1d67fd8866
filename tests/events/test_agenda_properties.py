"""The agenda of any edition in any zone: grouped by its own days, every moment printed as it is."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.models import Session
from events.queries.agenda import agenda_days
from events.templatetags.agenda import clock_span, shift_mark
from forum_site.lib import moments
from tests.factories import make_event

pytestmark = pytest.mark.django_db
#: Clocks go forward and back here on days between which editions are drawn; the last two have none or half an hour.
ZONES = ["Europe/Paris", "America/New_York", "America/Santiago", "Asia/Shanghai", "Australia/Lord_Howe"]
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 28))
STARTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 23), st.sampled_from([0, 15, 30]), st.integers(15, 600)))
TIME = re.compile(r'<time datetime="([^"]+)Z" data-clock>(\d\d:\d\d)</time>(?: <small class="shift">([^<]+)</small>)?')


@given(st.sampled_from(ZONES), DAYS, STARTS)
@settings(max_examples=30, deadline=None)
def test_sessions_stand_on_their_day_in_the_order_of_time(zone, first, starts):
    edition = make_event(timezone_name=zone, starts_on=first, ends_on=first + dt.timedelta(days=2))
    sessions = [_session(edition, number, *start) for number, start in enumerate(starts)]

    Session.objects.bulk_create(sessions)

    days = agenda_days(edition)

    assert [day.date for day in days] == sorted({session.day for session in sessions})
    for day in days:
        times = [slot.starts_at for slot in day.slots]
        assert times == sorted(times)
        assert len(set(times)) == len(times)
        assert {moments.local_day(zone, time) for time in times} == {day.date}
    assert sum(len(day.sessions) for day in days) == len(sessions)


@settings(deadline=None)
@given(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31)),
    st.integers(1, 1200),
    st.sampled_from(sorted(zone for zone in moments.zone_names() if "/" in zone)),
)
def test_printed_span_can_be_read_back(start, minutes, zone):
    start = start.replace(second=0, microsecond=0, tzinfo=dt.UTC)
    end = start + dt.timedelta(minutes=minutes)
    day = moments.local_day(zone, start)

    found = TIME.findall(clock_span(start, end, zone, day))

    assert [dt.datetime.fromisoformat(f"{text}+00:00") for text, _clock, _mark in found] == [start, end]
    assert [clock for _text, clock, _mark in found] == [moments.clock(at, zone) for at in (start, end)]
    assert [mark for _text, _clock, mark in found] == ["", shift_mark(moments.days_after(end, day, zone))]


def test_shift_is_said_once_where_both_ends_leave_the_day():
    start = dt.datetime(2026, 12, 10, 17, tzinfo=dt.UTC)

    html = clock_span(start, start + dt.timedelta(hours=1), "Asia/Shanghai", dt.date(2026, 12, 10))

    assert [mark for _text, _clock, mark in TIME.findall(html)] == ["", "(+1 day)"]


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "(+1 day)"), (2, "(+2 days)"), (-1, "(−1 day)")])
def test_shift_mark_counts_days(count, words):
    assert shift_mark(count) == words


def _session(event, number, day, hour, minute, length):
    date = event.starts_on + dt.timedelta(days=day)
    wall = dt.datetime(date.year, date.month, date.day, hour, minute, tzinfo=ZoneInfo(event.timezone_name))
    start = wall.astimezone(dt.UTC)  # a time that clocks skip is the one an hour later
    return Session(
        event=event,
        slug=f"s{number}",
        title_en=f"{number}",
        day=moments.local_day(event.timezone_name, start),
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=length),
    )
