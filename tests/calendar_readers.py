"""Four programs that others have written read a calendar file of one entry: UID, begin, end, summary."""

from __future__ import annotations

import warnings
from typing import Any


def read_by_icalendar(text: str) -> tuple[str, Any, Any, str]:
    """The library that also writes them."""
    from icalendar import Calendar

    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.errors == []
    return str(event["UID"]), event.start, event.end, str(event["SUMMARY"])


def read_by_vobject(text: str) -> tuple[str, Any, Any, str]:
    """A reader that believes the description of a zone: the first that it meets, so that those before are dropped."""
    import vobject

    getattr(vobject.icalendar, "__tzidMap").clear()  # noqa: B009 - the name would be another one inside a class
    vobject.icalendar.registerTzid("UTC", vobject.icalendar.utc)
    event = vobject.readOne(text).vevent
    return event.uid.value, event.dtstart.value, event.dtend.value, event.summary.value


def read_by_ics(text: str) -> tuple[str, Any, Any, str]:
    """A reader that keeps begin and length."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ics import Calendar

        (event,) = Calendar(text).events
    if event.all_day:
        return event.uid, event.begin.date(), event.begin.date() + event.duration, event.name
    return event.uid, event.begin.datetime, event.end.datetime, event.name


def read_by_ical(text: str) -> tuple[str, Any, Any, str]:
    """The reader of a well-known house automation."""
    from ical.calendar_stream import IcsCalendarStream

    (event,) = IcsCalendarStream.calendar_from_ics(text).events
    return event.uid, event.dtstart, event.dtend, event.summary


READERS = [read_by_icalendar, read_by_vobject, read_by_ics, read_by_ical]
