"""The outbox as organizers see it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def make_mail(event, **fields):
    words = {"subject": "Welcome", "text_body": "Dear <guest>", "html_body": "<p>Dear <b>guest</b></p>"}
    facts = {"event": event, "kind": "test", "recipient": "a@example.org", "language": "en", "state": "failed"}
    return EmailMessage.objects.create(**(facts | words | fields))


def test_mail_shows_its_text_its_error_and_a_frame():
    mail = make_mail(make_event(), error="550 no such user", attempts=3)
    client = signed_in(organizer(mail.event))

    page = client.get(reverse("admin:mail_emailmessage_change", args=[mail.pk])).content.decode()

    assert "550 no such user" in page
    assert "Dear &lt;guest&gt;" in page
    assert f'src="{reverse("admin:mail_emailmessage_preview", args=[mail.pk])}"' in page
    assert "<p>Dear <b>guest</b></p>" not in page


def test_preview_is_alone_under_a_policy_of_its_own():
    mail = make_mail(make_event(), html_body='<script>alert(1)</script><p style="color:red">Dear</p>')
    client = signed_in(organizer(mail.event))

    response = client.get(reverse("admin:mail_emailmessage_preview", args=[mail.pk]))

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "style-src 'sha256-" in policy
    assert '<style>[data-style="0"]{color:red}</style>' in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_send_again_puts_the_mail_back():
    mail = make_mail(make_event())
    client = signed_in(organizer(mail.event))

    client.post(reverse("admin:mail_emailmessage_do", args=[mail.pk, "send-again"]))

    mail.refresh_from_db()
    assert mail.state == MailState.HELD


def test_send_again_action_works_for_several(settings):
    settings.EMAIL_IS_CONFIGURED = True
    event = make_event()
    mails = [make_mail(event), make_mail(event, state="sent", sent_at=timezone.now())]
    client = signed_in(organizer(event))
    chosen = {"action": "send_selected_again", "_selected_action": [str(mail.pk) for mail in mails]}

    client.post(reverse("admin:mail_emailmessage_changelist"), chosen)

    assert set(EmailMessage.objects.values_list("state", flat=True)) == {MailState.QUEUED}


@pytest.mark.parametrize("is_configured", [True, False])
def test_list_says_when_no_server_is_configured(settings, is_configured):
    settings.EMAIL_IS_CONFIGURED = is_configured
    event = make_event()
    client = signed_in(organizer(event))

    page = client.get(reverse("admin:mail_emailmessage_changelist")).content.decode()

    assert ("No mail server is configured" in page) is not is_configured
