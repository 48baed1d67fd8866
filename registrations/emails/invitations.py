"""Composes invitations and reminders of them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from forum_site.mail.compose import Composed
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.emails.own_words import with_own_words
from registrations.emails.setting import composed
from registrations.emails.words import Words
from registrations.models import Invitation
from registrations.queries.facts import invitation_facts


def compose_invitation(message: EmailMessage) -> Composed:
    """Compose the mail, in the language that is active. Three queries."""
    invitation = invitation_of(message)
    standard = _words(message.kind, invitation)
    words = with_own_words(standard, message.kind, invitation, {})
    return composed(invitation, words, invitation_facts(invitation))


def invitation_of(message: EmailMessage) -> Invitation:
    """Return what the mail is about."""
    return Invitation.objects.select_related("event__series", "event__venue", "ticket_type").get(
        guid=letters.guid_in(message.reference)
    )


def _words(kind: str, invitation: Invitation) -> Words:
    names = {"edition": str(invitation.event.name)}
    is_reminder = kind == letters.INVITATION_REMINDER
    subject = _("Reminder: your invitation to %(edition)s") if is_reminder else _("Invitation: %(edition)s")
    opening = _("We have the honour to invite you to %(edition)s.")
    again = _("We have invited you to %(edition)s and would be glad to hear from you.")
    return Words(
        subject=subject % names,
        heading=_("You are invited"),
        paragraphs=[
            (again if is_reminder else opening) % names,
            _("By the link below you can register, or tell us that you cannot come. It is meant for you alone."),
        ],
        link_label=_("Open my invitation"),
    )
