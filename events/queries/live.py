"""What runs now, what comes next in each room, and the rest of the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from events.enums import Phase
from events.models import Appearance, Event, Room, Session
from events.queries.agenda import AgendaDay, AgendaSession, set_in_days, visible_sessions
from events.queries.now import Now, now_in
from events.queries.phase import keep_outline, phase_of


@dataclass(frozen=True)
class Running:
    """A session that runs now, with the talk that is being given, where minutes are known."""

    entry: AgendaSession
    talk: Appearance | None = None


@dataclass(frozen=True)
class Lane:
    """A room or stream: what runs in it now, and what starts next in it on this day. No room: the whole forum."""

    room: Room | None
    running: list[Running] = field(default_factory=list)
    coming: list[AgendaSession] = field(default_factory=list)


@dataclass(frozen=True)
class Live:
    """The forum at a moment.

    ``lanes`` are those in which something runs or comes on ``day``. ``breaks`` run now. ``later`` is the rest of the
    day after what stands in the lanes; of a day without known times all of it. ``resumes_at`` is the next start while
    nothing of the day has begun or everything is over: before and between the days; of a day without known times only
    ``resumes_on`` is known.
    """

    phase: Phase
    at: dt.datetime
    day: dt.date | None = None
    lanes: list[Lane] = field(default_factory=list)
    breaks: list[AgendaSession] = field(default_factory=list)
    later: list[AgendaSession] = field(default_factory=list)
    resumes_at: dt.datetime | None = None
    resumes_on: dt.date | None = None


def live_of(event: Event, *, at: dt.datetime | None = None, sessions: Iterable[Session] | None = None) -> Live:
    """Return the forum at this moment; two queries, however many sessions there are.

    ``sessions`` are all visible ones in order, where a page has read them already.
    """
    now = at or timezone.now()
    found = list(visible_sessions(event, at=now) if sessions is None else sessions)
    keep_outline(event, found)
    phase = phase_of(event, at=now)
    days = set_in_days(event, found, at=now)
    if phase in {Phase.AFTER, Phase.OFF}:
        return Live(phase, now)
    marks = now_in(event, days, at=now)
    day = _day_at(days, marks, now, event)
    if day is None:
        return _between(phase, now, days, event)
    starts = [one for one in _standing(day) if one.session.starts_at]
    running = [one for one in starts if _runs(one, day, marks, now, event)]
    coming = [one for one in starts if one.session.starts_at and one.session.starts_at > now]
    has_begun = len(coming) < len(starts)
    lanes = _lanes([one for one in running if not one.session.is_break], coming if has_begun else [], marks)
    shown = {id(one) for lane in lanes for one in lane.coming}
    return Live(
        phase,
        now,
        day.date,
        lanes,
        breaks=[one for one in running if one.session.is_break],
        later=[one for one in (coming if starts else _standing(day)) if id(one) not in shown],
        resumes_at=coming[0].session.starts_at if coming and not has_begun else None,
        resumes_on=day.date if coming and not has_begun else None,
    )


def _between(phase: Phase, now: dt.datetime, days: list[AgendaDay], event: Event) -> Live:
    """Return the forum while nothing of today is left: when it goes on, as far as that is known."""
    today = now.astimezone(event.zone).date()
    after = next((day for day in days if day.date > today and _standing(day)), None)
    if after is None:
        return Live(phase, now)
    starts = [one.session.starts_at for one in _standing(after) if one.session.starts_at]
    return Live(phase, now, resumes_at=min(starts, default=None), resumes_on=after.date)


def _runs(entry: AgendaSession, day: AgendaDay, marks: Now | None, now: dt.datetime, event: Event) -> bool:
    """Say whether a session runs; one whose end nothing tells runs until its day is over."""
    session = entry.session
    if marks is None or session.starts_at is None or session.starts_at > now:
        return False
    if ("session", session.pk) in marks.spans:
        return marks.is_live("session", session.pk)
    return not session.ends_at and now.astimezone(event.zone).date() == day.date


def _day_at(days: list[AgendaDay], marks: Now | None, now: dt.datetime, event: Event) -> AgendaDay | None:
    """Return the day in which something runs or is to come today, nights included; at night the next one if timed."""
    today = now.astimezone(event.zone).date()
    for day in days:
        timed = [one for one in _standing(day) if one.session.starts_at]
        if any(_runs(one, day, marks, now, event) for one in timed):
            return day
        if day.date < today:
            continue
        if any(one.session.starts_at > now for one in timed if one.session.starts_at):
            return day if day.date == today or marks else None
        if not timed and day.date == today:
            return day
    return None


def _standing(day: AgendaDay) -> list[AgendaSession]:
    """What takes place that day, in the order of the programme."""
    return [one for one in day.sessions if not one.session.is_cancelled]


def _lanes(running: Sequence[AgendaSession], coming: Sequence[AgendaSession], marks: Now | None) -> list[Lane]:
    """One lane per room, in the order of the rooms, those first in which something runs.

    Sessions without a room share one; beside rooms it is there only while something runs in it.
    """
    rooms: dict[int | None, Room | None] = {}
    here: dict[int | None, list[Running]] = defaultdict(list)
    after: dict[int | None, list[AgendaSession]] = defaultdict(list)
    for one in [*running, *coming]:
        rooms.setdefault(one.session.room_id, one.session.room)
    for one in running:
        here[one.session.room_id].append(Running(one, _talk(one, marks)))
    for one in coming:
        waiting = after[one.session.room_id]
        if not one.session.is_break and (not waiting or waiting[0].session.starts_at == one.session.starts_at):
            waiting.append(one)
    has_rooms = any(room for room in rooms.values())
    lanes = [
        Lane(room, here[key], after[key])
        for key, room in rooms.items()
        if here[key] or (after[key] and (room or not has_rooms))
    ]
    return sorted(lanes, key=lambda lane: (not lane.running, lane.room is None, lane.room.position if lane.room else 0))


def _talk(entry: AgendaSession, marks: Now | None) -> Appearance | None:
    if marks is None:
        return None
    return next((talk for talk in entry.all_talks if marks.is_live("talk", talk.pk)), None)
