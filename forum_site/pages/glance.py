"""The chart of the programme at a glance: every day against the same hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from events.models import Event, Session
from events.queries.glance import QUARTER, GlanceBlock, GlanceDay, glance_days
from forum_site.lib.moments import clock

#: As many columns as the style sheet knows: sixteen hours.
MOST_QUARTERS = 64
#: Quarter hours under which words stand upright, or titles need smaller letters.
NARROW, SHORT = 4, 5
#: So many blocks can stand above one another; of more, what everybody attends, and the number of the others.
MOST_ABOVE = 8
#: Pixels on a wide screen: of the chart, of a block beside its letters, of a letter.
CHART, PADDING, LETTER = 893, 20, 8.4


@dataclass(frozen=True)
class Slot:
    """Blocks that overlap, from a column of the chart on (counted from 0), over some of its quarter hours."""

    first: int
    length: int
    blocks: list[GlanceBlock]
    columns: int = MOST_QUARTERS

    @property
    def shown(self) -> list[GlanceBlock]:
        """The blocks that are drawn."""
        if len(self.blocks) <= MOST_ABOVE:
            return self.blocks
        return [block for block in self.blocks if block.is_strong][:MOST_ABOVE]

    @property
    def others(self) -> int:
        """How many sessions are only counted."""
        return len(self.blocks) - len(self.shown)

    @property
    def is_break(self) -> bool:
        """Whether there is nothing but a pause."""
        return all(block.is_break for block in self.blocks)

    @property
    def is_narrow(self) -> bool:
        """Whether its words must stand upright."""
        return self.length < NARROW

    @property
    def is_short(self) -> bool:
        """Whether titles need the smaller letters: few quarter hours, or a long word. Chinese breaks anywhere."""
        words = [word for block in self.shown for word in str(block.session.title).split() if word.isascii()]
        room = (CHART * self.length / self.columns - PADDING) / LETTER
        return self.length < SHORT or max(map(len, words), default=0) > room


@dataclass(frozen=True)
class Hour:
    """A line of the chart: its column, its moment, and the full hour that stands at it in the zone of the edition."""

    first: int
    at: dt.datetime
    label: str


@dataclass(frozen=True)
class ChartDay:
    """One day of the chart."""

    date: dt.date
    hours: list[Hour]
    slots: list[Slot]

    @property
    def most_parallel(self) -> int:
        """How many blocks stand above one another at most."""
        return max((len(slot.shown) + bool(slot.others) for slot in self.slots), default=0)


def glance_chart(event: Event, sessions: Iterable[Session] | None = None) -> list[ChartDay]:
    """Return the days with sessions whose length is known. All days share the same columns.

    One query, or none where all visible sessions are given in order.
    """
    days = [day for day in glance_days(event, sessions=sessions) if day.blocks]
    if not days:
        return []
    opening = min(day.first for day in days)
    closing = min(max(day.last for day in days), opening + MOST_QUARTERS)
    return [ChartDay(day.date, _hours(event, day, opening, closing), _slots(day, opening, closing)) for day in days]


def _hours(event: Event, day: GlanceDay, opening: int, closing: int) -> list[Hour]:
    """Return the lines; quarters are counted as clocks show them, also on a day when they change."""
    midnight = dt.datetime.combine(day.date, dt.time(), event.zone)
    moments = [(quarter, (midnight + quarter * QUARTER).astimezone(dt.UTC)) for quarter in range(opening, closing, 4)]
    return [Hour(quarter - opening, at, clock(at, event.timezone_name)[:2]) for quarter, at in moments]


def _slots(day: GlanceDay, opening: int, closing: int) -> list[Slot]:
    runs: list[list[GlanceBlock]] = []
    end = -1
    for block in day.blocks:
        if block.start >= end:
            runs.append([])
        runs[-1].append(block)
        end = max(end, block.start + block.length)
    return [_slot(run, opening, closing) for run in runs if run[0].start < closing]


def _slot(run: list[GlanceBlock], opening: int, closing: int) -> Slot:
    end = min(max(block.start + block.length for block in run), closing)
    return Slot(run[0].start - opening, end - run[0].start, run, closing - opening)
