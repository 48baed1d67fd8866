"""Where an edition stands at a moment: before, live, after; and what its days hold, in one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from events.enums import DocumentKind, EventStatus, Phase, SessionStatus, SessionType
from events.models import Event, Session
from events.queries.now import Span
from forum_site.lib.moments import local_day, present

COLUMNS = ("day", "starts_at", "ends_at", "status", "type", "parent_id", "recording_url")
NOT_COUNTED = frozenset({SessionType.BREAK, SessionType.PART})


@dataclass(frozen=True)
class DayOutline:
    """A day with visible sessions; ``sessions`` without breaks and parts. Times are those of what takes place.

    ``first`` is the first start, ``last`` the last known end, ``open_start`` the last start to which no end is known.
    """

    day: dt.date
    first: dt.datetime | None
    last: dt.datetime | None
    last_start: dt.datetime | None
    open_start: dt.datetime | None
    sessions: int
    recordings: int

    @property
    def has_known_end(self) -> bool:
        """Whether something else, or its own end, ends whatever starts last."""
        return self.last is not None and (self.open_start is None or self.open_start != self.last_start)


def phase_of(event: Event, *, at: dt.datetime | None = None) -> Phase:
    """Return where the edition stands. At most one query, none before its first day.

    It is live from the first start to the last end, nights included. Where the first day has no known start it begins
    with that day, where the last day has no known end it ends with that day, both in the zone of the edition.
    """
    now = at or present()
    if event.status in {EventStatus.POSTPONED, EventStatus.CANCELLED}:
        return Phase.OFF
    if local_day(event.timezone_name, now) < event.starts_on:
        return Phase.BEFORE
    span = live_span(event)
    if now < span.starts_at:
        return Phase.BEFORE
    return Phase.LIVE if span.holds(now) else Phase.AFTER


def live_span(event: Event) -> Span:
    """Return from when until when the edition is live."""
    days = {one.day: one for one in outline_of(event)}
    first, last = days.get(event.starts_on), days.get(event.ends_on)
    starts_at = first and first.first
    ends_at = last.last if last and last.has_known_end else None
    return Span(
        starts_at or midnight(event, event.starts_on), ends_at or midnight(event, event.ends_on + dt.timedelta(days=1))
    )


def outline_of(event: Event) -> list[DayOutline]:
    """Return the days that have visible sessions; asked for once however often a page needs it."""
    if not hasattr(event, "_outline"):
        found = Session.objects.public().filter(event=event).order_by("day")
        keep_outline(event, found.values_list(*COLUMNS, named=True))
    return event._outline  # type: ignore[attr-defined]


def keep_outline(event: Event, sessions: Iterable[Any]) -> None:
    """Note the outline of all visible sessions of an edition, in the order of days, where a page has read them."""
    days = groupby(sessions, key=lambda one: one.day)
    event._outline = [_outline(day, list(group)) for day, group in days]  # type: ignore[attr-defined]


def count_sessions(event: Event) -> int:
    """Return the number of visible sessions that are neither breaks nor parts."""
    return sum(one.sessions for one in outline_of(event))


def has_recordings(event: Event, *, at: dt.datetime | None = None) -> bool:
    """Say whether there is anything to watch afterwards: of a session, else among the documents, which is one query."""
    return any(one.recordings for one in outline_of(event)) or _has_videos(event, at)


def keep_videos(event: Event, *, any_found: bool) -> None:
    """Note whether the visible documents of an edition hold a recording, where a page has read them."""
    event._has_videos = any_found  # type: ignore[attr-defined]


def _has_videos(event: Event, at: dt.datetime | None) -> bool:
    """Say whether a recording is among the visible documents; asked for once however often a page needs it."""
    if not hasattr(event, "_has_videos"):
        keep_videos(event, any_found=event.documents.public(at).filter(kind=DocumentKind.VIDEO).exists())
    return event._has_videos  # type: ignore[attr-defined]


def midnight(event: Event, day: dt.date) -> dt.datetime:
    """Return the first moment of a day in the zone of the edition."""
    return dt.datetime.combine(day, dt.time(), tzinfo=event.zone)


def _outline(day: dt.date, sessions: list[Any]) -> DayOutline:
    runs = [one for one in sessions if one.status != SessionStatus.CANCELLED and one.type != SessionType.BREAK]
    starts = [one.starts_at for one in runs if one.starts_at]
    open_starts = [one.starts_at for one in runs if one.starts_at and not one.ends_at and not one.parent_id]
    return DayOutline(
        day,
        first=min(starts, default=None),
        last=max((one.ends_at for one in runs if one.ends_at), default=None),
        last_start=max(starts, default=None),
        open_start=max(open_starts, default=None),
        sessions=sum(not one.parent_id and one.type not in NOT_COUNTED for one in sessions),
        recordings=sum(bool(one.recording_url) for one in runs),
    )
