"""Erasing what is known of a person; the bare row stays, so that the counts stay right.

Each model with personal data of a registration is named in ``_blank``; a test finds those that are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from events.models import Event
from forum_site.lib.bilingual import columns
from forum_site.lib.codes import new_code
from forum_site.lib.moments import local_day
from forum_site.lib.one_by_one import each_by_itself
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.answers import forget_answers
from registrations.domain.delegations import forget_contact
from registrations.domain.groups import forget_group, forget_words_of_group
from registrations.domain.status import move
from registrations.domain.transfer import forget_transfer
from registrations.domain.waiting import holding
from registrations.enums import Actor, RegistrationStatus
from registrations.models import Delegation, Invitation, Registration, RegistrationGroup

#: So many of an edition are erased in one run of the job; the rest an hour later.
MOST = 2000


def erase(
    registration: Registration, *, by: Actor = Actor.ATTENDEE, user: Any = None, with_mail: bool = True
) -> Registration:
    """Erase everything that tells who this was, for good; before the end of the edition that cancels it as well.

    Afterwards the registration keeps its status: that somebody took part is no personal data. The one mail about it is
    deleted by the outbox as soon as it has left. A second time nothing happens.
    """
    now = timezone.now()
    with transaction.atomic():
        with holding(registration.ticket_type, at=now) as pool:
            pool.keep(registration)
            if registration.erased_at:
                return registration
            is_ended = registration.is_active and not registration.event.is_past
            had_entry = is_ended and registration.status == RegistrationStatus.CONFIRMED
            if is_ended:
                move(registration, RegistrationStatus.CANCELLED, pool=pool, actor=by, user=user, at=now, letter="")
        if with_mail:
            letters.write_last(registration, by=str(by), had_entry=had_entry, is_ended=is_ended)
        _blank(registration, now)
    return registration


def _blank(registration: Registration, now: dt.datetime) -> None:
    forget_transfer(registration)
    by_address = Q(event=registration.event_id, email_key=registration.email_key)
    forget_invitations(Invitation.objects.filter(Q(registration=registration) | by_address))
    forget_answers(registration)
    registration.stars.all().delete()
    registration.deliveries.all().delete()
    registration.status_changes.update(reason_en="", reason_zh_hans="")
    registration.bookings.update(reason="")
    _blank_mails(registration)
    _blank_log(Registration, [registration.pk])
    if registration.group:
        forget_words_of_group(registration.group)
    registration.full_name = registration.email = registration.organization = ""
    registration.timezone_name = ""
    for column in columns("status_reason"):
        setattr(registration, column, "")
    registration.email_key = str(registration.guid)
    registration.answers_until = None
    registration.code = _free_code()
    registration.renew_secret()
    registration.erased_at = registration.changed_at = now
    registration.is_unclaimed = False
    registration.save()
    if registration.group:
        forget_group(registration.group)


def _free_code() -> str:
    """Return a code that nobody has."""
    while Registration.objects.filter(code=(code := new_code())).exists():
        pass
    return code


def forget_invitations(invitations: QuerySet[Invitation]) -> None:
    """Delete invitations with the mails that were sent for them."""
    for invitation in invitations:
        mails = EmailMessage.objects.filter(reference=letters.reference_of(invitation))
        _blank_log(EmailMessage, mails.values_list("pk", flat=True))
        _blank_log(Invitation, [invitation.pk])
        mails.delete()
        invitation.delete()


def _blank_mails(registration: Registration) -> None:
    """Leave of the mails that they were sent; those that were not sent yet go."""
    mails = EmailMessage.objects.filter(reference=letters.reference_of(registration))
    _blank_log(EmailMessage, mails.values_list("pk", flat=True))
    mails.exclude(state=MailState.SENT).delete()
    words = {"subject": "", "text_body": "", "html_body": "", "attachments": [], "context": {}, "error": ""}
    words |= {"returned_note": ""}
    mails.update(recipient="", recipient_name="", **words)


def _blank_log(model: type[Model], keys: Iterable[int]) -> None:
    """Take the name out of what organizers did with these rows in the admin."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys])
    entries.update(object_repr="–", change_message="")


def erase_due(at: dt.datetime | None = None) -> int:
    """Erase the registrations of the editions whose day has come, without a mail; return how many people.

    The day is the last on which the data is kept, in the zone of the edition. Nothing is erased of an edition that is
    not over.
    """
    editions = Event.objects.filter(data_kept_until__isnull=False)
    return sum(each_by_itself([one for one in editions if _is_due(one, at)], _erase_edition))


def _is_due(event: Event, at: dt.datetime | None) -> bool:
    last_day = max(event.data_kept_until or event.ends_on, event.ends_on)
    return local_day(event.timezone_name, at) > last_day


def _erase_edition(event: Event) -> int:
    steps = [_erase_people, _erase_invitations, _erase_contacts]
    return sum(each_by_itself(steps, lambda erase_some: erase_some(event)))


def _erase_people(event: Event) -> int:
    known = Registration.objects.filter(event=event, erased_at=None).select_related("ticket_type", "event")
    return len(each_by_itself(known.order_by("pk")[:MOST], lambda one: erase(one, by=Actor.SCHEDULE, with_mail=False)))


def _erase_invitations(event: Event) -> int:
    forget_invitations(Invitation.objects.filter(event=event))
    return 0


def _erase_contacts(event: Event) -> int:
    for delegation in Delegation.objects.filter(event=event).exclude(contact_name="", contact_email=""):
        forget_contact(delegation)
    for group in RegistrationGroup.objects.filter(event=event).exclude(contact_email=""):
        forget_group(group)
    return 0
