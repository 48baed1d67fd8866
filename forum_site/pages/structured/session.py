"""Sessions, alone and as parts of the programme."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from events.enums import EventStatus
from events.models import Event, Session
from events.queries.agenda import AgendaDay, AgendaSession
from forum_site.lib.markdown import plain_text
from forum_site.pages.structured.agents import performers, shortened
from forum_site.pages.structured.edition import (
    SCHEMA,
    STATUSES,
    edition_core,
    edition_description,
    language_codes,
    location_data,
    mode_data,
    moment,
    series_data,
)
from forum_site.pages.structured.script import Data, absolute, known

#: A page of the whole programme names no more; every session has a page that says all of it.
MOST_SUB_EVENTS = 120
#: The home page names those of an ordinary programme; the agenda says more.
MOST_ON_HOME = 30


def agenda_data(event: Event, days: list[AgendaDay], *, image: str) -> Data:
    """Return the edition with its sessions, shortly; breaks are none."""
    entries = [one for day in days for slot in day.slots if not slot.is_break for one in slot.sessions]
    return known(
        **edition_core(event, span=span_of([one.session for one in entries], event)),
        description=edition_description(event),
        image=image,
        inLanguage=language_codes(event.languages),
        superEvent=series_data(event.series),
        subEvent=[_core(event, one.session) for one in islice(entries, MOST_SUB_EVENTS)],
    )


def home_sub_events(event: Event, sessions: list[Session]) -> list[Data]:
    """Return the first sessions of an edition for its home page."""
    return [_core(event, one) for one in sessions[:MOST_ON_HOME]]


def session_data(event: Event, entry: AgendaSession, *, image: str) -> Data:
    """Return a session with people, parts and the edition it belongs to."""
    session = entry.session
    abstract = shortened(plain_text(str(session.abstract)))
    recording = known(type_="CreativeWork", url=session.recording_url) if session.recording_url else None
    return known(
        **_core(event, session),
        description=abstract,
        image=image,
        inLanguage=language_codes(session.languages),
        performer=performers(event, entry.all_talks),
        superEvent=edition_core(event),
        subEvent=[_core(event, part.session, whole=session) for part in entry.parts],
        recordedIn=recording,
    )


def span_of(sessions: list[Session], event: Event) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the first start of the first day and the last end of the last day, where they are known."""
    starts = [one.starts_at for one in sessions if one.starts_at and one.day == event.starts_on]
    ends = [one.ends_at for one in sessions if one.ends_at and one.day == event.ends_on]
    return (min(starts), max(ends)) if starts and ends else (None, None)


def _core(event: Event, session: Session, *, whole: Session | None = None) -> Data:
    """Return a session as every mention has it; a part without a time or room has those of its whole."""
    timed = whole if whole and not session.starts_at else session
    room = session.room or (whole.room if whole else None)
    mode = session.mode or (whole.mode if whole else "") or event.attendance_mode
    url = absolute(session.get_absolute_url())
    return known(
        type_="Event",
        id_=url if whole else f"{url}#session",
        name=str(session.title),
        url=url,
        startDate=moment(event, timed.starts_at) or session.day.isoformat(),
        endDate=moment(event, timed.ends_at),
        eventStatus=_status(event, session),
        eventAttendanceMode=mode_data(mode),
        location=location_data(event, mode=mode, room=room),
    )


def _status(event: Event, session: Session) -> str:
    of_the_edition = STATUSES.get(EventStatus(event.status), f"{SCHEMA}EventScheduled")
    return STATUSES[EventStatus.CANCELLED] if session.is_cancelled else of_the_edition
