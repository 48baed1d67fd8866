"""The waiting list: a free seat goes to whoever has waited longest."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain import letters, seats
from registrations.enums import OfferState, RegistrationStatus
from registrations.models import Registration, TicketType
from registrations.queries.offers import state_of_event


def promote_waiting(ticket_type: TicketType) -> list[Registration]:
    """Give every free seat to the next person waiting, with a mail; return them in the order of the list.

    Nothing happens at an edition that is cancelled or over.
    """
    with transaction.atomic():
        ticket_type = seats.lock(ticket_type.pk)
        if state_of_event(ticket_type.event, timezone.now()) in {OfferState.CANCELLED, OfferState.PAST}:
            return []
        waiting = Registration.objects.waiting().filter(ticket_type=ticket_type).select_related("event")
        free = ticket_type.seats_left
        chosen = list(waiting.select_for_update(of=("self",), no_key=True)[:free])
        if not chosen or not seats.take(ticket_type, len(chosen)):
            return []
        for registration in chosen:
            _promote(registration, ticket_type)
    return chosen


def change_capacity(ticket_type: TicketType, *, capacity: int | None) -> TicketType:
    """Set the number of places (``None``: without limit); new places go to the people waiting at once."""
    with transaction.atomic():
        locked = seats.lock(ticket_type.pk)
        if capacity is not None and capacity < locked.seats_taken:
            raise DomainError(_("%(taken)s places are taken already.") % {"taken": locked.seats_taken})
        TicketType.objects.filter(pk=locked.pk).update(capacity=capacity)
        promote_waiting(locked)
    ticket_type.refresh_from_db(fields=["capacity", "seats_taken", "last_waiting_number"])
    return ticket_type


def _promote(registration: Registration, ticket_type: TicketType) -> None:
    is_pending = ticket_type.needs_approval
    registration.status = RegistrationStatus.PENDING if is_pending else RegistrationStatus.CONFIRMED
    registration.status_changed_at = registration.changed_at = timezone.now()
    registration.save(update_fields=["status", "status_changed_at", "changed_at"])
    letters.write_to(registration, letters.PROMOTED)
