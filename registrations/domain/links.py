"""Sending somebody the link to the personal page again."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from events.models import Event
from forum_site.mail.models import EmailMessage
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


def _has_had_enough(registration: Registration) -> bool:
    recently = timezone.now() - dt.timedelta(seconds=settings.LIMIT_SECONDS)
    sent = EmailMessage.objects.filter(
        reference=letters.reference_of(registration), kind=letters.EXISTING, created_at__gt=recently
    )
    return sent.count() >= settings.REGISTRATIONS_PER_EMAIL
