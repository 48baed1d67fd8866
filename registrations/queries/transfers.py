"""Whether somebody may pass a place on."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import EventStatus
from registrations.enums import OfferState, RegistrationStatus
from registrations.models import Registration
from registrations.queries.check_ins import arrival_of
from registrations.queries.offers import state_of_event

#: Whoever has one of these has a place that is theirs. A place on the waiting list is nobody's to pass on.
CAN_PASS_ON = frozenset({RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED})


def refusal_of_transfer(registration: Registration, at: dt.datetime | None = None) -> str:
    """Return why the place cannot be passed on, or "". At most one query, as ``arrival_of``."""
    if registration.status not in CAN_PASS_ON:
        return _("Only a place that is kept for you can be passed on.")
    if not registration.ticket_type.may_transfer:
        return _("Places of this kind cannot be passed on.")
    state = state_of_event(registration.event, at or timezone.now())
    if state == OfferState.PAST:
        return _("This edition is over.")
    if state is not None and registration.event.status != EventStatus.POSTPONED:
        return _("Places of this edition cannot be passed on.")
    if arrival_of(registration):
        return _("You have been checked in. Whoever has come does not pass the place on.")
    return ""
