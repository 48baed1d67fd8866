"""Codes, invitations and delegations: what they open, and that none is used more often than it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.codes import clean_code
from forum_site.lib.errors import DomainError
from registrations.domain.seats import CHANGED_MEANWHILE
from registrations.enums import AWAITS_ANSWER, IS_ACTIVE, InvitationState
from registrations.models import AccessCode, Delegation, Invitation, Registration, TicketType
from registrations.validators import email_key

Row = TypeVar("Row", AccessCode, Invitation, Delegation)


class UsedUp(DomainError):  # noqa: N818
    """A way in was used for the last time, perhaps by the same person a moment ago."""


@dataclass(frozen=True)
class WayIn:
    """The code, the invitation or the delegation by which somebody comes; exactly one of them."""

    code: AccessCode | None = None
    invitation: Invitation | None = None
    delegation: Delegation | None = None

    def ticket_types(self) -> list[TicketType]:
        """Return what it opens, in their order. One query at the most."""
        if self.invitation:
            return [self.invitation.ticket_type]
        if self.delegation:
            return [self.delegation.ticket_type]
        return list(self.code.ticket_types.select_related("quota").order_by("position")) if self.code else []

    def opens(self, ticket_type: TicketType) -> bool:
        """Whether the ticket type is one of those it was given for. One query at the most."""
        return ticket_type in self.ticket_types()

    def approves(self, ticket_type: TicketType) -> bool:
        """Whether whoever comes by it for this ticket type is confirmed without being looked at."""
        return (self.code is None or self.code.skips_approval) and self.opens(ticket_type)

    def has_brought(self, registration: Registration) -> bool:
        """Whether this is somebody who came by it, perhaps a moment ago. One query for invitations."""
        if self.invitation:
            return Invitation.objects.filter(pk=self.invitation.pk, registration=registration).exists()
        of_code = self.code is not None and registration.access_code_id == self.code.pk
        return of_code or (self.delegation is not None and registration.delegation_id == self.delegation.pk)

    def knows(self, email: str) -> bool:
        """Whether the address is the one to which the invitation was sent, and so needs no confirmation."""
        return bool(self.invitation) and self.invitation.email_key == email_key(email)  # type: ignore[union-attr]


def code_for(event: Event, typed: str, at: dt.datetime | None = None) -> AccessCode:
    """Return the code of the edition that somebody has typed; raises ``DomainError`` where it opens nothing now."""
    found = AccessCode.objects.filter(event=event, code_key=clean_code(typed)).first()
    if found is None or not found.is_valid_at(at or timezone.now()):
        raise DomainError(_("This code is not valid."))
    _refuse_used_up(found)
    return found


@contextmanager
def kept(way_in: WayIn | None, registration: Registration) -> Iterator[None]:
    """Keep the way in to oneself while a registration is stored by it, and note that it was used.

    An invitation may take a place of a delegation, which the registration then counts in.

    One transaction around that of the seats; without a way in, nothing. Raises ``UsedUp`` if it has just been used for
    the last time.
    """
    if way_in is None:
        yield
        return
    with transaction.atomic():
        if way_in.code:
            _refuse_used_up(_locked(way_in.code))
        if way_in.invitation:
            invitation = _locked(way_in.invitation)
            _refuse_answered(invitation)
            registration.delegation = invitation.delegation
        if way_in.delegation:
            _refuse_closed(way_in.delegation)
        if registration.delegation:
            _refuse_full(_locked(registration.delegation))
        yield
        note_accepted(way_in, registration)


def note_accepted(way_in: WayIn, registration: Registration) -> None:
    """Note that the invitation, if it is one, has led to this registration."""
    if way_in.invitation:
        answered = Invitation.objects.filter(pk=way_in.invitation.pk)
        answered.update(state=InvitationState.ACCEPTED, answered_at=timezone.now(), registration=registration)


def _locked(row: Row) -> Row:
    """Return the row as it stands, kept until the transaction ends; raises ``DomainError`` if it is deleted."""
    kept_row = type(row)._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
    if kept_row is None:
        raise DomainError(str(CHANGED_MEANWHILE))
    return kept_row


def _refuse_used_up(code: AccessCode) -> None:
    if code.most_uses is not None and code.uses() >= code.most_uses:
        raise UsedUp(_("This code has been used as often as it may be."))


def _refuse_answered(invitation: Invitation) -> None:
    if invitation.state not in AWAITS_ANSWER:
        raise UsedUp(_("This invitation has been answered already, or was withdrawn."))
    if invitation.is_late(timezone.now()):
        raise DomainError(_("The time to answer this invitation is over."))


def places_left(delegation: Delegation) -> int:
    """Return how many people a delegation may still name; cancelled ones free their place. One query."""
    named = Registration.objects.filter(delegation=delegation, status__in=IS_ACTIVE).count()
    return max(0, delegation.places - named)


def _refuse_closed(delegation: Delegation) -> None:
    if not delegation.is_open(timezone.now()):
        raise DomainError(_("People can no longer be named for this delegation."))


def _refuse_full(delegation: Delegation) -> None:
    if not places_left(delegation):
        raise UsedUp(_("All places of this delegation are taken."))
