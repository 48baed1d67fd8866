"""The people of an edition, and the editions of a person."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from events.enums import AppearanceRole
from events.models import Appearance, Event, Session, Speaker
from events.models.people import AppearanceQuerySet

#: Sessions without a time come last in their day.
_NUMBER = re.compile(r"(?:\s*#\s*\d+|(?<=演讲)[一二三四五六七八九十]+)$")
_LATE = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Person:
    """A speaker with all appearances in an edition; the first keynote, else the first of all, presents them."""

    speaker: Speaker
    appearances: list[Appearance]

    @property
    def appearance(self) -> Appearance:
        """The one that presents them."""
        return self.appearances[0]

    @property
    def featured(self) -> int | None:
        """The best place on the home page that the organizer has given, if any."""
        places = [one.featured_position for one in self.appearances if one.featured_position is not None]
        return min(places, default=None)

    @property
    def role(self) -> str:
        """The role as printed, without the number that it has within its session: two people may be "Keynote #1"."""
        return _NUMBER.sub("", self.appearance.role_label)

    @property
    def title(self) -> str:
        """Title and affiliation as printed that day."""
        return str(self.appearance.printed_title)


def people_of(event: Event, *, at: dt.datetime | None = None) -> list[Person]:
    """Return everybody announced for the edition once: keynotes first, then in the order of the programme.

    One query, however many they are.
    """
    people: dict[int, Person] = {}
    appearances = sorted(_announced(event, at), key=_place)
    for appearance in sorted(appearances, key=lambda one: not _is_keynote(one)):
        people.setdefault(appearance.speaker_id, Person(appearance.speaker, [])).appearances.append(appearance)
    return list(people.values())


def featured_first(people: list[Person]) -> list[Person]:
    """Return the same people, those first to whom the organizer has given a place on the home page."""
    return sorted(people, key=lambda one: (one.featured is None, one.featured or 0))


def speakers_of(event: Event, *, at: dt.datetime | None = None) -> Any:
    """Return the speakers that visitors find in this edition, as a queryset without order."""
    return Speaker.objects.filter(pk__in=_announced(event, at).values("speaker"))


def appearances_of(speaker: Speaker, *, at: dt.datetime | None = None) -> list[Appearance]:
    """Return the announced appearances in all public editions, each with its session and edition.

    The newest edition comes first, within it the programme's order.
    """
    appearances = _visible(at).filter(speaker=speaker, session__event__in=Event.objects.public())
    found = appearances.select_related("session__parent__event", "session__event", "session__room")
    newest = sorted(found, key=lambda one: (-one.session.event.starts_on.toordinal(), *_place(one)))
    for appearance in newest:
        appearance.speaker = speaker
    return newest


def _visible(at: dt.datetime | None) -> AppearanceQuerySet:
    return Appearance.objects.public(at)


def _announced(event: Event, at: dt.datetime | None) -> AppearanceQuerySet:
    return _visible(at).filter(session__event=event).select_related("speaker", "session__parent")


def _is_keynote(appearance: Appearance) -> bool:
    return appearance.role == AppearanceRole.KEYNOTE


def _place(appearance: Appearance) -> tuple[object, ...]:
    """Return where the appearance stands when the programme is read from top to bottom."""
    session = appearance.session
    whole = session.parent or session
    return (*_order(whole), session.parent is not None, *_order(session), appearance.position)


def _order(session: Session) -> tuple[object, ...]:
    return (session.day, session.starts_at or _LATE, session.position, session.pk)
