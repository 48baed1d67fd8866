"""The person's yes: to the address that must be confirmed, and to a place that is offered."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.errors import DomainError
from registrations.domain.register import refusal
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import IS_OVER, MUST_ANSWER, Actor, OfferState, RegistrationStatus
from registrations.models import Registration
from registrations.queries.offers import state_of_event


def accept(registration: Registration) -> Registration:
    """Confirm the address, or take the place; whoever comes too late has expired. A second time nothing happens."""
    now = timezone.now()
    with holding(registration.ticket_type, at=now) as pool:
        pool.keep(registration)
        if registration.status in MUST_ANSWER:
            if registration.expires_at is not None and registration.expires_at <= now:
                return move(registration, RegistrationStatus.EXPIRED, pool=pool, actor=Actor.SCHEDULE, at=now)
            _refuse_what_is_off(registration.event, now)
            status = registration.status_when_accepted
            return move(registration, status, pool=pool, actor=Actor.ATTENDEE, at=now)
    if registration.status == RegistrationStatus.WAITLISTED:
        raise DomainError(_("No place is free yet. We write to you as soon as there is one."))
    if registration.status in IS_OVER:
        raise DomainError(_("This registration is over. You may register anew."))
    return registration


def _refuse_what_is_off(event: Event, at: dt.datetime) -> None:
    """Raise ``DomainError`` where nobody can say yes any more: at an edition that is cancelled or over."""
    state = state_of_event(event, at)
    if state in {OfferState.CANCELLED, OfferState.PAST}:
        raise DomainError(refusal(state))
