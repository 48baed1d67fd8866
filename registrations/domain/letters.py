"""Mails about registrations, groups, delegations and invitations, put into the outbox with the change they tell of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import made_ready, put, put_forgotten
from registrations.models import Delegation, Invitation, Registration, RegistrationGroup, Transfer

CONFIRMED = "registration_confirmed"
PENDING = "registration_pending"
WAITLISTED = "registration_waitlisted"
PROMOTED = "registration_promoted"
CANCELLED = "registration_cancelled"
DECLINED = "registration_declined"
EXISTING = "registration_existing"
UNVERIFIED = "registration_unverified"
OFFERED = "registration_offered"
EXPIRED = "registration_expired"
CHANGED = "registration_changed"
SESSION_OFFERED = "session_offered"
SESSION_EXPIRED = "session_expired"
SESSION_MOVED = "session_moved"
SESSION_CANCELLED = "session_cancelled"
SESSION_WITHDRAWN = "session_withdrawn"
EDITION_MOVED = "edition_moved"
EDITION_POSTPONED = "edition_postponed"
EDITION_CANCELLED = "edition_cancelled"
TRANSFER_OFFERED = "registration_transfer_offered"
HANDED_OVER = "registration_handed_over"
TRANSFER_DECLINED = "registration_transfer_declined"
RENEWED = "registration_renewed"
MAILING = "registration_mailing"
INVITATION = "invitation"
INVITATION_REMINDER = "invitation_reminder"
#: To somebody who has no registration yet, or none any more: never in the organizers' words, whose link is personal.
TRANSFER = "transfer"
GROUP = "registration_group"
CLAIM_DECLINED = "registration_claim_declined"
DELEGATION = "delegation"
ERASED = "registration_erased"

#: What organizers call the mails that a change causes.
KIND_LABELS = {
    UNVERIFIED: _("Address to be confirmed"),
    CONFIRMED: _("Registration confirmed"),
    PENDING: _("Registration received, to be approved"),
    WAITLISTED: _("On the waiting list"),
    OFFERED: _("A place is offered"),
    PROMOTED: _("A place has become free"),
    CHANGED: _("Ticket type changed"),
    EXPIRED: _("Offer or confirmation expired"),
    CANCELLED: _("Registration cancelled"),
    DECLINED: _("Registration declined"),
    EXISTING: _("Link sent again"),
    SESSION_OFFERED: _("A place in a session is offered"),
    SESSION_EXPIRED: _("Offer of a place in a session expired"),
    SESSION_MOVED: _("A chosen session has moved"),
    SESSION_CANCELLED: _("A chosen session is cancelled"),
    SESSION_WITHDRAWN: _("A place in a session is taken back"),
    EDITION_MOVED: _("The edition has other dates or another place"),
    EDITION_POSTPONED: _("The edition is postponed"),
    EDITION_CANCELLED: _("The edition is cancelled"),
    RENEWED: _("Link exchanged"),
    TRANSFER_OFFERED: _("Place offered to a colleague"),
    HANDED_OVER: _("Place passed on to a colleague"),
    TRANSFER_DECLINED: _("Offered place declined by a colleague"),
}
KINDS = tuple(KIND_LABELS)
#: Mails to people who are not registered yet.
INVITATION_LABELS = {INVITATION: _("Invitation"), INVITATION_REMINDER: _("Reminder of an invitation")}
ALL_LABELS = KIND_LABELS | INVITATION_LABELS
#: Those about one session, whose key stands in their context.
SESSION_KINDS = frozenset({SESSION_OFFERED, SESSION_EXPIRED, SESSION_MOVED, SESSION_CANCELLED, SESSION_WITHDRAWN})


#: Whom or what a mail is about: it goes to the person behind it, in their language.
About = Registration | RegistrationGroup | Delegation | Invitation | Transfer


def letter_to(about: About, kind: str, **context: Any) -> EmailMessage:
    """Return a mail about this registration or invitation, or about a group to its contact; it is not stored yet.

    No query, so that it can be called for many.
    """
    return EmailMessage(
        kind=kind,
        recipient=about.email,
        recipient_name=about.full_name,
        language=about.language,
        event_id=about.event_id,
        reference=reference_of(about),
        context=context,
    )


def write_to(about: About, kind: str, **context: Any) -> EmailMessage:
    """Store such a mail with the job that sends it. Two queries."""
    return put(letter_to(about, kind, **context))


def letter_ready(about: About, kind: str, **context: Any) -> tuple[Model, ...]:
    """Return the rows of such a mail, for ``forum_site.mail.outbox.store``. No query."""
    return made_ready(letter_to(about, kind, **context))


def write_last(registration: Registration, **context: Any) -> EmailMessage | None:
    """Write the mail that says that everything is erased; the outbox keeps nothing of it. Call it before erasing."""
    return put_forgotten(letter_to(registration, ERASED, **context))


def reference_of(about: About) -> str:
    """Return what stands in the outbox for this registration, invitation, place passed on, group or delegation."""
    return f"{about._meta.model_name}:{about.guid}"


def guid_in(reference: str) -> UUID:
    """Return which one ``reference_of`` has named; a mail's kind tells of which model."""
    return UUID(reference.partition(":")[2])
