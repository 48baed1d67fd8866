"""What is running: the mark on the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from events.enums import EventStatus
from events.models import Appearance, Event
from events.queries.agenda import AgendaDay, AgendaSession, Slot, Unnamed
from forum_site.lib.moments import local_day, present


@dataclass(frozen=True)
class Span:
    """From a moment until just before another."""

    starts_at: dt.datetime
    ends_at: dt.datetime

    def holds(self, at: dt.datetime) -> bool:
        """Say whether the moment lies in it."""
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True)
class Now:
    """An edition that is running. Spans by ``("talk" | "slot" | "session", primary key)``; a slot by its first session.

    ``marked`` is the key of the one talk or slot that carries the mark, None in a gap of the programme.
    """

    at: dt.datetime
    today: dt.date
    spans: dict[tuple[str, int], Span]
    marked: tuple[str, int] | None

    def is_live(self, kind: str, key: int) -> bool:
        """Say whether it is running."""
        span = self.spans.get((kind, key))
        return span is not None and span.holds(self.at)


def now_in(event: Event, days: list[AgendaDay], *, at: dt.datetime | None = None) -> Now | None:
    """Return what is running in a programme; None before its first and after its last day, or if it was called off."""
    at = at or present()
    today = local_day(event.timezone_name, at)
    if event.status != EventStatus.PUBLISHED or not event.starts_on <= today <= event.ends_on + dt.timedelta(days=1):
        return None
    spans = dict(_all_spans(days))
    running = {key: span for key, span in spans.items() if key[0] != "session" and span.holds(at)}
    return Now(at, today, spans, _marked(running))


def _marked(running: dict[tuple[str, int], Span]) -> tuple[str, int] | None:
    """Choose a talk rather than a slot, and what started last; of several the first of the page."""
    return max(running, key=lambda key: (key[0] == "talk", running[key].starts_at), default=None)


def _all_spans(days: list[AgendaDay]) -> Iterator[tuple[tuple[str, int], Span]]:
    for day in days:
        for slot, after in pairwise([*day.timed, None]):
            if slot:
                yield from _slot_spans(slot, after)


def _slot_spans(slot: Slot, after: Slot | None) -> Iterator[tuple[tuple[str, int], Span]]:
    """Where an end is not known, the next slot of the day ends it; the last one of a day then has no span."""
    fallback = after.starts_at if after else None
    if slot.starts_at and (end := slot.ends_at or fallback) and not all(_is_off(one) for one in slot.sessions):
        yield ("slot", slot.sessions[0].session.pk), Span(slot.starts_at, end)
    for entry in slot.sessions:
        start, end = entry.session.starts_at, entry.session.ends_at or fallback
        if start and end and not _is_off(entry):
            yield ("session", entry.session.pk), Span(start, end)
            yield from _talk_spans(entry, end)


def _talk_spans(entry: AgendaSession, end: dt.datetime) -> Iterator[tuple[tuple[str, int], Span]]:
    timed: list[Appearance | Unnamed | None] = [line for line in entry.all_lines if line.starts_at]
    for talk, after in pairwise([*timed, None]):
        until = talk and (talk.ends_at or (after.starts_at if after else end))
        if talk and talk.starts_at and until and until > talk.starts_at:
            yield ("talk", talk.pk), Span(talk.starts_at, until)


def _is_off(entry: AgendaSession) -> bool:
    return entry.session.is_cancelled
