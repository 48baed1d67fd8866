"""Inviting people personally: sent, reminded while they have not answered, declined by one click, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from forum_site.mail.outbox import put_many
from registrations.domain import letters
from registrations.enums import AWAITS_ANSWER, InvitationState
from registrations.models import Delegation, Invitation, TicketType
from registrations.validators import email_key

#: Nobody is reminded twice within this time: a second click, or that of a colleague, sends nothing more.
REST = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Guest:
    """A line of a list of people to invite."""

    full_name: str
    email: str
    organization: str = ""
    language: str = "en"
    country: str = ""


def add_invitations(
    ticket_type: TicketType,
    guests: Iterable[Guest],
    *,
    delegation: Delegation | None = None,
    until: dt.datetime | None = None,
) -> tuple[list[Invitation], list[Guest]]:
    """Add drafts for these people; return them, and those left out because they are invited to the edition already.

    All of them count in the same ``delegation``, if any, and have the same time to answer.
    """
    shared = {"ticket_type": ticket_type, "delegation": delegation, "until": until}
    with transaction.atomic():
        known = set(Invitation.objects.filter(event=ticket_type.event).values_list("email_key", flat=True))
        added, left_out = [], []
        for guest in guests:
            if email_key(guest.email) in known:
                left_out.append(guest)
                continue
            known.add(email_key(guest.email))
            fields = {"full_name": guest.full_name, "email": guest.email, "organization": guest.organization}
            added.append(
                Invitation.objects.create(event=ticket_type.event, language=guest.language, **shared, **fields)
            )
    return added, left_out


def send(invitations: Iterable[Invitation]) -> int:
    """Mail those that were not sent yet and can be answered; return their number.

    Raises ``DomainError`` while the edition is a draft.
    """
    is_new = Q(state=InvitationState.DRAFT)
    return _write(invitations, is_new, letters.INVITATION, state=InvitationState.SENT, moment="sent_at")


def remind(invitations: Iterable[Invitation]) -> int:
    """Mail those again who have not answered, still can, and were not reminded just now; return their number."""
    has_rested = Q(reminded_at=None) | Q(reminded_at__lte=timezone.now() - REST)
    which = Q(state__in=AWAITS_ANSWER) & has_rested
    return _write(invitations, which, letters.INVITATION_REMINDER, moment="reminded_at")


def note_opened(invitation: Invitation) -> None:
    """Note that the person has seen the invitation."""
    rows = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT)
    rows.update(state=InvitationState.OPENED, opened_at=timezone.now())


def decline(invitation: Invitation) -> Invitation:
    """Take the person's no; until they register after all. A second time nothing happens."""
    rows = Invitation.objects.filter(pk=invitation.pk, state__in=AWAITS_ANSWER)
    rows.update(state=InvitationState.DECLINED, answered_at=timezone.now())
    invitation.refresh_from_db()
    if invitation.state != InvitationState.DECLINED:
        raise DomainError(_("This invitation has been answered already, or was withdrawn."))
    return invitation


def withdraw(invitation: Invitation) -> Invitation:
    """Take an invitation back that was not accepted: its link opens nothing any more."""
    rows = Invitation.objects.filter(pk=invitation.pk).exclude(state=InvitationState.ACCEPTED)
    if not rows.update(state=InvitationState.WITHDRAWN):
        raise DomainError(_("This invitation was accepted. Cancel the registration instead."))
    invitation.refresh_from_db()
    return invitation


def _write(invitations: Iterable[Invitation], which: Q, kind: str, *, moment: str, state: str = "") -> int:
    """Mail those of them for which this holds, under their lock, so that two clicks send one mail."""
    with transaction.atomic():
        rows = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
        found = rows.filter(which, pk__in=[one.pk for one in invitations]).order_by("pk")
        chosen = [one for one in found if not one.is_late(timezone.now())]
        if any(not one.event.is_public for one in chosen):
            raise DomainError(_("This edition is a draft. Publish it first: the invitations lead to its pages."))
        put_many(letters.letter_to(one, kind) for one in chosen)
        fields = {moment: timezone.now()} | ({"state": state} if state else {})
        Invitation.objects.filter(pk__in=[one.pk for one in chosen]).update(**fields)
    return len(chosen)
