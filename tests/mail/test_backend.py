"""Mails of sign-in leave through the outbox like all others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def through_the_outbox(settings: Any) -> None:
    settings.EMAIL_IS_CONFIGURED = True
    settings.EMAIL_BACKEND = "forum_site.mail.backend.OutboxBackend"


def test_a_password_is_reset_by_a_mail_of_the_outbox(client):
    user = make_user()

    client.post(reverse("account_reset_password"), {"email": user.email})

    message = EmailMessage.objects.get()
    assert (message.kind, message.recipient, message.state) == ("account", user.email, MailState.QUEUED)
    assert mail.outbox == []
    assert deliver(message.pk)
    assert "/password/reset/key/" in mail.outbox[0].body


def test_every_recipient_gets_a_mail_of_their_own():
    mail.EmailMultiAlternatives("Two\nlines", "Words", to=["Ada <a@example.org>"], cc=["b@example.org"]).send()

    messages = EmailMessage.objects.order_by("recipient")
    assert [(one.recipient, one.recipient_name, one.subject) for one in messages] == [
        ("a@example.org", "Ada", "Two lines"),
        ("b@example.org", "", "Two lines"),
    ]


def test_html_is_kept():
    message = mail.EmailMultiAlternatives("Subject", "Words", to=["a@example.org"])
    message.attach_alternative("<p>Words</p>", "text/html")

    message.send()

    assert EmailMessage.objects.get().html_body == "<p>Words</p>"
