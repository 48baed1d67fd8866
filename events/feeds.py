"""The programme for calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.enums import EventStatus
from events.models import Appearance, CalendarRecord, Event, Session
from events.queries.agenda import AgendaSession, Unnamed, agenda_days
from events.queries.calendar_records import current_sequence, records_of, withdrawn
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


def programme_calendar(
    event: Event, entries: Iterable[AgendaSession], *, query: MultiValueDict[str, str] | None = None
) -> bytes:
    """Return an iCalendar file with an entry per session, in the current language; at most two queries.

    With the parameters of a feed (``query``) it also takes back the sessions that were once in that feed.
    """
    language = get_language() or "en"
    records = records_of(event)
    calendar_entries = [session_entry(event, entry, records.get(entry.session.guid)) for entry in entries]
    if query is not None:
        gone = withdrawn(event, records.values())
        calendar_entries += [withdrawn_entry(event, record) for record in gone if _is_asked_for(record, query)]
    return calendar_file(calendar_entries, name=str(event.name), language=language, stamp=event.changed_at)


def withdrawn_calendar(event: Event, slug: str) -> bytes:
    """Return the file that takes back a session which was once at this address; raises ``Http404`` for all others."""
    gone = [record for record in withdrawn(event, records_of(event).values()) if record.slug == slug]
    if not gone:
        raise Http404("never public")
    entries = [withdrawn_entry(event, record) for record in gone]
    return calendar_file(entries, name=str(event.name), language=get_language() or "en", stamp=event.changed_at)


def withdrawn_entry(event: Event, record: CalendarRecord) -> CalendarEntry:
    """Return the entry by which calendars drop a session. It has no title: what was public by mistake must not stay."""
    starts_at: dt.datetime | dt.date = record.starts_at or record.day
    return CalendarEntry(
        uid=_uid(record.guid),
        starts_at=starts_at,
        ends_at=record.ends_at or starts_at,
        zone_name=event.timezone_name,
        summary=f"{_('Session withdrawn')} – {event.header_name}",
        url=f"{settings.SITE_URL}{reverse('events:agenda', args=[event.slug])}",
        sequence=record.sequence,
        status="CANCELLED",
        organizer_name=str(event.series.contact_name or event.series.name),
        organizer_email=event.series.contact_email,
        changed_at=record.changed_at,
    )


def _is_asked_for(record: CalendarRecord, query: MultiValueDict[str, str]) -> bool:
    tracks = set(filter(None, query.getlist("track")))
    return (
        query.get("day", "") in {"", record.day.isoformat()}
        and (not tracks or record.track_slug in tracks)
        and ("sessions" not in query or record.slug in query["sessions"].split(","))
    )


def session_entry(event: Event, entry: AgendaSession, record: CalendarRecord | None = None) -> CalendarEntry:
    """Return the calendar entry of a session; without a known time it lasts the whole day.

    ``record`` says how often it has changed; links that add an entry once do without it.
    """
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
        sequence=current_sequence(record) if record else 0,
        status=_status(session, event),
        organizer_name=str(event.series.contact_name or event.series.name),
        organizer_email=event.series.contact_email,
        changed_at=record.changed_at if record else None,
    )


def _status(session: Session, event: Event) -> str:
    """The word of RFC 5545, section 3.8.1.11; what is postponed keeps its place without being sure of it."""
    if session.is_cancelled or event.status == EventStatus.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if event.status == EventStatus.POSTPONED else "CONFIRMED"


def session_uid(session: Session) -> str:
    """Return the identifier by which calendars know the session for ever."""
    return _uid(session.guid)


def _uid(guid: UUID) -> str:
    return f"{guid}@{urlsplit(settings.SITE_URL).hostname}"


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
