"""The link to the personal page: sent again, or exchanged for a new one."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import write_anew
from registrations.domain import letters
from registrations.models import Registration


def resend_link(event: Event, *, email: str) -> None:
    """Mail the link to whoever is registered there with this address; nobody learns whether somebody is."""
    if registration := Registration.objects.active_for(event, email).first():
        send_existing_link(registration)


def send_existing_link(registration: Registration) -> Registration:
    """Queue the mail with the link, but not so often that somebody else could fill the person's inbox."""
    with transaction.atomic():
        if not _has_had_enough(registration):
            letters.write_to(registration, letters.EXISTING)
    return registration


def renew_link(registration: Registration) -> Registration:
    """Exchange the personal link for a new one, which goes to the person's address; the old one is dead at once.

    With it go all addresses that are made of it: calendars, doors to sessions, files. Mails that have not left yet, or
    are sent again, get the new one.
    """
    with transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        if registration.erased_at:
            raise DomainError(_("The details of this registration are erased."))
        registration.renew_secret()
        registration.changed_at = timezone.now()
        registration.save(update_fields=["secret", "secret_digest", "changed_at"])
        write_anew(letters.reference_of(registration))
        letters.write_to(registration, letters.RENEWED)
    return registration


def _has_had_enough(registration: Registration) -> bool:
    recently = timezone.now() - dt.timedelta(seconds=settings.LIMIT_SECONDS)
    sent = EmailMessage.objects.filter(
        reference=letters.reference_of(registration), kind=letters.EXISTING, created_at__gt=recently
    )
    return sent.count() >= settings.REGISTRATIONS_PER_EMAIL
