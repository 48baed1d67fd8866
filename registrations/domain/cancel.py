"""Cancelling: the seat goes to the next person waiting, in the same transaction."""

from __future__ import annotations

from typing import Any

from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import IS_ACTIVE, Actor, RegistrationStatus
from registrations.models import Registration


def cancel(
    registration: Registration, *, by: Actor = Actor.ATTENDEE, user: Any = None, reason: str = ""
) -> Registration:
    """End the registration, decline an offered place, or leave the waiting list. A second time nothing happens."""
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        if registration.status in IS_ACTIVE:
            move(registration, RegistrationStatus.CANCELLED, pool=pool, actor=by, user=user, reason=reason)
    return registration
