"""The programme for calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from events.enums import EventStatus
from events.models import Appearance, Event, Session
from events.queries.agenda import AgendaSession, Unnamed, agenda_days
from forum_site.lib.calendars import CalendarEntry, calendar_file
from forum_site.lib.moments import clock


def programme_entries(event: Event, query: MultiValueDict[str, str]) -> list[AgendaSession]:
    """Return the sessions that the parameters of a feed ask for, without breaks; two queries.

    ``day=2026-12-17``, ``track=`` (several times) and ``sessions=a,b`` (addresses) narrow it. Raises ``Http404`` for a
    day that is none of the edition's.
    """
    day = _day(event, query["day"]) if query.get("day") else None
    entries = [one for found in agenda_days(event, day=day) for one in found.sessions if not one.session.is_break]
    if tracks := set(filter(None, query.getlist("track"))):
        entries = [one for one in entries if one.session.track and one.session.track.slug in tracks]
    if "sessions" in query:
        chosen = set(query["sessions"].split(","))
        entries = [one for one in entries if one.session.slug in chosen]
    return entries


def programme_calendar(event: Event, entries: Iterable[AgendaSession]) -> bytes:
    """Return an iCalendar file with an entry per session, in the current language."""
    language = get_language() or "en"
    calendar_entries = [session_entry(event, entry) for entry in entries]
    return calendar_file(calendar_entries, name=str(event.name), language=language, stamp=event.changed_at)


def session_entry(event: Event, entry: AgendaSession) -> CalendarEntry:
    """Return the calendar entry of a session; without a known time it lasts the whole day."""
    session = entry.session
    starts_at: dt.datetime | dt.date = session.starts_at or session.day
    return CalendarEntry(
        uid=session_uid(session),
        starts_at=starts_at,
        ends_at=session.ends_at or starts_at,
        zone_name=event.timezone_name,
        summary=f"{session.title} – {event.header_name}",
        description="\n\n".join(filter(None, [str(session.abstract), _people(entry, event)])),
        location=_location(event, session),
        url=f"{settings.SITE_URL}{session.get_absolute_url()}",
        sequence=event.version,
        status=_status(session, event),
        organizer_name=str(event.series.contact_name or event.series.name),
        organizer_email=event.series.contact_email,
    )


def _status(session: Session, event: Event) -> str:
    """The word of RFC 5545, section 3.8.1.11; what is postponed keeps its place without being sure of it."""
    if session.is_cancelled or event.status == EventStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if event.status == EventStatus.POSTPONED else "CONFIRMED"


def session_uid(session: Session) -> str:
    """Return the identifier by which calendars know the session for ever."""
    return f"{session.guid}@{urlsplit(settings.SITE_URL).hostname}"


def _day(event: Event, text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404("not a day") from None
    if not event.starts_on <= day <= event.ends_on:
        raise Http404("not a day of the edition")
    return day


def _people(entry: AgendaSession, event: Event) -> str:
    return "\n".join(_person(line, event.timezone_name) for line in entry.all_lines)


def _person(line: Appearance | Unnamed, zone_name: str) -> str:
    time = f"{clock(line.starts_at, zone_name)} " if line.starts_at else ""
    return f"{time}{line.role_label}: {line.name}"


def _location(event: Event, session: Session) -> str:
    where = [session.room and session.room.name, event.venue and event.venue.name, event.place]
    return ", ".join(dict.fromkeys(str(part) for part in where if part))
