"""Cancelling: the seat goes to the next person waiting, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from registrations.domain.batches import Outcome, in_batches
from registrations.domain.reasons import Reason
from registrations.domain.seats import Pool
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import IS_ACTIVE, Actor, RegistrationStatus
from registrations.models import Registration


def cancel(
    registration: Registration, *, by: Actor = Actor.ATTENDEE, user: Any = None, reason: Reason | str = ""
) -> Registration:
    """End the registration, decline an offered place, or leave the waiting list. A second time nothing happens."""
    with holding(registration.ticket_type) as pool:
        _end(pool.keep(registration), pool, actor=by, user=user, reason=reason)
    return registration


def cancel_all(registrations: Sequence[Registration], *, user: Any = None, reason: Reason | str = "") -> Outcome:
    """Cancel many as an organizer does; those that are over stay as they are."""
    facts = {"actor": Actor.ORGANIZER, "user": user, "reason": reason}
    return in_batches(registrations, lambda one, pool: _end(one, pool, **facts))


def _end(registration: Registration, pool: Pool, **facts: Any) -> bool:
    if registration.status not in IS_ACTIVE:
        return False
    move(registration, RegistrationStatus.CANCELLED, pool=pool, **facts)
    return True
