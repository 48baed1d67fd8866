"""The agenda of a registered person, day by day and for calendars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Q
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
from registrations.models import Registration


@dataclass(frozen=True)
class Choice:
    """A session that can be starred; ``is_chosen``: it is."""

    session: Session
    is_chosen: bool

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
    """Return the starred sessions that visitors can see; one query."""
    sessions = programme_of(registration.event).filter(stars__registration=registration)
    return MyAgenda(_days(registration.event, [(session, True) for session in sessions]))


def choices_of(registration: Registration) -> list[ChoiceDay]:
    """Return the whole programme, with what is starred; two queries."""
    chosen = set(registration.stars.values_list("session", flat=True))
    sessions = programme_of(registration.event)
    return _days(registration.event, [(session, session.pk in chosen) for session in sessions])


def agenda_file(registration: Registration) -> bytes:
    """Return the starred sessions as a calendar in the current language; who no longer takes part gives them back."""
    event, starred = registration.event, registration.stars.values("session")
    sessions = visible_sessions(event).filter(Q(pk__in=starred) | Q(parent__in=starred))
    records = records_of(event)
    shown = [entry for entry in assembled(event, sessions) if not entry.session.is_break]
    entries = [session_entry(event, entry, records.get(entry.session.guid)) for entry in shown]
    if not registration.is_active:
        entries = [replace(entry, status="CANCELLED") for entry in entries]
    name = _("My agenda: %s") % event.header_name
    return calendar_file(entries, name=name, language=get_language() or "en", stamp=event.changed_at)


def _days(event: Event, pairs: list[tuple[Session, bool]]) -> list[ChoiceDay]:
    for session, _is_chosen in pairs:
        session.event = event
    grouped = groupby(pairs, key=lambda pair: pair[0].day)
    return [ChoiceDay(day, [Choice(*pair) for pair in group]) for day, group in grouped]
