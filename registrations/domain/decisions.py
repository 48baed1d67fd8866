"""The organizer's answer to a registration that needs one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain import letters, seats
from registrations.domain.cancel import end
from registrations.enums import RegistrationStatus
from registrations.models import Registration


def confirm(registration: Registration) -> Registration:
    """Confirm a registration that waits for approval; its seat is kept already. A second time nothing happens."""
    with transaction.atomic():
        seats.lock_both(registration)
        if registration.status == RegistrationStatus.CONFIRMED:
            return registration
        _refuse_unless_pending(registration)
        registration.status = RegistrationStatus.CONFIRMED
        registration.status_changed_at = registration.changed_at = timezone.now()
        registration.save(update_fields=["status", "status_changed_at", "changed_at"])
        letters.write_to(registration, letters.CONFIRMED)
    return registration


def decline(registration: Registration, *, reason: str = "") -> Registration:
    """Decline a registration that waits for approval or for a seat, with a reason that stands in the mail."""
    with transaction.atomic():
        ticket_type = seats.lock_both(registration)
        if registration.status == RegistrationStatus.DECLINED:
            return registration
        if registration.status != RegistrationStatus.WAITLISTED:
            _refuse_unless_pending(registration)
        status = RegistrationStatus.DECLINED
        end(registration, ticket_type, status=status, kind=letters.DECLINED, by="organizer", reason=reason)
    return registration


def _refuse_unless_pending(registration: Registration) -> None:
    if registration.status == RegistrationStatus.PENDING:
        return
    if registration.status == RegistrationStatus.WAITLISTED:
        raise DomainError(_("No place is free. Raise the number of places; they go to the people waiting, in order."))
    if registration.status == RegistrationStatus.CONFIRMED:
        raise DomainError(_("This registration is confirmed already. Cancel it instead."))
    raise DomainError(_("This registration is over. The person may register anew."))
