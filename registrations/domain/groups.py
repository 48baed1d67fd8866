"""Several people at once: each with an own registration, mail and link, by one contact; names may come later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from forum_site.lib.codes import digest
from forum_site.lib.errors import DomainError
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import forget_words, write_anew
from registrations.domain import letters
from registrations.domain.answers import Given, files_only_if_kept, keep_answers
from registrations.domain.cancel import cancel
from registrations.domain.deadlines import deadline_for
from registrations.domain.links import send_existing_link
from registrations.domain.newcomers import OwnWords, newcomer
from registrations.domain.register import refuse_closed
from registrations.domain.seats import CHANGED_MEANWHILE, Pool
from registrations.domain.status import move
from registrations.domain.waiting import holding, settle
from registrations.enums import IS_ACTIVE, Actor, RegistrationStatus
from registrations.models import Registration, RegistrationGroup, TicketType
from registrations.validators import email_key

#: The mail that says where a place stands, for whoever claims it.
LETTER_OF = {
    RegistrationStatus.UNVERIFIED: letters.UNVERIFIED,
    RegistrationStatus.PENDING: letters.PENDING,
    RegistrationStatus.WAITLISTED: letters.WAITLISTED,
    RegistrationStatus.OFFERED: letters.OFFERED,
    RegistrationStatus.CONFIRMED: letters.CONFIRMED,
}


@dataclass(frozen=True)
class Person:
    """Somebody whom a contact registers; without an address it is a place whose name comes later."""

    full_name: str
    email: str
    organization: str
    country: str


def register_group(
    event: Event,
    *,
    ticket_type: TicketType,
    contact_name: str,
    contact_email: str,
    people: Sequence[Person],
    waits_together: bool,
    language: str,
    consent_text: str,
    at: dt.datetime | None = None,
) -> RegistrationGroup:
    """Register these people in one transaction and mail each of them, and the contact, an own link.

    Where there are not enough seats all of them wait, if the group ``waits_together``, else those for whom none is
    left. Whoever is registered already only gets the link again. Raises ``DomainError`` where registration is not
    open or there are too many people.
    """
    now = at or timezone.now()
    refuse_closed(event, ticket_type, now)
    if ticket_type.is_hidden:
        raise DomainError(_("This way to attend is not open to you."))
    _refuse_size(ticket_type, len(people))
    group = RegistrationGroup(
        event=event,
        contact_name=contact_name,
        contact_email=contact_email.strip(),
        language=language,
        waits_together=waits_together,
        created_at=now,
    )
    group.secret_digest = digest(group.secret)
    members = [_member(group, ticket_type, person, consent_text, now) for person in people]
    try:
        _store(group, members, now)
    except IntegrityError as error:
        raise DomainError(str(CHANGED_MEANWHILE)) from error
    return group


def _refuse_size(ticket_type: TicketType, count: int) -> None:
    most = ticket_type.most_in_group
    if not 0 < count <= most:
        sentence = ngettext("At most %(most)s person at once.", "At most %(most)s people at once.", most)
        raise DomainError(sentence % {"most": most} if count else _("Enter at least one person."))


def _member(
    group: RegistrationGroup, ticket_type: TicketType, person: Person, consent_text: str, now: dt.datetime
) -> Registration:
    guest = _("Guest of %(name)s") % {"name": group.contact_name}
    member = newcomer(
        group.event,
        ticket_type=ticket_type,
        at=now,
        group=group,
        full_name=person.full_name or guest[:150],
        email=person.email or group.contact_email,
        organization=person.organization,
        country=person.country,
        language=group.language,
        consent_text=consent_text,
    )
    if not person.email:
        member.email_key, member.is_unclaimed, member.is_preapproved = f"unclaimed:{member.guid}", True, False
    return member


def _store(group: RegistrationGroup, members: list[Registration], now: dt.datetime) -> None:
    ticket_type = members[0].ticket_type
    with holding(ticket_type, at=now) as pool:
        kept = pool.the(ticket_type)
        keys = [one.email_key for one in members]
        known = Registration.objects.filter(event=group.event, email_key__in=keys, status__in=IS_ACTIVE)
        there = {one.email_key: one for one in known}
        fresh = [one for one in members if one.email_key not in there]
        for one in there.values():
            send_existing_link(one)
        group.save(force_insert=True)
        if fresh and (kept.is_full or kept.last_waiting_number):
            settle(pool, now)
        must_wait = group.waits_together and kept.seats_left is not None and kept.seats_left < len(fresh)
        for one in fresh:
            _register(one, pool, must_wait=must_wait or pool.has_more, at=now)
        letters.write_to(group, letters.GROUP)


def _register(member: Registration, pool: Pool, *, must_wait: bool, at: dt.datetime) -> None:
    member.ticket_type = ticket_type = pool.the(member.ticket_type)
    if must_wait or ticket_type.is_full:
        status = RegistrationStatus.WAITLISTED
    elif ticket_type.needs_confirmation:
        status = RegistrationStatus.UNVERIFIED
    else:
        status = member.status_when_accepted
    letter = "" if member.is_unclaimed else None
    move(member, status, pool=pool, actor=Actor.ATTENDEE, at=at, letter=letter)


def claim(
    registration: Registration, *, email: str, answers: Sequence[Given] = (), **words: Unpack[OwnWords]
) -> Registration:
    """Enter who takes a place whose name was not known; from then on it is theirs, with a link that is mailed to them.

    Whoever is registered already gets their own link again and is returned; the place stays as it was, and nobody
    learns of it here. Raises ``DomainError`` where somebody has claimed it already.
    """
    now = timezone.now()
    if known := Registration.objects.active_for(registration.event, email).first():
        return send_existing_link(known)
    try:
        with files_only_if_kept(registration, answers), holding(registration.ticket_type, at=now) as pool:
            pool.keep(registration)
            _refuse_claimed(registration)
            _forget_contact_mails(registration)
            _enter(registration, email.strip(), at=now, **words)
            until = registration.expires_at.isoformat() if registration.expires_at else ""
            letters.write_to(registration, LETTER_OF[RegistrationStatus(registration.status)], until=until)
            keep_answers(registration, answers, pool=pool)
    except IntegrityError as error:
        raise DomainError(str(CHANGED_MEANWHILE)) from error
    return registration


def _enter(registration: Registration, email: str, *, at: dt.datetime, **words: Unpack[OwnWords]) -> None:
    """Give a place without a name to a person; the time to confirm the address begins now."""
    for name, value in words.items():
        setattr(registration, name, value)
    registration.email, registration.email_key, registration.is_unclaimed = email, email_key(email), False
    registration.consented_at = registration.changed_at = at
    if registration.status == RegistrationStatus.UNVERIFIED:
        registration.expires_at = deadline_for(registration.status, registration.ticket_type, at)
    registration.renew_secret()
    registration.save()


def decline_claim(registration: Registration) -> Registration:
    """Leave a place to the contact, who is told and finds a new link for somebody else; the old one is dead.

    Raises ``DomainError`` where somebody has claimed it already.
    """
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        _refuse_claimed(registration)
        registration.renew_secret()
        registration.changed_at = timezone.now()
        registration.save(update_fields=["secret", "secret_digest", "changed_at"])
        if registration.group and registration.group.contact_email:
            letters.write_to(registration.group, letters.CLAIM_DECLINED)
    return registration


def _refuse_claimed(registration: Registration) -> None:
    if not registration.is_unclaimed or not registration.is_active:
        raise DomainError(_("This place is not free to be claimed any more."))


def _forget_contact_mails(registration: Registration) -> None:
    """Count the mails that went to the contact among those of the group."""
    mails = EmailMessage.objects.filter(reference=letters.reference_of(registration))
    mails.exclude(state=MailState.SENT).delete()
    if registration.group:
        mails.update(reference=letters.reference_of(registration.group))


def cancel_member(group: RegistrationGroup, registration: Registration) -> Registration:
    """Cancel one of the places, as the contact does it; the person is told by whom."""
    if registration.group_id != group.pk:
        raise DomainError(_("This person belongs to another group."))
    return cancel(registration, reason=_("Cancelled by %(name)s, who registered you") % {"name": group.contact_name})


def forget_words_of_group(group: RegistrationGroup) -> None:
    """Blank the mails to the contact, which name all members; what leaves the next time is composed anew."""
    reference = letters.reference_of(group)
    forget_words(EmailMessage.objects.filter(reference=reference))
    write_anew(reference)


def forget_group(group: RegistrationGroup) -> None:
    """Erase the contact, unless others of the group are still there; in the transaction of the last erasure."""
    if not Registration.objects.filter(group=group, erased_at=None).exists():
        with transaction.atomic():
            EmailMessage.objects.filter(reference=letters.reference_of(group)).delete()
            group.contact_name = group.contact_email = ""
            group.renew_secret()
            group.save()
