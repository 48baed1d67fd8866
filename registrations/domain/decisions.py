"""The organizer's answer to a registration that needs one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain.batches import Outcome, in_batches
from registrations.domain.reasons import Reason
from registrations.domain.seats import Pool
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import MUST_ANSWER, Actor, RegistrationStatus
from registrations.models import Registration

CAN_BE_CONFIRMED = MUST_ANSWER | {RegistrationStatus.PENDING}
CAN_BE_DECLINED = CAN_BE_CONFIRMED | {RegistrationStatus.WAITLISTED}


def confirm(registration: Registration, *, user: Any = None) -> Registration:
    """Confirm a registration for which a seat is kept already. A second time nothing happens."""
    with holding(registration.ticket_type) as pool:
        _confirmed(pool.keep(registration), pool, user=user)
    return registration


def confirm_all(registrations: Sequence[Registration], *, user: Any = None) -> Outcome:
    """Confirm many; those that are confirmed already stay as they are."""
    return in_batches(registrations, lambda one, pool: _confirmed(one, pool, user=user))


def decline(registration: Registration, *, user: Any = None, reason: Reason | str = "") -> Registration:
    """Decline a registration that is not confirmed yet, with a reason that stands in the mail."""
    with holding(registration.ticket_type) as pool:
        _declined(pool.keep(registration), pool, user=user, reason=reason)
    return registration


def decline_all(registrations: Sequence[Registration], *, user: Any = None, reason: Reason | str = "") -> Outcome:
    """Decline many; those that are declined already stay as they are."""
    return in_batches(registrations, lambda one, pool: _declined(one, pool, user=user, reason=reason))


def _confirmed(registration: Registration, pool: Pool, *, user: Any) -> bool:
    return _answered(registration, pool, RegistrationStatus.CONFIRMED, can=CAN_BE_CONFIRMED, user=user)


def _declined(registration: Registration, pool: Pool, **facts: Any) -> bool:
    return _answered(registration, pool, RegistrationStatus.DECLINED, can=CAN_BE_DECLINED, **facts)


def _answered(
    registration: Registration, pool: Pool, status: RegistrationStatus, *, can: frozenset[str], **facts: Any
) -> bool:
    """Give the answer to a registration that the pool keeps; ``False`` where it has it already."""
    if registration.status == status:
        return False
    if registration.status not in can:
        raise DomainError(_refusal(registration))
    move(registration, status, pool=pool, actor=Actor.ORGANIZER, **facts)
    return True


def _refusal(registration: Registration) -> str:
    if registration.status == RegistrationStatus.WAITLISTED:
        return _("No place is free. Raise the number of places; they go to the people waiting, in order.")
    if registration.status == RegistrationStatus.CONFIRMED:
        return _("This registration is confirmed already. Cancel it instead.")
    return _("This registration is over. The person may register anew.")
