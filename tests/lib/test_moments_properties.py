"""Times in random zones, over midnight and over changes of the clocks in both directions."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from forum_site.lib import moments

ZONES = st.sampled_from(sorted(name for name in moments.zone_names() if "/" in name and not name.startswith("Etc/")))
MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 12, 31)).map(
    lambda at: at.replace(tzinfo=dt.UTC, second=0, microsecond=0)
)
LENGTHS = st.integers(0, 36 * 60).map(lambda minutes: dt.timedelta(minutes=minutes))


@settings(deadline=None)
@given(MOMENTS, ZONES)
def test_clock_and_day_and_offset_give_the_moment_back(at, zone):
    label = moments.zone_label(zone, at).removeprefix("GMT") or "+0"
    hours, _colon, minutes = label[1:].partition(":")
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if label[0] == "-" else 1)
    shown = dt.datetime.combine(moments.local_day(zone, at), dt.time.fromisoformat(moments.clock(at, zone)))

    assert shown - offset == at.replace(tzinfo=None)


@settings(deadline=None)
@given(MOMENTS, ZONES, ZONES)
def test_days_after_is_at_most_one_from_the_day_of_another_zone(at, zone, other):
    assert moments.days_after(at, moments.local_day(zone, at), other) in {-1, 0, 1}
    assert moments.days_after(at, moments.local_day(zone, at), zone) == 0


@settings(deadline=None)
@given(MOMENTS, LENGTHS, ZONES)
def test_days_after_counts_the_midnights_between(start, length, zone):
    day, end = moments.local_day(zone, start), start + length
    days = moments.days_after(end, day, zone)

    assert (days == 0) == (moments.local_day(zone, end) == day)
    assert day + dt.timedelta(days=days) == moments.local_day(zone, end)


@settings(deadline=None)
@given(MOMENTS, LENGTHS, ZONES)
def test_length_is_what_really_passes_whatever_the_clocks_do(start, length, zone):
    local = start.astimezone(ZoneInfo(zone)), (start + length).astimezone(ZoneInfo(zone))

    assert moments.minutes_between(*local) == length // dt.timedelta(minutes=1)


@settings(deadline=None)
@given(MOMENTS, LENGTHS, ZONES)
def test_hours_are_those_on_the_clocks_of_the_zone(start, length, zone):
    end = start + length
    is_same_day = moments.local_day(zone, start) == moments.local_day(zone, end)
    first, last = moments.clock(start, zone), moments.clock(end, zone)

    assert moments.is_within_hours(start, end, zone) == (is_same_day and first >= "08:00" and last <= "22:00")
    assert moments.is_within_hours(start, None, zone) == ("08:00" <= first <= "22:00")


@settings(deadline=None)
@given(ZONES, st.dates(dt.date(2000, 1, 1), dt.date(2037, 12, 1)), st.integers(0, 30))
def test_zone_labels_are_those_of_the_first_and_the_last_noon(zone, day, length):
    end = day + dt.timedelta(days=length)
    noons = [dt.datetime.combine(one, dt.time(12), ZoneInfo(zone)) for one in (day, end)]

    labels = moments.zone_labels(zone, day, end).split("/")

    assert [labels[0], labels[-1]] == [moments.zone_label(zone, noon) for noon in noons]


def test_zone_labels_name_both_offsets_where_clocks_change():
    saturday, monday = dt.date(2026, 10, 24), dt.date(2026, 10, 26)

    assert moments.zone_labels("Europe/Paris", saturday, monday) == "GMT+2/GMT+1"
    assert moments.zone_labels("Asia/Shanghai", saturday, monday) == "GMT+8"
    assert moments.zone_labels("Europe/Paris", dt.date(2026, 3, 28), dt.date(2026, 3, 30)) == "GMT+1/GMT+2"


def test_hours_over_a_change_of_clocks_are_those_shown():
    start = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)  # 01:30 in Paris; half an hour later clocks show 03:00

    assert moments.clock(start + dt.timedelta(minutes=30), "Europe/Paris") == "03:00"
    assert moments.is_within_hours(start, start + dt.timedelta(hours=2), "Europe/Paris", first=1, last=5)
    assert not moments.is_within_hours(start, start + dt.timedelta(hours=2), "Europe/Paris", first=1, last=4)
