"""What calendar files say of a zone (RFC 5545, section 3.6.5): when its clocks change, in the years that are asked for.

icalendar 7.3 describes zones too, but leaves out changes that follow soon upon others, as Morocco has them around
Ramadan, and writes the onset of some in the clock time after it: an hour late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

DAY, SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)


@lru_cache(maxsize=64)
def described_zone(zone_name: str, first_year: int, last_year: int) -> Timezone:
    """Return the description of a zone for these years and those between; it must not be changed."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    start, end = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC), dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC)
    onsets: dict[tuple[dt.timedelta, dt.timedelta, str, bool], list[dt.datetime]] = {}
    for before, after in [(_clock(start, zone_name),) * 2, *_changes(zone_name, start, end)]:
        kind = (_offset(before), _offset(after), after.tzname() or "", bool(after.dst()))
        # An onset is the moment of the change as clocks would show it that have not been changed.
        onsets.setdefault(kind, []).append((after.astimezone(dt.UTC) + _offset(before)).replace(tzinfo=None))
    description = Timezone()
    description.add("tzid", zone_name)
    for (offset_from, offset_to, name, is_summer), moments in onsets.items():
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("dtstart", moments[0])
        for later in moments[1:]:  # each on a line of its own: vobject reads no more than the first of a line
            part.add("rdate", later)
        part.add("tzname", name)
        part.add("tzoffsetfrom", offset_from)
        part.add("tzoffsetto", offset_to)
        description.add_component(part)
    return description


def _changes(zone_name: str, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The last second before, and the first after, each change of the clocks."""
    day = start
    while day < end:
        before, after = day, day + DAY
        if _offset(_clock(before, zone_name)) != _offset(_clock(after, zone_name)):
            while after - before > SECOND:
                between = (before + (after - before) / 2).replace(microsecond=0)
                is_before = _offset(_clock(between, zone_name)) == _offset(_clock(day, zone_name))
                before, after = (between, after) if is_before else (before, between)
            yield _clock(before, zone_name), _clock(after, zone_name)
        day += DAY


def _clock(at: dt.datetime, zone_name: str) -> dt.datetime:
    return at.astimezone(ZoneInfo(zone_name))


def _offset(at: dt.datetime) -> dt.timedelta:
    return at.utcoffset() or dt.timedelta(0)
