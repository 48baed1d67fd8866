"""When somebody who is registered gets to the stream of a session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import Phase, SessionType
from events.models import Event, Session
from events.models.programme import SessionQuerySet
from events.queries.phase import midnight, phase_of
from forum_site.lib.moments import local_day
from registrations.enums import RegistrationStatus
from registrations.models import Registration

#: So long before its start the stream of a session opens.
EARLY = dt.timedelta(minutes=15)
DAY = dt.timedelta(days=1)


class Entry(models.TextChoices):
    """What somebody with a personal link meets at a session; computed, never stored."""

    OPEN = "open", _("Open")
    EARLY = "early", _("Not yet")
    OVER = "over", _("Over")
    NO_STREAM = "no_stream", _("No stream")
    NOT_CONFIRMED = "not_confirmed", _("Registration not confirmed")
    CANCELLED = "cancelled", _("Cancelled")


@dataclass(frozen=True)
class Joining:
    """A session with what its stream is to one person at a moment."""

    session: Session
    entry: Entry
    opens_at: dt.datetime

    @property
    def is_open(self) -> bool:
        """Whether the link leads to the stream now."""
        return self.entry == Entry.OPEN


def streamed(event: Event, *, at: dt.datetime | None = None) -> SessionQuerySet:
    """Return the visible sessions and parts, as the programme runs, with room and whole."""
    found = event.sessions.public(at).exclude(type=SessionType.BREAK)
    return found.in_order().select_related("room", "parent")


def joining_of(registration: Registration, session: Session, *, at: dt.datetime | None = None) -> Joining:
    """Return what the session's stream is to this person; no query.

    Open from a quarter of an hour before the start until just before the end. Where the start is not known, from the
    beginning of the session's day, where the end is not known, to the end of that day, in the zone of the edition.
    """
    now = at or timezone.now()
    event = registration.event
    opens_at = session.starts_at - EARLY if session.starts_at else midnight(event, session.day)
    closes_at = session.ends_at or midnight(event, session.day + DAY)
    return Joining(session, _entry(registration, session, now, opens_at, closes_at), opens_at)


def stream_of(session: Session) -> str:
    """Return the address of the stream; a part has that of its whole unless it has one of its own."""
    return str(session.stream_url or (session.parent.stream_url if session.parent else ""))


def streams_of_the_day(registration: Registration, *, at: dt.datetime | None = None) -> list[Joining]:
    """Return the streams of today, else of the next day with any; none without a confirmed place. At most two queries.

    Parts are left out: they run in the stream of their whole.
    """
    now = at or timezone.now()
    event = registration.event
    if registration.status != RegistrationStatus.CONFIRMED or phase_of(event, at=now) not in {Phase.BEFORE, Phase.LIVE}:
        return []
    found = [one for one in streamed(event, at=now).filter(parent=None).exclude(stream_url="") if not one.is_cancelled]
    rows = [joining_of(registration, session, at=now) for session in found]
    today = local_day(event.timezone_name, now)
    coming = [one for one in rows if one.entry != Entry.OVER and (one.is_open or one.session.day >= today)]
    return [one for one in coming if one.session.day == coming[0].session.day]


def _entry(
    registration: Registration, session: Session, now: dt.datetime, opens_at: dt.datetime, closes_at: dt.datetime
) -> Entry:
    if session.is_cancelled or phase_of(registration.event, at=now) == Phase.OFF:
        return Entry.CANCELLED
    if registration.status != RegistrationStatus.CONFIRMED:
        return Entry.NOT_CONFIRMED
    if now >= closes_at:
        return Entry.OVER
    if not stream_of(session):
        return Entry.NO_STREAM
    return Entry.OPEN if now >= opens_at else Entry.EARLY
