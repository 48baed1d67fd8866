"""Cancelling: the seat goes to the next person waiting, in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from registrations.domain import letters, seats
from registrations.domain.answers import release_places
from registrations.domain.waiting import promote_waiting
from registrations.enums import HOLDS_A_SEAT, IS_ACTIVE, RegistrationStatus
from registrations.models import Registration, TicketType


def cancel(registration: Registration, *, by: str = "attendee", reason: str = "") -> Registration:
    """End the registration, or leave the waiting list; both people get a mail. A second time nothing happens.

    ``by`` is "attendee" or "organizer" and chooses the words of the mail.
    """
    with transaction.atomic():
        ticket_type = seats.lock_both(registration)
        if registration.status in IS_ACTIVE:
            status = RegistrationStatus.CANCELLED
            end(registration, ticket_type, status=status, kind=letters.CANCELLED, by=by, reason=reason)
    return registration


def end(registration: Registration, ticket_type: TicketType, *, status: str, kind: str, by: str, reason: str) -> None:
    """Take the registration out of the edition, under both locks, and hand its seat on."""
    had_seat, had_entry = registration.status in HOLDS_A_SEAT, registration.status == RegistrationStatus.CONFIRMED
    now = timezone.now()
    rows = Registration.objects.filter(pk=registration.pk)
    rows.update(
        status=status,
        status_changed_at=now,
        changed_at=now,
        status_reason=reason,
        calendar_sequence=F("calendar_sequence") + 1,
    )
    registration.refresh_from_db()
    letters.write_to(registration, kind, by=by, reason=reason, had_entry=had_entry)
    release_places(registration)
    if had_seat:
        seats.give_back(ticket_type)
        promote_waiting(ticket_type)
