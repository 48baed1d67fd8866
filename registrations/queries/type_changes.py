"""To which other ticket type somebody may go."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from registrations.enums import OfferState, RegistrationStatus
from registrations.models import Registration, TicketType
from registrations.queries.offers import state_of_event, window_of

#: From these one goes to another ticket type; whoever has been asked something answers that first.
CAN_CHANGE = frozenset({RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED})


def types_to_go_to(registration: Registration, at: dt.datetime | None = None) -> list[TicketType]:
    """Return the other ticket types that the person may choose now, full ones included. At most one query."""
    now = at or timezone.now()
    if registration.status not in CAN_CHANGE or not _is_in_time(registration, now):
        return []
    others = registration.event.ticket_types.select_related("quota").exclude(pk=registration.ticket_type_id)
    return [one for one in others.order_by("position") if not refusal_of_change(registration, one, now)]


def refusal_of_change(registration: Registration, ticket_type: TicketType, at: dt.datetime) -> str:
    """Return why the person cannot go to this ticket type by themselves, or "". Free places are another question."""
    if ticket_type.event_id != registration.event_id:
        return _("This way to attend belongs to another edition.")
    if not _is_in_time(registration, at):
        return _("How you attend can no longer be changed.")
    window = window_of(ticket_type, at)
    is_prolonged = window == OfferState.CLOSED and registration.ticket_type.changes_until is not None
    if ticket_type.is_hidden or not (window == OfferState.OPEN or is_prolonged):
        return _("This way to attend is not open now.")
    return ""


def _is_in_time(registration: Registration, at: dt.datetime) -> bool:
    until = registration.ticket_type.changes_until
    return (until is None or at < until) and state_of_event(registration.event, at) is None
