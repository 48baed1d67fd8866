"""The programme of an edition as it is printed: days, slots, sessions with their parts and people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Prefetch

from events.models import Appearance, Event, Session
from events.models.programme import SessionQuerySet


@dataclass(frozen=True)
class Slot:
    """Sessions of a day that start together; a break and a session without a time stand alone.

    ``section_heading`` is empty where it repeats the heading above.
    """

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    section_heading: str
    sessions: list[AgendaSession]

    @property
    def is_break(self) -> bool:
        """Whether it is a thin line."""
        return self.sessions[0].session.is_break

    @property
    def is_parallel(self) -> bool:
        """Whether its sessions stand side by side."""
        return len(self.sessions) > 1


@dataclass(frozen=True)
class AgendaSession:
    """A session with its own announced appearances and its parts, each in order."""

    session: Session
    talks: list[Appearance]
    parts: list[AgendaSession] = field(default_factory=list)

    @property
    def all_talks(self) -> list[Appearance]:
        """Its own appearances, then those of its parts."""
        return [*self.talks, *(talk for part in self.parts for talk in part.talks)]

    @property
    def shows_own_time(self) -> bool:
        """Whether its time can stand beside its first person: none of its people has minutes of their own."""
        return bool(self.session.starts_at) and not any(talk.starts_at for talk in self.talks)


@dataclass(frozen=True)
class AgendaDay:
    """A day of the conference; what runs past midnight still belongs to it."""

    date: dt.date
    slots: list[Slot]

    @property
    def timed(self) -> list[Slot]:
        """The slots with a start."""
        return [slot for slot in self.slots if slot.starts_at]

    @property
    def sessions(self) -> list[AgendaSession]:
        """Its sessions and breaks, in order."""
        return [one for slot in self.slots for one in slot.sessions]

    @property
    def untimed(self) -> list[Slot]:
        """The slots whose time is not known."""
        return [slot for slot in self.slots if not slot.starts_at]


def agenda_days(event: Event, *, at: dt.datetime | None = None, day: dt.date | None = None) -> list[AgendaDay]:
    """Return the days that have visible sessions, in two queries however many there are.

    ``at`` decides about embargoes (by default now); ``day`` asks for one day only.
    """
    sessions = visible_sessions(event, at=at)
    entries = assembled(event, sessions.filter(day=day) if day else sessions)
    return [AgendaDay(date, _slots(list(group))) for date, group in groupby(entries, key=lambda one: one.session.day)]


def only(days: list[AgendaDay], is_wanted: Callable[[AgendaSession], bool]) -> list[AgendaDay]:
    """Return the days with the wanted sessions alone, set anew; days without one are left out."""
    found: list[AgendaDay] = []
    for day in days:
        slots = _slots([one for one in day.sessions if is_wanted(one)])
        found += [AgendaDay(day.date, slots)] if slots else []
    return found


def visible_sessions(event: Event, *, at: dt.datetime | None = None) -> SessionQuerySet:
    """Return the sessions and parts that visitors can see, as the programme runs."""
    return event.sessions.public(at).in_order().select_related("room", "track")


def assembled(event: Event, sessions: SessionQuerySet) -> list[AgendaSession]:
    """Put parts into their wholes and people into both; sessions keep their order, parts without whole are dropped."""
    talks = Appearance.objects.announced().order_by("position").select_related("speaker")
    parts: dict[int | None, list[AgendaSession]] = defaultdict(list)
    for session in sessions.prefetch_related(Prefetch("appearances", talks)):
        session.event = event
        parts[session.parent_id].append(AgendaSession(session, _people(session), parts[session.pk]))
    for whole in parts[None]:
        for part in whole.parts:
            part.session.parent = whole.session
    return parts[None]


def _people(session: Session) -> list[Appearance]:
    """Return the prefetched appearances, each knowing its session without another query."""
    people = list(session.appearances.all())
    for appearance in people:
        appearance.session = session
    return people


def _slots(entries: list[AgendaSession]) -> list[Slot]:
    slots: list[Slot] = []
    heading = ""
    for _key, group in groupby(entries, key=_together):
        sessions = list(group)
        own = next((str(one.session.section_heading) for one in sessions if one.session.section_heading), "")
        slots.append(_slot(sessions, own if own != heading else ""))
        heading = own or heading
    return slots


def _together(entry: AgendaSession) -> tuple[object, ...]:
    """Return what sessions of one slot have in common."""
    session = entry.session
    return (session.starts_at, session.pk if session.is_break or not session.starts_at else None)


def _slot(sessions: list[AgendaSession], heading: str) -> Slot:
    return Slot(sessions[0].session.starts_at, _last(one.session.ends_at for one in sessions), heading, sessions)


def _last(ends: Iterable[dt.datetime | None]) -> dt.datetime | None:
    """Return the latest end; none where one of them is not known."""
    known = list(ends)
    return max(end for end in known if end) if all(known) else None
