"""Composes the mails about registrations: the same facts and words as text and as HTML, and the calendar entry."""

from __future__ import annotations

from forum_site.mail.compose import Attachment, Composed, register_composer
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.emails.invitations import compose_invitation
from registrations.emails.own_words import with_own_words, words_of_mailing
from registrations.emails.personal_words import declined_claim_words, delegation_words, group_words, words_for
from registrations.emails.session_words import session_attachments, session_words_for
from registrations.emails.setting import composed
from registrations.enums import RegistrationStatus
from registrations.models import Delegation, Mailing, Registration, RegistrationGroup, Transfer
from registrations.queries.calendar_entries import CONTENT_TYPE, method_for, registration_file
from registrations.queries.facts import facts_of, group_facts, own_facts, place_facts

#: Mails with which a calendar entry may be taken back.
MAY_WITHDRAW = {letters.CANCELLED, letters.DECLINED, letters.PENDING, letters.HANDED_OVER, letters.ERASED}


def register_composers() -> None:
    """Make the mails of this app known to the outbox."""
    for kind in letters.KINDS:
        register_composer(kind, compose_letter)
    for kind in letters.INVITATION_LABELS:
        register_composer(kind, compose_invitation)
    register_composer(letters.MAILING, compose_mailing)
    register_composer(letters.ERASED, compose_last)
    register_composer(letters.TRANSFER, compose_transfer)
    register_composer(letters.GROUP, compose_group)
    register_composer(letters.CLAIM_DECLINED, compose_group)
    register_composer(letters.DELEGATION, compose_delegation)


def compose_letter(message: EmailMessage) -> Composed:
    """Compose any of the letters in ``letters.KINDS``, in the language that is active. Five queries."""
    registration = registration_of(message)
    writer = session_words_for if message.kind in letters.SESSION_KINDS else words_for
    standard = writer(message.kind, registration, message.context)
    words = with_own_words(standard, message.kind, registration, message.context)
    is_off = message.kind in {letters.EDITION_POSTPONED, letters.EDITION_CANCELLED}
    facts = own_facts(registration) if is_off else facts_of(registration)
    return composed(registration, words, facts, attachments_for(message, registration))


def compose_mailing(message: EmailMessage) -> Composed:
    """Compose one copy of a mailing."""
    registration = registration_of(message)
    mailing = Mailing.objects.get(pk=message.context["mailing"])
    has_entry = mailing.has_calendar and registration.status == RegistrationStatus.CONFIRMED
    attachments = [_calendar(registration, method_for(registration))] if has_entry else []
    return composed(registration, words_of_mailing(mailing, registration), facts_of(registration), attachments)


def compose_last(message: EmailMessage) -> Composed:
    """Compose the mail that says that everything is erased: in our words only, and without facts to keep."""
    registration = registration_of(message)
    farewell = words_for(letters.ERASED, registration, message.context)
    return composed(registration, farewell, [], attachments_for(message, registration))


def compose_transfer(message: EmailMessage) -> Composed:
    """Compose the mail to a colleague, who learns nothing of the first person but the name."""
    related = ("registration__event__series", "registration__event__venue", "registration__ticket_type")
    transfer = Transfer.objects.select_related(*related).get(guid=letters.guid_in(message.reference))
    registration = transfer.registration
    words = words_for(letters.TRANSFER, registration, {})
    return composed(transfer, words, place_facts(registration.event, registration.ticket_type))


def compose_group(message: EmailMessage) -> Composed:
    """Compose a mail to the contact of a group, with who was registered."""
    group = RegistrationGroup.objects.select_related("event__series", "event__venue").get(
        guid=letters.guid_in(message.reference)
    )
    members = list(group.members.filter(erased_at=None).order_by("pk").select_related("ticket_type"))
    words = declined_claim_words(group) if message.kind == letters.CLAIM_DECLINED else group_words(group)
    return composed(group, words, group_facts(group, members))


def compose_delegation(message: EmailMessage) -> Composed:
    """Compose the mail to the focal point of a delegation."""
    related = ("event__series", "event__venue", "ticket_type")
    delegation = Delegation.objects.select_related(*related).get(guid=letters.guid_in(message.reference))
    return composed(delegation, delegation_words(delegation), place_facts(delegation.event, delegation.ticket_type))


def registration_of(message: EmailMessage) -> Registration:
    """Return what the mail is about."""
    return Registration.objects.select_related("event__series", "event__venue", "ticket_type").get(
        guid=letters.guid_in(message.reference)
    )


def attachments_for(message: EmailMessage, registration: Registration) -> list[Attachment]:
    """Return the calendar entry for whoever is confirmed, and its withdrawal for whoever has had one."""
    if message.kind in letters.SESSION_KINDS:
        return session_attachments(message.kind, registration, message.context)
    if message.kind in MAY_WITHDRAW:
        return [_calendar(registration, "CANCEL")] if message.context.get("had_entry") else []
    if registration.status != RegistrationStatus.CONFIRMED:
        return []
    return [_calendar(registration, method_for(registration))]


def _calendar(registration: Registration, method: str) -> Attachment:
    content = registration_file(registration, method=method)
    return Attachment(f"{registration.event.slug}.ics", CONTENT_TYPE.format(method=method), content)
