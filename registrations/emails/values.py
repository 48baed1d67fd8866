"""What the placeholders in the organizers' texts stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from forum_site.lib.moments import date_range
from forum_site.lib.placeholders import fill
from registrations.emails.session_words import session_in, session_time
from registrations.models import Invitation, Registration
from registrations.queries.facts import place_of
from registrations.queries.spans import deadline_words

#: Whom a text is about: somebody registered, or invited, who has no code and no place on a list yet.
Person = Registration | Invitation

_VALUES: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "name": lambda registration, _context: registration.full_name,
    "organization": lambda registration, _context: registration.organization,
    "code": lambda registration, _context: getattr(registration, "code", ""),
    "ticket_type": lambda registration, _context: registration.ticket_type.name,
    "edition": lambda registration, _context: registration.event.name,
    "theme": lambda registration, _context: registration.event.theme,
    "dates": lambda registration, _context: _dates(registration),
    "place": lambda registration, _context: place_of(registration.event, registration.ticket_type),
    "position": lambda registration, _context: _position(registration),
    "deadline": lambda registration, context: _deadline(registration, context),
    "reason": lambda _registration, context: context.get("reason", ""),
    "session": lambda registration, context: _session(registration, context),
    "session_time": lambda registration, context: session_time(registration, context),
    "link": lambda registration, _context: settings.SITE_URL + registration.self_service_path(),
}


def filled(text: str, registration: Person, context: dict[str, Any]) -> str:
    """Return an organizer's text with its placeholders replaced, in the current language.

    Values are plain text, which templates escape; what somebody has entered as a name is never read as a placeholder.
    """

    def value_of(name: str) -> str | None:
        return str(_VALUES[name](registration, context)) if name in _VALUES else None

    return fill(text, value_of)


def _position(registration: Person) -> str:
    return str(registration.waiting_position() or "") if isinstance(registration, Registration) else ""


def _session(registration: Person, context: dict[str, Any]) -> str:
    session = session_in(registration, context)
    return str(session.title) if session else ""


def _dates(registration: Person) -> str:
    event = registration.event
    return date_range(event.starts_on, event.ends_on, get_language() or "en")


def _deadline(registration: Person, context: dict[str, Any]) -> str:
    """The moment that stands in the mail, else the one that runs now."""
    if isinstance(registration, Invitation):
        return deadline_words(registration, registration.until) if registration.until else ""
    at = dt.datetime.fromisoformat(context["until"]) if context.get("until") else registration.expires_at
    return deadline_words(registration, at) if at else ""
