"""The programme at a glance: each day as a row of quarter hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from events.enums import SessionType
from events.models import Event, Session

MOST_QUARTERS = 64
STRONG = {SessionType.PLENARY, SessionType.CLOSING}


@dataclass(frozen=True)
class Slot:
    """Sessions that overlap, from a quarter hour of the chart on, for a number of quarter hours."""

    first: int
    length: int
    sessions: list[Session]
    is_break: bool

    @property
    def is_narrow(self) -> bool:
        """Whether its words must stand upright."""
        return self.length < 4

    @property
    def is_short(self) -> bool:
        """Whether titles need the smaller letters."""
        longest = max((len(word) for session in self.sessions for word in str(session.title).split()), default=0)
        return self.length < 5 or (longest > self.length * 2 and str(self.sessions[0].title).isascii())


@dataclass(frozen=True)
class Hour:
    """A line of the chart with its label."""

    first: int
    label: str


@dataclass(frozen=True)
class Day:
    """One day of the chart."""

    date: dt.date
    hours: list[Hour]
    slots: list[Slot]

    @property
    def most_parallel(self) -> int:
        """How many sessions stand above one another at most."""
        return max((len(slot.sessions) for slot in self.slots), default=0)


def glance_days(event: Event, sessions: Iterable[Session]) -> list[Day]:
    """The days that have sessions with times; all days share the same hours, so that they can be compared."""
    timed = list(sessions)
    days = [(day, list(group)) for day, group in groupby(timed, key=lambda session: session.day)]
    if not days:
        return []
    opening = min(_midnight_minutes(event, day, group[0].starts_at) for day, group in days) // 60
    last = max(_midnight_minutes(event, day, session.ends_at) for day, group in days for session in group)
    closing = min(-(-last // 60), opening + MOST_QUARTERS // 4)
    hours = [Hour((hour - opening) * 4, f"{hour % 24:02}") for hour in range(opening, closing)]
    return [Day(day, hours, _slots(event, day, group, opening)) for day, group in days]


def _midnight_minutes(event: Event, day: dt.date, at: dt.datetime | None) -> int:
    """Minutes by the clock of the edition's zone since the midnight in which the day begins."""
    local = (at or dt.datetime.min).astimezone(event.zone)
    return (local.date() - day).days * 1440 + local.hour * 60 + local.minute


def _slots(event: Event, day: dt.date, sessions: list[Session], opening: int) -> list[Slot]:
    slots: list[Slot] = []
    for group in _overlapping(sessions):
        start = _midnight_minutes(event, day, min(session.starts_at for session in group if session.starts_at))
        end = _midnight_minutes(event, day, max(session.ends_at for session in group if session.ends_at))
        first = (start - opening * 60) // 15
        length = max(1, min(round((end - start) / 15), MOST_QUARTERS - first))
        if 0 <= first < MOST_QUARTERS:
            slots.append(Slot(first, length, group, all(session.is_break for session in group)))
    return slots


def _overlapping(sessions: list[Session]) -> list[list[Session]]:
    """Runs of sessions that overlap; they come sorted by their beginning."""
    groups: list[list[Session]] = []
    latest: dt.datetime | None = None
    for session in sessions:
        if groups and latest and session.starts_at and session.starts_at < latest:
            groups[-1].append(session)
        else:
            groups.append([session])
            latest = None
        if session.ends_at:
            latest = max(latest or session.ends_at, session.ends_at)
    return groups
