"""Calendar files (RFC 5545) that calendars of all makers read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from forum_site.lib.calendar_zones import described_zone

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//forum_site//Programme//EN"


@dataclass(frozen=True)
class CalendarEntry:
    """One entry. Moments are aware datetimes, printed in the zone; two dates make an entry of whole days.

    `ends_at` as a date is the last day itself; a moment equal to the start means that the end is not known. `uid` must
    stay the same for ever, and `sequence` must grow with each change that people should notice. `status`: CONFIRMED,
    TENTATIVE or CANCELLED.
    """

    uid: str
    starts_at: dt.datetime | dt.date
    ends_at: dt.datetime | dt.date
    zone_name: str
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    sequence: int = 0
    status: str = "CONFIRMED"
    organizer_name: str = ""
    organizer_email: str = ""
    changed_at: dt.datetime | None = None


def calendar_file(
    entries: Iterable[CalendarEntry],
    *,
    name: str,
    method: str = "PUBLISH",
    language: str = "en",
    stamp: dt.datetime | None = None,
) -> bytes:
    """The file in UTF-8 with the zones it needs. `stamp` is the moment it is made for, by default now.

    `method`: PUBLISH for feeds and downloads, REQUEST and CANCEL for mails.
    """
    entries = list(entries)
    calendar = _calendar(name, method, entries[0].zone_name if entries else "")
    for entry in entries:
        calendar.add_component(_event(entry, language, stamp or timezone.now()))
    for zone_name in sorted(calendar.get_missing_tzids(), reverse=True):
        calendar.subcomponents.insert(0, described_zone(zone_name, *_years(entries)))
    return calendar.to_ical()


def _calendar(name: str, method: str, zone_name: str) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", _line(name))
    if zone_name:
        calendar.add("x-wr-timezone", zone_name)
    return calendar


def _event(entry: CalendarEntry, language: str, stamp: dt.datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp.astimezone(dt.UTC).replace(microsecond=0))
    if entry.changed_at:
        event.add("last-modified", entry.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    _add_times(event, entry)
    _add_words(event, entry, language)
    if entry.organizer_email:
        event.add("organizer", _organizer(entry))
    return event


def _add_times(event: Event, entry: CalendarEntry) -> None:
    is_timed = isinstance(entry.starts_at, dt.datetime)
    event.add("dtstart", as_written(entry.starts_at, entry.zone_name))
    if not is_timed or entry.ends_at != entry.starts_at:  # an end that is not known is not written
        event.add("dtend", _end(entry.ends_at, entry.zone_name))
    event.add("transp", "OPAQUE" if is_timed and entry.status != "CANCELLED" else "TRANSPARENT")


def as_written(at: dt.datetime | dt.date, zone_name: str) -> dt.datetime | dt.date:
    """Return the moment in the clock time of the zone; in UTC where clocks that are set back show the same time twice.

    By RFC 5545, section 3.3.5, such a time is the first of the two, but not all calendars know.
    """
    if not isinstance(at, dt.datetime):
        return at
    local = at.astimezone(ZoneInfo(zone_name))
    is_clear = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    return local if is_clear else at.astimezone(dt.UTC)


def _end(at: dt.datetime | dt.date, zone_name: str) -> dt.datetime | dt.date:
    """The file names the first moment or day that does not belong to the entry any more."""
    return as_written(at, zone_name) if isinstance(at, dt.datetime) else at + dt.timedelta(days=1)


def _add_words(event: Event, entry: CalendarEntry, language: str) -> None:
    parameters = {"LANGUAGE": "zh-Hans" if language.startswith("zh") else language}
    event.add("summary", _line(entry.summary), parameters=parameters)
    if entry.description:
        event.add("description", _lines(entry.description), parameters=parameters)
    if entry.location:
        event.add("location", _line(entry.location), parameters=parameters)
    if entry.url:
        event.add("url", entry.url)


def _organizer(entry: CalendarEntry) -> vCalAddress:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{_line(entry.organizer_email)}")
    if entry.organizer_name:
        address.params["CN"] = _line(entry.organizer_name).replace('"', "'")  # the format cannot quote quotes
    return address


def _line(text: str) -> str:
    """One line, without signs that the format forbids."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _lines(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _years(entries: list[CalendarEntry]) -> tuple[int, int]:
    """The years for which changes of clocks are written: one before the first entry to one after the last."""
    years = [entry.starts_at.year for entry in entries]
    return min(years) - 1, max(years) + 1
