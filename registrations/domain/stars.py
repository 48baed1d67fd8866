"""The agenda that registered people keep: what they have starred in a browser, or ticked in a list."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from events.models import Session
from events.queries.filters import short_name
from registrations.models import Registration, StarredSession
from registrations.queries.stars import programme_of


def keep_stars(registration: Registration, *, names: Iterable[str]) -> Registration:
    """Add the sessions with these short names to the agenda; names that the programme does not know are ignored."""
    _add(registration, _named(registration, names))
    return registration


def drop_stars(registration: Registration, *, names: Iterable[str]) -> Registration:
    """Take these sessions out of the agenda."""
    registration.stars.filter(session__in=_named(registration, names)).delete()
    return registration


def choose_sessions(registration: Registration, *, names: Iterable[str]) -> Registration:
    """Keep exactly these sessions of those that visitors can see; a star of a hidden one waits until it is back."""
    programme = programme_of(registration.event)
    chosen = _named(registration, names)
    with transaction.atomic():
        registration.stars.filter(session__in=programme).exclude(session__in=chosen).delete()
        _add(registration, chosen)
    return registration


def _named(registration: Registration, names: Iterable[str]) -> list[Session]:
    wanted = set(names)
    sessions = programme_of(registration.event).only("pk", "guid").select_related(None)
    return [one for one in sessions if short_name(one) in wanted]


def _add(registration: Registration, sessions: Iterable[Session]) -> None:
    """Add what is missing; two browsers may do so at once."""
    stars = [StarredSession(registration=registration, session=session) for session in sessions]
    StarredSession.objects.bulk_create(stars, ignore_conflicts=True)
