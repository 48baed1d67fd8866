"""The agenda of a registered person, day by day and for calendars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.enums import SessionType
from events.feeds import session_entry
from events.models import Event, Session
from events.models.programme import SessionQuerySet
from events.queries.agenda import assembled, visible_sessions
from events.queries.calendar_records import records_of
from events.queries.filters import OWN_LINK, short_name
from forum_site.lib.calendars import calendar_file
from registrations.models import Registration, SessionBooking


@dataclass(frozen=True)
class Choice:
    """A session that can be starred; ``is_chosen``: it is. ``is_booked``: the person has a place in it."""

    session: Session
    is_chosen: bool
    is_booked: bool = False

    @property
    def key(self) -> str:
        """Its short name."""
        return short_name(self.session)


@dataclass(frozen=True)
class ChoiceDay:
    """Sessions of one day, in the order of the programme."""

    date: dt.date
    choices: list[Choice]


@dataclass(frozen=True)
class MyAgenda:
    """What somebody has starred."""

    days: list[ChoiceDay]

    @property
    def code_link(self) -> str:
        """The same for a QR code; "" where it would be too long for one."""
        return self.link if OWN_LINK.fullmatch(self.link) else ""

    @property
    def link(self) -> str:
        """The short names, as they stand in a link to the agenda."""
        return "-".join(sorted(one.key for day in self.days for one in day.choices))


def programme_of(event: Event) -> SessionQuerySet:
    """Return what can be starred: all that visitors can see but breaks and parts."""
    return visible_sessions(event).filter(parent=None).exclude(type=SessionType.BREAK)


def agenda_of(registration: Registration) -> MyAgenda:
    """Return the starred and the booked sessions that visitors can see; one query."""
    is_booked = Exists(registration.bookings.booked().filter(bookable__session=OuterRef("pk")))
    kept = Q(pk__in=registration.stars.values("session")) | Q(is_booked=True)
    sessions = programme_of(registration.event).annotate(is_booked=is_booked).filter(kept)
    return MyAgenda(_days(registration.event, [(one, True, one.is_booked) for one in sessions]))


def booked_sessions(registration: Registration) -> QuerySet[SessionBooking, int]:
    """Return the primary keys of the sessions in which the person has a place."""
    return registration.bookings.booked().values_list("bookable__session", flat=True)


def choices_of(registration: Registration) -> list[ChoiceDay]:
    """Return the whole programme, with what is starred; two queries."""
    chosen = set(registration.stars.values_list("session", flat=True))
    sessions = programme_of(registration.event)
    return _days(registration.event, [(session, session.pk in chosen) for session in sessions])


def agenda_file(registration: Registration) -> bytes:
    """Return the starred and the booked sessions as a calendar in the current language.

    Who no longer takes part gives them back.
    """
    event, starred, booked = registration.event, registration.stars.values("session"), booked_sessions(registration)
    kept = Q(pk__in=starred) | Q(parent__in=starred) | Q(pk__in=booked) | Q(parent__in=booked)
    sessions = visible_sessions(event).filter(kept)
    records = records_of(event)
    shown = [entry for entry in assembled(event, sessions) if not entry.session.is_break]
    entries = [session_entry(event, entry, records.get(entry.session.guid)) for entry in shown]
    if not registration.is_active:
        entries = [replace(entry, status="CANCELLED") for entry in entries]
    name = _("My agenda: %s") % event.header_name
    return calendar_file(entries, name=name, language=get_language() or "en", stamp=event.changed_at)


def _days(event: Event, facts: list[tuple[Any, ...]]) -> list[ChoiceDay]:
    """Group the facts of choices, which begin with the session, by day."""
    for session, *_rest in facts:
        session.event = event
    grouped = groupby(facts, key=lambda one: one[0].day)
    return [ChoiceDay(day, [Choice(*one) for one in group]) for day, group in grouped]
