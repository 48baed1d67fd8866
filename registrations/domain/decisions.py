"""The organizer's answer to a registration that needs one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.enums import MUST_ANSWER, Actor, RegistrationStatus
from registrations.models import Registration

CAN_BE_CONFIRMED = MUST_ANSWER | {RegistrationStatus.PENDING}
CAN_BE_DECLINED = CAN_BE_CONFIRMED | {RegistrationStatus.WAITLISTED}


def confirm(registration: Registration, *, user: Any = None) -> Registration:
    """Confirm a registration for which a seat is kept already. A second time nothing happens."""
    return _answer(registration, RegistrationStatus.CONFIRMED, can=CAN_BE_CONFIRMED, user=user)


def decline(registration: Registration, *, user: Any = None, reason: str = "") -> Registration:
    """Decline a registration that is not confirmed yet, with a reason that stands in the mail."""
    return _answer(registration, RegistrationStatus.DECLINED, can=CAN_BE_DECLINED, user=user, reason=reason)


def _answer(
    registration: Registration,
    status: RegistrationStatus,
    *,
    can: frozenset[RegistrationStatus],
    user: Any,
    reason: str = "",
) -> Registration:
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        if registration.status == status:
            return registration
        if registration.status not in can:
            raise DomainError(_refusal(registration))
        return move(registration, status, pool=pool, actor=Actor.ORGANIZER, user=user, reason=reason)


def _refusal(registration: Registration) -> str:
    if registration.status == RegistrationStatus.WAITLISTED:
        return _("No place is free. Raise the number of places; they go to the people waiting, in order.")
    if registration.status == RegistrationStatus.CONFIRMED:
        return _("This registration is confirmed already. Cancel it instead.")
    return _("This registration is over. The person may register anew.")
