"""One session and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from events.models import Event, Session
from events.queries.agenda import AgendaSession, assembled, visible_sessions


@dataclass(frozen=True)
class Neighbour:
    """The first session of the slot before or after, and how many more run beside it."""

    session: Session
    others: int


@dataclass(frozen=True)
class Neighbours:
    """What comes before and after on the same day."""

    before: Neighbour | None
    after: Neighbour | None


def with_parts(event: Event, session: Session) -> AgendaSession:
    """Return the visible session with people and parts, in two queries."""
    [entry] = assembled(event, visible_sessions(event).filter(Q(pk=session.pk) | Q(parent=session)))
    return entry


def with_neighbours(event: Event, session: Session) -> tuple[AgendaSession, Neighbours]:
    """Return the visible session with people and parts, and what stands around it, in two queries."""
    found = list(visible_sessions(event).filter(Q(pk=session.pk) | Q(parent=session) | Q(day=session.day, parent=None)))
    [entry] = assembled(event, [one for one in found if session.pk in {one.pk, one.parent_id}])
    return entry, neighbours_of(event, session, [one for one in found if one.day == session.day])


def neighbours_of(event: Event, session: Session, of_the_day: list[Session]) -> Neighbours:
    """Return the slots around the session among those of its day whose time is known; breaks do not count."""
    if not session.starts_at:
        return Neighbours(None, None)
    timed = [one for one in of_the_day if one.starts_at and not one.parent_id and not one.is_break]
    by_start = groupby(timed, key=lambda one: one.starts_at)
    slots = [(start, _neighbour(event, list(group))) for start, group in by_start if start]
    before = [one for start, one in slots if start < session.starts_at]
    after = [one for start, one in slots if start > session.starts_at]
    return Neighbours(before[-1] if before else None, after[0] if after else None)


def _neighbour(event: Event, sessions: list[Session]) -> Neighbour:
    sessions[0].event = event
    return Neighbour(sessions[0], len(sessions) - 1)
