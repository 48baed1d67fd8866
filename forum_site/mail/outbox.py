"""Puts mails into the outbox, in the transaction of the change that causes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from forum_site.lib.prepared import insert, make_ready
from forum_site.lib.queued import job
from forum_site.mail.compose import fill_in
from forum_site.mail.enums import MailState
from forum_site.mail.models import OUTDATED, WORDLESS, EmailMessage


def put(message: EmailMessage) -> EmailMessage:
    """Write one mail and the job that sends it; both exist only if the caller's transaction is committed.

    With a subject it is composed already. Otherwise its ``reference`` says what it is about (``registration:<guid>``)
    and its ``context`` what the composer needs beside it, as JSON. Two queries.
    """
    store(made_ready(message))
    return message


def made_ready(message: EmailMessage) -> tuple[Model, ...]:
    """Return the rows of a mail and of the job that sends it, worked out before anybody waits for them. No query."""
    message.state = first_state()
    return make_ready(message), make_ready(_job_of(message))


def store(rows: Iterable[Model]) -> None:
    """Write such rows in the caller's transaction. A query each."""
    for row in rows:
        insert(row)


def put_many(messages: Iterable[EmailMessage]) -> list[EmailMessage]:
    """Write mails to many people without a job each: the minute's job sends them in turns with everybody else's.

    A confirmation therefore never waits behind a mailing of thousands.
    """
    rows = list(messages)
    for row in rows:
        row.state = first_state()
    return EmailMessage.objects.bulk_create(rows)


def put_forgotten(message: EmailMessage) -> EmailMessage | None:
    """Write a mail, composed now, that the outbox deletes once it has left or failed for good.

    For what must not outlast the data it speaks of. Nothing is written where no mail server is configured: it would
    stay. Two queries, beside those of the composer.
    """
    if not settings.EMAIL_IS_CONFIGURED:
        return None
    fill_in(message)
    message.reference, message.context = "", {}
    message.state, message.is_forgotten = first_state(), True
    message.save(force_insert=True)
    insert(_job_of(message))
    return message


def send_again(message: EmailMessage) -> EmailMessage:
    """Put a mail back into the outbox, with its words as they are, unless outdated, and all its attempts before it.

    A mail that is being sent at this moment stays alone, and one whose recipient or words are forgotten.
    """
    message.refresh_from_db()
    if message.has_lost_its_words:
        return message
    fields = {"state": first_state(), "attempts": 0, "error": "", "next_try_at": timezone.now(), "claimed_at": None}
    rows = EmailMessage.objects.filter(pk=message.pk).exclude(state=MailState.SENDING).exclude(recipient="")
    if rows.update(**fields, sent_at=None, returned="", returned_note="", returned_at=None):
        insert(_job_of(message))
    message.refresh_from_db()
    return message


def forget_words(mails: QuerySet[EmailMessage]) -> None:
    """Blank what mails say of somebody who is to be forgotten; that they were sent stays. One query."""
    mails.update(text_body="", html_body="", context={WORDLESS: True})


def write_anew(reference: str) -> None:
    """Have all mails about something be written anew before they leave the next time, as a link was exchanged.

    Those that wait lose their words at once. What was sent stays to be read as it was sent. Three queries.
    """
    rows = list(EmailMessage.objects.filter(reference=reference).only("context"))
    for row in rows:
        row.context[OUTDATED] = True
    EmailMessage.objects.bulk_update(rows, ["context"])
    waiting = EmailMessage.objects.filter(reference=reference, state__in=[MailState.QUEUED, MailState.HELD])
    waiting.update(subject="")


def first_state() -> MailState:
    """Return where a new mail stands: kept where no mail server is configured, else queued."""
    return MailState.QUEUED if settings.EMAIL_IS_CONFIGURED else MailState.HELD


def _job_of(message: EmailMessage) -> Model:
    return job("forum_site.mail.jobs.deliver_one", str(message.guid), task_name=f"mail {message.guid}")
