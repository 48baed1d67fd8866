"""The programme of an edition as it is printed: days, slots, sessions with their parts and people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from events.models import Appearance, Event, Session
from events.models.programme import SessionQuerySet

#: A programme with more sessions stands on a page for each day, so that phones can show it; a search finds all days.
MOST_ON_A_PAGE = 150
#: The value of ``show`` in an address that folds nothing, whether sessions or people.
EVERYTHING = "all"


@dataclass(frozen=True)
class Slot:
    """Sessions of a day that start together; a break and a session without a time stand alone.

    ``section_heading`` is empty where it repeats the heading above.
    """

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    section_heading: str
    sessions: list[AgendaSession]
    is_folded: bool = False  # it is only counted, with a link that shows it

    @property
    def is_break(self) -> bool:
        """Whether it is a thin line."""
        return self.sessions[0].session.is_break

    @property
    def is_parallel(self) -> bool:
        """Whether its sessions stand side by side."""
        return len(self.sessions) > 1


@dataclass(frozen=True)
class Unnamed:
    """The place of somebody who is not announced yet: all that visitors may know. ``count`` such stand together."""

    pk: int
    position: int
    role_label: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    count: int = 1

    @property
    def name(self) -> str:
        """The words in place of the name."""
        if self.count == 1:
            return _("Speaker to be announced")
        return _("%(count)s speakers to be announced") % {"count": self.count}


@dataclass(frozen=True)
class AgendaSession:
    """A session with its own announced appearances and its parts, each in order.

    ``talks`` never holds anybody who is not announced; ``unnamed`` holds their places.
    """

    session: Session
    talks: list[Appearance]
    parts: list[AgendaSession] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)

    @property
    def lines(self) -> list[Appearance | Unnamed]:
        """Its people and the places of those not announced yet, as the programme prints them."""
        return sorted([*self.talks, *self.unnamed], key=lambda line: line.position)

    @property
    def all_lines(self) -> list[Appearance | Unnamed]:
        """Its own lines, then those of its parts."""
        return [*self.lines, *(line for part in self.parts for line in part.lines)]

    @property
    def all_talks(self) -> list[Appearance]:
        """Its own appearances, then those of its parts."""
        return [*self.talks, *(talk for part in self.parts for talk in part.talks)]

    @property
    def shows_own_time(self) -> bool:
        """Whether its time can stand beside its first person: none of its people has minutes of their own."""
        return bool(self.session.starts_at) and not any(line.starts_at for line in self.lines)


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
    return set_in_days(event, sessions.filter(day=day) if day else sessions, at=at)


def set_in_days(event: Event, sessions: Iterable[Session], *, at: dt.datetime | None = None) -> list[AgendaDay]:
    """Return the days of visible sessions, which stand in order; one query beyond theirs."""
    entries = assembled(event, sessions, at=at)
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


def assembled(event: Event, sessions: Iterable[Session], *, at: dt.datetime | None = None) -> list[AgendaSession]:
    """Put parts into their wholes and people into both; sessions keep their order, parts without whole are dropped."""
    talks = Appearance.objects.with_known(at).order_by("position").select_related("speaker")
    parts: dict[int | None, list[AgendaSession]] = defaultdict(list)
    is_past = event.is_past
    found = list(sessions)
    prefetch_related_objects(found, Prefetch("appearances", talks))
    for session in found:
        session.event = event
        known, others = _people(session)
        unnamed = [] if is_past else _unnamed(others)
        parts[session.parent_id].append(AgendaSession(session, known, parts[session.pk], unnamed))
    for whole in parts[None]:
        for part in whole.parts:
            part.session.parent = whole.session
    return parts[None]


def _people(session: Session) -> tuple[list[Appearance], list[Appearance]]:
    """Split the prefetched appearances into those announced and the others, each knowing its session."""
    split: tuple[list[Appearance], list[Appearance]] = ([], [])
    for appearance in session.appearances.all():
        appearance.session = session
        split[0 if appearance.is_known else 1].append(appearance)
    del session._prefetched_objects_cache["appearances"]  # type: ignore[attr-defined]  # nobody finds the others there
    return split


def _unnamed(appearances: list[Appearance]) -> list[Unnamed]:
    """Return the places of people; those that follow each other in the same role, without minutes, are one line."""
    found: list[Unnamed] = []
    for one in appearances:
        place = Unnamed(one.pk, one.position, one.role_label, one.starts_at, one.ends_at)
        if found and not place.starts_at and _is_alike(found[-1], place):
            found[-1] = replace(found[-1], count=found[-1].count + 1)
        else:
            found.append(place)
    return found


def _is_alike(before: Unnamed, place: Unnamed) -> bool:
    follows = before.position + before.count == place.position
    return follows and not before.starts_at and before.role_label == place.role_label


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
