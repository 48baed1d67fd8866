"""Seats of a ticket type: taken by one conditional change, given back without a condition.

Whoever makes seats scarcer holds the row of the ticket type (``lock``), so that nobody overtakes the waiting list.
On SQLite the transaction itself is the lock: it is IMMEDIATE by the settings.
"""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Greatest

from registrations.models import Registration, TicketType


def lock(ticket_type_id: int) -> TicketType:
    """Return the ticket type as it stands now and keep its row until the transaction ends. One query."""
    return TicketType.objects.select_for_update(no_key=True).get(pk=ticket_type_id)


def lock_both(registration: Registration) -> TicketType:
    """Take the locks in the order of the whole house, ticket type first, and read both rows anew. Two queries."""
    ticket_type = lock(registration.ticket_type_id)
    registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
    return ticket_type


def take(ticket_type: TicketType, count: int = 1) -> bool:
    """Take that many seats, all or none; return whether they were there. One query."""
    are_there = Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity") - count)
    rows = TicketType.objects.filter(are_there, pk=ticket_type.pk)
    return rows.update(seats_taken=F("seats_taken") + count) == 1


def give_back(ticket_type: TicketType) -> None:
    """Give one seat back. One query."""
    rows = TicketType.objects.filter(pk=ticket_type.pk)
    rows.update(seats_taken=Greatest(F("seats_taken") - 1, 0))


def next_waiting_number(ticket_type: TicketType) -> int:
    """Return a number nobody has had, higher than all before; needs the lock. One query."""
    number = ticket_type.last_waiting_number + 1
    TicketType.objects.filter(pk=ticket_type.pk).update(last_waiting_number=number)
    ticket_type.last_waiting_number = number
    return number
