"""Registering: one short transaction that takes a seat or a place on the waiting list, and writes the mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.codes import digest
from forum_site.lib.errors import DomainError
from registrations.domain import letters, seats
from registrations.domain.answers import Given, files_only_if_kept, keep_answers
from registrations.domain.links import send_existing_link
from registrations.enums import OfferState, RegistrationStatus
from registrations.models import Registration, TicketType
from registrations.queries.offers import state_of_event, window_of
from registrations.validators import email_key


def register(
    event: Event,
    *,
    ticket_type: TicketType,
    full_name: str,
    email: str,
    organization: str,
    country: str,
    language: str,
    consent_text: str,
    timezone_name: str = "",
    answers: Sequence[Given] = (),
    at: dt.datetime | None = None,
) -> Registration:
    """Return the person's registration: confirmed, to be approved, or on the waiting list.

    An address that is registered already gets its registration back untouched, and its link by mail. Raises
    ``DomainError`` where registration is not open or an answer cannot be kept. Seven queries, at most four more for
    answers, beside the transaction itself.
    """
    now = at or timezone.now()
    refuse_closed(event, ticket_type, now)
    if known := Registration.objects.active_for(event, email).first():
        return send_existing_link(known)
    registration = Registration(
        event=event,
        ticket_type=ticket_type,
        full_name=full_name,
        email=email.strip(),
        email_key=email_key(email),
        organization=organization,
        country=country,
        language=language,
        timezone_name=timezone_name,
        consent_text=consent_text,
        consented_at=now,
        created_at=now,
        changed_at=now,
        status_changed_at=now,
    )
    return _store(registration, answers)


def refuse_closed(event: Event, ticket_type: TicketType, at: dt.datetime) -> None:
    """Raise ``DomainError`` unless somebody can register there at this moment."""
    if ticket_type.event_id != event.pk:
        raise DomainError(_("This way to attend belongs to another edition."))
    state = state_of_event(event, at) or window_of(ticket_type, at)
    if state != OfferState.OPEN:
        raise DomainError(refusal(state))


def refusal(state: OfferState) -> str:
    """Return the sentence with which registration is refused."""
    return {
        OfferState.CANCELLED: _("This edition is cancelled. Nobody can register any more."),
        OfferState.POSTPONED: _("This edition is postponed. Registration opens again when the new dates are known."),
        OfferState.PAST: _("This edition is over. Nobody can register any more."),
        OfferState.NOT_YET: _("Registration has not opened yet."),
        OfferState.CLOSED: _("Registration is closed."),
    }.get(state, _("There is no registration for this edition."))


def _store(registration: Registration, answers: Sequence[Given]) -> Registration:
    registration.secret_digest = digest(registration.secret)
    try:
        with files_only_if_kept(registration, answers), transaction.atomic():
            _take_place(registration)
            registration.save(force_insert=True)
            keep_answers(registration, answers)
            letters.write_to(registration, letters.FIRST_LETTER[RegistrationStatus(registration.status)])
    except IntegrityError:
        known = Registration.objects.active_for(registration.event, registration.email).first()
        if known is None:
            raise
        return send_existing_link(known)
    return registration


def _take_place(registration: Registration) -> None:
    """Decide the status under the lock of the ticket type. Whoever waits already comes first, even with a seat free."""
    ticket_type = seats.lock(registration.ticket_type_id)
    if not _somebody_waits(ticket_type) and seats.take(ticket_type):
        is_pending = ticket_type.needs_approval
        registration.status = RegistrationStatus.PENDING if is_pending else RegistrationStatus.CONFIRMED
        return
    registration.status = RegistrationStatus.WAITLISTED
    registration.waiting_number = seats.next_waiting_number(ticket_type)


def _somebody_waits(ticket_type: TicketType) -> bool:
    if ticket_type.last_waiting_number == 0:
        return False
    return Registration.objects.waiting().filter(ticket_type=ticket_type).exists()
