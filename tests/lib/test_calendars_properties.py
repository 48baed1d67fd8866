"""Calendar files of any zone and any time of the year, read by four programs: the same moments."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum_site.lib import moments
from forum_site.lib.calendars import CalendarEntry, calendar_file
from tests.calendar_readers import READERS

ZONES = sorted(name for name in moments.zone_names() if "/" in name and not name.startswith("Etc/"))
FIRST, LAST = dt.datetime(2015, 1, 1, tzinfo=dt.UTC), dt.datetime(2037, 1, 1, tzinfo=dt.UTC)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MINUTES = st.integers(-3 * 60, 3 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))
LENGTHS = st.integers(1, 36 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))
#: Summer in half an hour, winter as the exception, a change in the evening, and changes for good.
ODD_ZONES = ["Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca", "Atlantic/Azores", "Asia/Almaty"]
ODD_ZONES += [
    "Asia/Pyongyang",
    "Europe/Volgograd",
    "Africa/Juba",
    "America/Sao_Paulo",
    "Antarctica/Troll",
    "Europe/London",
]
STAMP = dt.datetime(2026, 11, 20, 8, 40, tzinfo=dt.UTC)


@cache
def changes_of(zone_name: str) -> list[dt.datetime]:
    """Return the hours in which the clocks of the zone change, forward or back; its first moment if they never do."""
    zone = ZoneInfo(zone_name)

    def is_changed(start: dt.datetime, length: dt.timedelta) -> bool:
        return start.astimezone(zone).utcoffset() != (start + length).astimezone(zone).utcoffset()

    days = [FIRST + number * DAY for number in range((LAST - FIRST).days)]
    hours = [day + hour * HOUR for day in days if is_changed(day, DAY) for hour in range(24)]
    return [hour for hour in hours if is_changed(hour, HOUR)] or [FIRST]


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, dt.datetime, dt.datetime]:
    """A zone, and a span near a change of its clocks or at any time of the year."""
    zone_name = draw(st.sampled_from(ODD_ZONES) | st.sampled_from(ZONES))
    near = st.builds(lambda change, minutes: change + minutes, st.sampled_from(changes_of(zone_name)), MINUTES)
    anywhere = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(dt.UTC))
    starts_at = draw(near | anywhere).replace(second=0, microsecond=0)
    return zone_name, starts_at, starts_at + draw(LENGTHS)


@pytest.mark.parametrize("read", READERS)
@settings(deadline=None, max_examples=60)
@given(spans())
def test_four_readers_find_the_same_moments(read, span):
    zone_name, starts_at, ends_at = span
    entry = CalendarEntry("a@b", starts_at, ends_at, zone_name, "Opening")

    _uid, begin, end, _summary = read(calendar_file([entry], name="Forum", stamp=STAMP).decode())

    assert [begin.astimezone(dt.UTC), end.astimezone(dt.UTC)] == [starts_at, ends_at]
