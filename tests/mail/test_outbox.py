"""The outbox: queued, sent, tried again, never lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from forum_site.mail.compose import Attachment, Composed, register_composer
from forum_site.mail.enums import MailState
from forum_site.mail.jobs import SCHEDULE, deliver_due, deliver_one, ensure_schedule
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import put as put_message
from forum_site.mail.outbox import send_again
from forum_site.mail.send import PAUSES, deliver
from tests.factories import make_event, make_series
from tests.mail.smtp import Inbox, smtp_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.EMAIL_IS_CONFIGURED = True


def plain(message: EmailMessage) -> Composed:
    from django.utils.translation import get_language

    entry = Attachment("day.ics", "text/calendar; method=PUBLISH", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    text = f"Words in {get_language()}"
    return Composed("A subject\nin two lines", text, f"<p>{text}</p>", [entry])


def broken(message: EmailMessage) -> Composed:
    raise ValueError("nothing to say")


register_composer("test_plain", plain)
register_composer("test_broken", broken)


def put(kind: str = "test_plain", **fields: Any) -> EmailMessage:
    return put_message(EmailMessage(kind=kind, **({"recipient": "ada@example.org", "language": "zh-hans"} | fields)))


def test_put_writes_the_mail_and_its_job():
    message = put(reference="registration:1", context={"by": "organizer"}, recipient_name="Ada")

    assert message.state == MailState.QUEUED
    assert OrmQ.objects.get().task["func"] == "forum_site.mail.jobs.deliver_one"
    assert OrmQ.objects.get().task["args"] == (str(message.guid),)


def test_the_job_sends_the_mail_once_and_minds_nothing_that_is_gone():
    message = put()

    assert deliver_one(str(message.guid))
    assert not deliver_one(str(message.guid))
    message.delete()
    assert not deliver_one(str(message.guid))


def test_put_leaves_nothing_when_the_change_is_undone():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put()
        raise ZeroDivisionError

    assert not EmailMessage.objects.exists()
    assert not OrmQ.objects.exists()


def test_deliver_sends_in_the_language_of_the_recipient():
    event = make_event(
        series=make_series(short_name_en="Forum", short_name_zh_hans="论坛", contact_email="us@example.org")
    )
    message = put(event=event, recipient_name="林清河, Dr.")

    assert deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MailState.SENT, 1, "")
    assert message.sent_at
    assert (message.subject, message.text_body) == ("A subject in two lines", "Words in zh-hans")
    (sent,) = mail.outbox
    assert sent.to == ['"林清河, Dr." <ada@example.org>']
    assert sent.from_email.startswith("论坛 <")
    assert sent.reply_to == ["us@example.org"]
    assert sent.extra_headers["Message-ID"] == f"<{message.guid}@testserver>"
    assert sent.alternatives[0].content == "<p>Words in zh-hans</p>"


def test_deliver_sends_once():
    message = put()

    assert deliver(message.pk)
    assert not deliver(message.pk)
    assert deliver_due() == 0
    assert len(mail.outbox) == 1


def test_deliver_leaves_a_mail_alone_that_somebody_is_sending():
    message = put()
    EmailMessage.objects.update(state=MailState.SENDING, claimed_at=timezone.now())

    assert not deliver(message.pk)
    assert deliver_due() == 0


def test_deliver_due_takes_back_what_a_killed_worker_has_left(settings):
    put()
    long_ago = timezone.now() - dt.timedelta(seconds=settings.MAIL_RECLAIM_SECONDS + 1)
    EmailMessage.objects.update(state=MailState.SENDING, claimed_at=long_ago, attempts=1)

    assert deliver_due() == 1
    assert EmailMessage.objects.get().attempts == 2


def test_deliver_keeps_the_mail_readable_without_a_mail_server(settings):
    settings.EMAIL_IS_CONFIGURED = False
    message = put()

    assert message.state == MailState.HELD
    assert not deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MailState.HELD, 0)
    assert message.text_body == "Words in zh-hans"
    assert mail.outbox == []


def test_send_again_sends_a_kept_mail_once_a_server_is_there(settings):
    settings.EMAIL_IS_CONFIGURED = False
    message = put()
    settings.EMAIL_IS_CONFIGURED = True

    send_again(message)

    assert message.state == MailState.QUEUED
    assert deliver(message.pk)
    assert len(mail.outbox) == 1


def test_deliver_tries_again_with_growing_pauses():
    message = put("test_broken")
    pauses = []

    for _ in PAUSES:
        before = timezone.now()
        deliver(message.pk)
        message.refresh_from_db()
        assert message.state == MailState.QUEUED
        pauses.append(round((message.next_try_at - before).total_seconds() / 60))
        assert not deliver(message.pk)
        EmailMessage.objects.update(next_try_at=timezone.now())
    deliver(message.pk)

    message.refresh_from_db()
    assert pauses == [1, 5, 15, 60, 240]
    assert message.state == MailState.FAILED
    assert message.error == "ValueError: nothing to say"


def test_send_again_gives_a_failed_mail_all_its_attempts():
    message = put("test_broken")
    EmailMessage.objects.update(state=MailState.FAILED, attempts=6, error="x")

    send_again(message)

    assert (message.state, message.attempts, message.error) == (MailState.QUEUED, 0, "")
    assert OrmQ.objects.count() == 2


def test_deliver_fails_for_a_kind_nobody_composes():
    message = put("unknown_kind")

    deliver(message.pk)

    message.refresh_from_db()
    assert "unknown_kind" in message.error


def use_smtp(settings: Any, port: int) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def test_deliver_speaks_to_a_real_server(settings):
    inbox = Inbox()
    with smtp_server(inbox) as port:
        use_smtp(settings, port)
        message = put(recipient_name="林清河")
        assert deliver(message.pk)

    (received,) = inbox.mails
    assert received["Message-ID"] == f"<{message.guid}@testserver>"
    assert received["To"] == "林清河 <ada@example.org>"
    assert received["Auto-Submitted"] == "auto-generated"
    text, html, calendar = (part for part in received.walk() if not part.is_multipart())
    assert text.get_content().strip() == "Words in zh-hans"
    assert html.get_content().strip() == "<p>Words in zh-hans</p>"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_filename() == "day.ics"


@pytest.mark.parametrize(
    ("answer", "state"), [("550 No such user", MailState.FAILED), ("451 Try later", MailState.QUEUED)]
)
def test_deliver_gives_up_only_when_the_address_is_refused_for_good(settings, answer, state):
    with smtp_server(Inbox(refuse=answer)) as port:
        use_smtp(settings, port)
        message = put()
        assert not deliver(message.pk)

    message.refresh_from_db()
    assert message.state == state
    assert answer[:3] in message.error


def test_deliver_waits_while_the_server_is_away(settings):
    use_smtp(settings, 1)
    message = put()

    assert not deliver(message.pk)

    message.refresh_from_db()
    assert message.state == MailState.QUEUED
    assert "ConnectionRefusedError" in message.error


def test_the_schedule_stands_in_the_database_once():
    ensure_schedule(apps=apps, using="default")
    ensure_schedule(apps=apps, using="default")

    schedule = Schedule.objects.get(name=SCHEDULE)
    assert (schedule.func, schedule.schedule_type, schedule.minutes, schedule.repeats) == (
        "forum_site.mail.jobs.deliver_due",
        "I",
        1,
        -1,
    )
