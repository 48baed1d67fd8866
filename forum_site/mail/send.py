"""Sends one mail of the outbox, at least once, whatever happens to the worker in the meantime."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from email.headerregistry import Address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from forum_site.lib.bilingual import in_language
from forum_site.mail.compose import fill_in
from forum_site.mail.enums import MailState
from forum_site.mail.models import OUTDATED, WORDLESS, EmailMessage

logger = logging.getLogger(__name__)

#: Minutes after each failed attempt; after the last one the mail has failed.
PAUSES = (1, 5, 15, 60, 240)


def deliver(pk: int) -> bool:
    """Send the mail if it is due and nobody else is at it; return whether it left the house.

    A mail that is kept because no server is configured is only composed, so that it can be read in the admin.
    """
    claimed_at = timezone.now()
    if not _claim(pk, claimed_at):
        _compose_held(pk)
        return False
    message = EmailMessage.objects.select_related("event__series").get(pk=pk)
    try:
        compose_once(message)
        mail = as_mail(message)
        mail.connection = get_connection(settings.MAIL_TRANSPORT)
        mail.send()
    except DatabaseError:
        raise  # stays claimed, and is taken back when the database answers again
    except Exception as error:
        logger.warning("Mail %s was not sent: %s", message.guid, type(error).__name__)
        _note_failure(message, error)
        return False
    _mark_sent(message)
    return True


def _claim(pk: int, claimed_at: dt.datetime) -> bool:
    rows = EmailMessage.objects.due(claimed_at).filter(pk=pk)
    return rows.update(state=MailState.SENDING, claimed_at=claimed_at, attempts=F("attempts") + 1) == 1


def _compose_held(pk: int) -> None:
    message = EmailMessage.objects.select_related("event__series").filter(pk=pk, state=MailState.HELD).first()
    if message:
        compose_once(message)


def compose_once(message: EmailMessage) -> EmailMessage:
    """Fill in subject, bodies and attachments, unless an earlier attempt has done so already and they still hold."""
    if not message.subject or message.is_outdated:
        for mark in (OUTDATED, WORDLESS):
            message.context.pop(mark, None)
        fill_in(message)
        message.save(update_fields=["subject", "text_body", "html_body", "attachments", "context"])
    return message


def as_mail(message: EmailMessage) -> EmailMultiAlternatives:
    """Return the mail as it goes over the wire. Its Message-ID stays the same at every attempt."""
    series = message.event.series if message.event else None
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text_body,
        from_email=_address(_sender_name(series, message.language), settings.DEFAULT_FROM_EMAIL),
        to=[_address(message.recipient_name, message.recipient)],
        reply_to=[series.contact_email] if series and series.contact_email else None,
        headers=_headers(message),
    )
    if message.html_body:
        mail.attach_alternative(message.html_body, "text/html")
    for attachment in message.attachments:
        mail.attach(attachment["filename"], attachment["content"], attachment["content_type"])
    return mail


def _headers(message: EmailMessage) -> dict[str, str]:
    return {
        "Message-ID": f"<{message.guid}@{urlsplit(settings.SITE_URL).hostname}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _sender_name(series: Any, language: str) -> str:
    if series is None:
        return ""
    return str(in_language(series, "short_name", language) or in_language(series, "name", language))


def _address(name: str, address: str) -> str:
    """The address with its name; the local part stays as typed."""
    local, _, domain = address.rpartition("@")
    return str(Address(display_name=" ".join(name.split()), username=local, domain=domain)) if name else address


def _mark_sent(message: EmailMessage) -> None:
    rows = EmailMessage.objects.filter(pk=message.pk)
    if message.is_forgotten:
        rows.delete()
        return
    rows.update(state=MailState.SENT, sent_at=timezone.now(), claimed_at=None, error="")


def _note_failure(message: EmailMessage, error: Exception) -> None:
    rows = EmailMessage.objects.filter(pk=message.pk, state=MailState.SENDING)
    words = f"{type(error).__name__}: {error}"[:2000]
    if is_final(error) or message.attempts > len(PAUSES):
        if message.is_forgotten:
            rows.delete()
            return
        rows.update(state=MailState.FAILED, error=words, claimed_at=None)
    else:
        pause = dt.timedelta(minutes=PAUSES[message.attempts - 1])
        rows.update(state=MailState.QUEUED, error=words, claimed_at=None, next_try_at=timezone.now() + pause)


def is_final(error: Exception) -> bool:
    """Whether trying again is useless: the server has refused every recipient for good (RFC 5321, codes 5xx)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())
