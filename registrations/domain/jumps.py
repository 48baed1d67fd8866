"""Passing the order of the waiting list: by organizers only, and never without a reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain.places import add_one
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import Actor, RegistrationStatus
from registrations.models import Registration


def offer_place(registration: Registration, *, reason: str, user: Any = None, adds_place: bool = False) -> Registration:
    """Offer a place to somebody out of order; where none is free, ``adds_place`` adds one that is theirs."""
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        _refuse_unless_waiting(registration)
        if registration.ticket_type.is_full and adds_place:
            add_one(registration.ticket_type)
        if registration.ticket_type.is_full:
            raise DomainError(_("No place is free."))
        move(registration, RegistrationStatus.OFFERED, pool=pool, actor=Actor.ORGANIZER, user=user, reason=reason)
    return registration


def change_priority(registration: Registration, *, priority: int, reason: str, user: Any = None) -> Registration:
    """Put somebody before or behind the others who wait; nobody gets a mail."""
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        _refuse_unless_waiting(registration)
        registration.priority = priority
        move(registration, RegistrationStatus.WAITLISTED, pool=pool, actor=Actor.ORGANIZER, user=user, reason=reason)
    return registration


def _refuse_unless_waiting(registration: Registration) -> None:
    if registration.status != RegistrationStatus.WAITLISTED:
        raise DomainError(_("Only whoever is on the waiting list can be put forward."))
