"""The programme at a glance: blocks on a grid of quarter hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from events.enums import SessionType
from events.models import Event, Session
from events.queries.agenda import visible_sessions

QUARTER = dt.timedelta(minutes=15)
QUARTERS = 96
STRONG = frozenset({SessionType.OPENING, SessionType.PLENARY, SessionType.CLOSING})


@dataclass(frozen=True)
class GlanceBlock:
    """A session in its true length: first quarter hour of the day (0 to 95), number of quarters, and its lane.

    Sessions that overlap share ``lanes`` lanes, counted from 0.
    """

    session: Session
    start: int
    length: int
    lane: int
    lanes: int

    @property
    def is_strong(self) -> bool:
        """Whether everybody is meant to attend."""
        return self.session.type in STRONG

    @property
    def is_break(self) -> bool:
        """Whether it is a pause."""
        return self.session.is_break

    @property
    def is_social(self) -> bool:
        """Whether it is outlined as a social event."""
        return self.session.type == SessionType.SOCIAL


@dataclass(frozen=True)
class GlanceDay:
    """A day with its blocks, and all its sessions with a start for the list on a phone."""

    date: dt.date
    blocks: list[GlanceBlock]
    sessions: list[Session]

    @property
    def first(self) -> int:
        """The first quarter of the full hour in which the day starts."""
        return min((block.start for block in self.blocks), default=0) // 4 * 4

    @property
    def last(self) -> int:
        """The quarter after the full hour in which the day ends."""
        return -(-max((block.start + block.length for block in self.blocks), default=0) // 4) * 4

    @property
    def hours(self) -> list[int]:
        """The full hours at which lines are drawn, both ends included."""
        return [quarter // 4 for quarter in range(self.first, self.last + 1, 4)]


def glance_days(
    event: Event, *, at: dt.datetime | None = None, sessions: Iterable[Session] | None = None
) -> list[GlanceDay]:
    """Return the days with sessions whose time is known; one query.

    A session without an end has no block: its length is not known. ``sessions`` are all visible ones in order, where a
    page has read them already.
    """
    days: dict[dt.date, list[Session]] = {}
    for session in visible_sessions(event, at=at) if sessions is None else sessions:
        if session.parent_id or not session.starts_at:
            continue
        session.event = event
        days.setdefault(session.day, []).append(session)
    return [GlanceDay(date, _blocks(sessions, event), sessions) for date, sessions in days.items()]


def _blocks(sessions: list[Session], event: Event) -> list[GlanceBlock]:
    blocks: list[GlanceBlock] = []
    for cluster in _clusters([(*_span(one, event), one) for one in sessions if one.ends_at]):
        lanes = _lanes(cluster)
        blocks += [
            GlanceBlock(session, start, end - start, lane, max(lanes) + 1)
            for (start, end, session), lane in zip(cluster, lanes, strict=True)
        ]
    return blocks


def _span(session: Session, event: Event) -> tuple[int, int]:
    """Return the first quarter and the one after the last, rounded to the nearest and cut at the end of the day.

    As clocks show them: on a day when they change, more or fewer hours than that have passed since midnight.
    """
    midnight = dt.datetime.combine(session.day, dt.time())
    clocks = [one.astimezone(event.zone).replace(tzinfo=None) for one in (session.starts_at, session.ends_at) if one]
    first, last = (round((clock - midnight) / QUARTER) for clock in clocks)
    start = min(first, QUARTERS - 1)
    return start, max(start + 1, min(last, QUARTERS))


def _clusters(spans: list[tuple[int, int, Session]]) -> list[list[tuple[int, int, Session]]]:
    """Split sessions in order of their start where no one is running."""
    clusters: list[list[tuple[int, int, Session]]] = []
    last = -1
    for span in spans:
        if span[0] >= last:
            clusters.append([])
        clusters[-1].append(span)
        last = max(last, span[1])
    return clusters


def _lanes(cluster: list[tuple[int, int, Session]]) -> list[int]:
    """Give each session the first lane that is free when it starts."""
    ends: list[int] = []
    lanes: list[int] = []
    for start, end, _session in cluster:
        lane = next((number for number, busy in enumerate(ends) if busy <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes
