"""Sending a text to many people: with time to take it back, in batches that can be paused, to each person once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from forum_site.lib.one_by_one import each_by_itself
from forum_site.mail.enums import MailState
from forum_site.mail.outbox import put_many
from registrations.domain import letters
from registrations.enums import MailingState
from registrations.models import Delivery, Mailing, Registration
from registrations.queries.recipients import due_recipients, not_yet_served

#: How long a mailing can be taken back after the button was pressed.
UNDO = dt.timedelta(minutes=10)
#: So many copies of a mailing wait in the outbox at the most; a pause stops all others.
BATCH = 200


def schedule(mailing: Mailing, *, at: dt.datetime | None = None) -> Mailing:
    """Have a draft sent, or a paused mailing go on: ten minutes from now, or at its own moment if that is later."""
    if mailing.state not in {MailingState.DRAFT, MailingState.PAUSED}:
        raise DomainError(_("This mailing is on its way already."))
    soon = (at or timezone.now()) + UNDO
    begins_at = mailing.begins_at or max(soon, mailing.send_at or soon)
    return _set(mailing, MailingState.SCHEDULED, begins_at=begins_at)


def pause(mailing: Mailing) -> Mailing:
    """Write no further copies until ``schedule`` is called again; those in the outbox (at most a batch) leave it."""
    if mailing.state != MailingState.SCHEDULED:
        raise DomainError(_("This mailing is not on its way."))
    return _set(mailing, MailingState.PAUSED)


def take_back(mailing: Mailing) -> Mailing:
    """Make it a draft again that can be edited; whoever has had a copy will not get another one."""
    if mailing.state not in {MailingState.SCHEDULED, MailingState.PAUSED}:
        raise DomainError(_("This mailing is not on its way."))
    return _set(mailing, MailingState.DRAFT, begins_at=None)


def write_due(now: dt.datetime | None = None) -> int:
    """Write the next batch of every mailing that is due; return the number of copies. Called every minute."""
    moment = now or timezone.now()
    waiting = Mailing.objects.filter(state=MailingState.SCHEDULED, begins_at__lte=moment)
    found = list(waiting.order_by("begins_at", "pk").values_list("pk", flat=True))
    return sum(each_by_itself(found, lambda pk: write_batch(pk, moment)))


def write_batch(pk: int, now: dt.datetime) -> int:
    """Write copies for the next people, as far as the outbox has room for this mailing; return their number.

    Copies and deliveries are one transaction under the mailing's lock: two workers write nobody two copies.
    """
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)
        if mailing.state != MailingState.SCHEDULED:
            return 0
        waiting = Delivery.objects.filter(mailing=mailing, mail__state=MailState.QUEUED).count()
        people = list(due_recipients(mailing, now)[: max(0, BATCH - waiting)])
        _write(mailing, people)
        if not (people or waiting or mailing.is_relative or not_yet_served(mailing).exists()):
            _set(mailing, MailingState.DONE)
    return len(people)


def _write(mailing: Mailing, people: list[Registration]) -> None:
    mails = put_many(letters.letter_to(person, letters.MAILING, mailing=mailing.pk) for person in people)
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, registration=person, mail=mail) for person, mail in zip(people, mails, strict=True)
    )


def _set(mailing: Mailing, state: MailingState, **fields: dt.datetime | None) -> Mailing:
    Mailing.objects.filter(pk=mailing.pk).update(state=state, **fields)
    mailing.state = state
    for name, value in fields.items():
        setattr(mailing, name, value)
    return mailing
