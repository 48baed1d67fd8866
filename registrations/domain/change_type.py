"""Changing how one attends: the new seat is taken before the old one is given back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain.status import move
from registrations.domain.waiting import holding, settle
from registrations.enums import Actor, RegistrationStatus
from registrations.models import Registration, TicketType
from registrations.queries.type_changes import CAN_CHANGE, refusal_of_change


def change_type(
    registration: Registration, *, ticket_type: TicketType, by: Actor = Actor.ATTENDEE, user: Any = None
) -> Registration:
    """Move the registration to another ticket type of the edition, whose approval it may then need.

    The attendee may do so until the deadline. Where no place is free nothing happens, and ``DomainError`` says so;
    whoever is on a waiting list gets a free place of another type like that.
    """
    now = timezone.now()
    with holding(registration.ticket_type, ticket_type, at=now) as pool:
        pool.keep(registration)
        goes_to, comes_from = pool.the(ticket_type), registration.ticket_type
        if goes_to == comes_from:
            return registration
        _refuse(registration, goes_to, by=by, at=now)
        settle(pool, now)
        if pool.has_more:
            raise DomainError(_("No place is free."))
        reason = f"{comes_from} → {goes_to}"[:300]
        actor, status = _answer(registration, goes_to, by)
        return move(registration, status, pool=pool, actor=actor, user=user, reason=reason, ticket_type=goes_to, at=now)


def _refuse(registration: Registration, ticket_type: TicketType, *, by: Actor, at: dt.datetime) -> None:
    if registration.status not in CAN_CHANGE:
        raise DomainError(_("How you attend can be changed once your registration is confirmed."))
    if by == Actor.ATTENDEE and (refusal := refusal_of_change(registration, ticket_type, at)):
        raise DomainError(refusal)


def _answer(registration: Registration, ticket_type: TicketType, by: Actor) -> tuple[Actor, RegistrationStatus]:
    """Return the new status, and who sets it: that no approval is needed any more is the site's rule."""
    status = ticket_type.status_when_accepted
    is_freed = (registration.status, status) == (RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED)
    return (Actor.SYSTEM if is_freed and by == Actor.ATTENDEE else by), status
