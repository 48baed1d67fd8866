"""Passing a place on to a colleague: it goes over when the colleague accepts, and is never free in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Unpack

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.codes import digest
from forum_site.lib.errors import DomainError
from forum_site.lib.one_by_one import each_by_itself
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import forget_words
from registrations.domain import letters
from registrations.domain.answers import Given, files_only_if_kept, keep_answers
from registrations.domain.newcomers import OwnWords, newcomer
from registrations.domain.status import move
from registrations.domain.waiting import holding
from registrations.domain.ways_in import WayIn
from registrations.enums import Actor, RegistrationStatus
from registrations.models import Registration, Transfer
from registrations.queries.transfers import refusal_of_transfer
from registrations.validators import email_key


def offer_transfer(registration: Registration, *, full_name: str, email: str, language: str) -> Transfer:
    """Offer the place to a colleague, who gets a link by mail; the first person keeps it until that is accepted.

    Whether the colleague is registered already is not told here: nobody learns of somebody else's registration.
    """
    now = timezone.now()
    with holding(registration.ticket_type, at=now) as pool:
        pool.keep(registration)
        if refusal := refusal_of_transfer(registration, now):
            raise DomainError(refusal)
        if email_key(email) == registration.email_key:
            raise DomainError(_("This is your own address."))
        if Transfer.objects.filter(registration=registration).exists():
            raise DomainError(_("You have offered your place already. Take that back first."))
        transfer = Transfer(registration=registration, full_name=full_name, email=email.strip(), language=language)
        transfer.secret_digest = digest(transfer.secret)
        transfer.save(force_insert=True)
        letters.write_to(transfer, letters.TRANSFER)
        letters.write_to(registration, letters.TRANSFER_OFFERED, colleague=full_name)
    return transfer


def take_back(registration: Registration) -> Registration:
    """Take the offer back: its link is dead, and a mail that has not left yet does not leave. Harmless without one."""
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        forget_transfer(registration)
    return registration


def decline_transfer(transfer: Transfer) -> Registration:
    """End the offer for the colleague, whose name and address are deleted; the giver keeps the place and is told.

    Raises ``DomainError`` where the offer does not stand any more.
    """
    registration = transfer.registration
    with holding(registration.ticket_type) as pool:
        pool.keep(registration)
        if not Transfer.objects.filter(pk=transfer.pk).exists() or refusal_of_transfer(registration):
            raise DomainError(_("This offer does not stand any more."))
        forget_transfer(registration)
        letters.write_to(registration, letters.TRANSFER_DECLINED)
    return registration


def forget_transfer(registration: Registration) -> None:
    """Delete the offer with the colleague's name and mail, in the transaction that keeps the registration."""
    transfer = Transfer.objects.filter(registration=registration).first()
    if transfer is None:
        return
    EmailMessage.objects.filter(reference=letters.reference_of(transfer)).delete()
    _forget_colleague(registration)
    transfer.delete()


def _forget_colleague(registration: Registration) -> None:
    """Take the colleague's name out of the mails to the giver; what has not left yet is not sent."""
    mails = EmailMessage.objects.filter(reference=letters.reference_of(registration), kind=letters.TRANSFER_OFFERED)
    mails.exclude(state=MailState.SENT).delete()
    forget_words(mails)


def take_over(transfer: Transfer, *, answers: Sequence[Given] = (), **words: Unpack[OwnWords]) -> Registration:
    """Give the place to the colleague as a registration of their own, and end that of the first person.

    The way in of the first person is the colleague's too. Raises ``DomainError`` where the offer does not stand any
    more, or the colleague has a registration already.
    """
    now, old = timezone.now(), transfer.registration
    new = newcomer(
        old.event,
        ticket_type=old.ticket_type,
        at=now,
        way_in=WayIn(code=old.access_code, delegation=old.delegation),
        group=old.group,
        email=transfer.email,
        **words,
    )
    try:
        return _exchange(old, new, transfer, answers, now)
    except IntegrityError as error:
        if not Registration.objects.active_for(new.event, new.email).exists():
            raise
        raise DomainError(_is_registered()) from error


def _exchange(
    old: Registration, new: Registration, transfer: Transfer, answers: Sequence[Given], now: dt.datetime
) -> Registration:
    with files_only_if_kept(new, answers), holding(old.ticket_type, at=now) as pool:
        pool.keep(old)
        if not Transfer.objects.filter(pk=transfer.pk).exists() or refusal_of_transfer(old, now):
            raise DomainError(_("This offer does not stand any more."))
        if Registration.objects.active_for(old.event, new.email).exists():
            raise DomainError(_is_registered())
        new.ticket_type = old.ticket_type
        given, taken = _("Passed on to a colleague"), _("Taken over from %(code)s") % {"code": old.code}
        gone, came = RegistrationStatus.CANCELLED, new.status_when_accepted
        by = Actor.ATTENDEE
        move(old, gone, pool=pool, actor=by, reason=given, at=now, letter=letters.HANDED_OVER)
        move(new, came, pool=pool, actor=by, reason=taken, at=now)
        pool.passed_on.append((old, new))
        _forget_colleague(old)
        _hand_over_mail(transfer, new)
        transfer.delete()
        keep_answers(new, answers, pool=pool)
    return new


def _hand_over_mail(transfer: Transfer, new: Registration) -> None:
    """Count the mail with the offer among the colleague's own, without its words: they name the giver."""
    mails = EmailMessage.objects.filter(reference=letters.reference_of(transfer))
    mails.exclude(state=MailState.SENT).delete()
    forget_words(mails)
    mails.update(reference=letters.reference_of(new))


def _is_registered() -> str:
    return _("Somebody is registered with this address already. One person has one place.")


def forget_dead_transfers() -> int:
    """Delete the offers that nobody can accept any more, with the colleagues' names; return their number."""
    now, offers = timezone.now(), Transfer.objects.select_related("registration__ticket_type", "registration__event")
    dead = [one.registration for one in offers if refusal_of_transfer(one.registration, now)]
    return len(each_by_itself(dead, take_back))
