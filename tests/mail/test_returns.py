"""Mails that come back: reported by a mail service, or noted by an organizer."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any

import pytest
from anymail.signals import tracking
from django.test import Client
from django.urls import Resolver404, include, path, resolve
from django.utils import timezone

from forum_site.mail.enums import MailReturn
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import send_again
from forum_site.mail.returns import forget_returns, listen, note_report, note_return
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event

pytestmark = pytest.mark.django_db
SECRET = "service:a-long-random-password-4711"
urlpatterns = [path("mail/events/", include("forum_site.mail.urls"))]


def make_mail(event: Any = None, **fields: Any) -> EmailMessage:
    facts = {"event": event, "kind": "test", "recipient": "Ann@example.org", "language": "en", "subject": "Hello"}
    return EmailMessage.objects.create(**(facts | {"state": "sent", "sent_at": timezone.now()} | fields))


def report(message_id: str = "", kind: str = "bounced", **fields: Any) -> None:
    facts = {"event_type": kind, "message_id": message_id, "recipient": "ann@example.org", "timestamp": None}
    said = {"mta_response": "550 no such user", "description": None, "reject_reason": None}
    note_report(None, SimpleNamespace(**(facts | said | fields)), "Postmark")


@pytest.fixture
def listening(settings: Any) -> Any:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    listen()
    yield
    tracking.disconnect(dispatch_uid="mail.note_report")


def post(secret: str = SECRET, **fields: str) -> Any:
    data = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "ann@example.org", "Details": "No such user"}
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    content = json.dumps(data | {"BouncedAt": "2026-11-23T04:00:00Z"} | fields)
    return Client().post("/mail/events/postmark/tracking/", content, content_type="application/json", headers=headers)


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("listening")
def test_a_service_reports_a_mail_that_came_back():
    older, mail = make_mail(), make_mail()

    assert post().status_code == 200

    older.refresh_from_db()
    mail.refresh_from_db()
    assert (mail.returned, mail.returned_note, older.returned) == (MailReturn.BOUNCED, "Postmark: No such user", "")
    assert mail.returned_at.isoformat() == "2026-11-23T04:00:00+00:00"


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("secret", ["", "service:wrong"])
def test_nobody_else_reports_anything(secret):
    mail = make_mail()

    assert post(secret).status_code == 400

    mail.refresh_from_db()
    assert mail.returned == ""


def test_incoming_mail_has_no_address_here():
    with pytest.raises(Resolver404):
        resolve("/mail/events/postmark/inbound/", urlconf=__name__)


def test_our_message_id_finds_the_very_mail():
    mail, later = make_mail(), make_mail()
    report(f"<{mail.guid}@forum.example.org>", kind="complained")

    mail.refresh_from_db()
    later.refresh_from_db()
    assert (mail.returned, later.returned) == (MailReturn.COMPLAINED, "")


@pytest.mark.parametrize("kind", ["deferred", "delivered", "opened", "unknown"])
def test_what_is_no_return_changes_nothing(kind):
    mail = make_mail()
    report(kind=kind)

    mail.refresh_from_db()
    assert mail.returned == ""


def test_reports_about_strangers_and_the_erased_and_the_unsent_change_nothing():
    make_mail(recipient="")
    make_mail(state="queued", sent_at=None)
    for recipient in ("", "nobody@example.org", "ann@example.org"):
        report("not-an-id", recipient=recipient)

    assert not EmailMessage.objects.returned().exists()


def test_sending_again_and_an_organizer_make_up_for_it():
    event = make_event()
    first, second, foreign = make_mail(event), make_mail(event), make_mail(make_event())
    for mail in (first, second, foreign):
        note_return(mail, kind=MailReturn.BOUNCED)

    send_again(first)
    assert set(EmailMessage.objects.returned()) == {second, foreign}
    assert forget_returns(first) == 1
    assert list(EmailMessage.objects.returned()) == [foreign]


@pytest.mark.parametrize(("language", "word"), [("en", "Came back"), ("zh-hans", "已退回")])
def test_an_organizer_notes_it_and_sees_it_in_the_list(language, word):
    mail = make_mail(make_event())
    client = signed_in(organizer(mail.event), django_language=language)
    address = f"/admin/mail/emailmessage/{mail.pk}/"

    client.post(f"{address}do/returned/")
    mail.refresh_from_db()
    assert mail.returned == MailReturn.BOUNCED
    shown = client.get("/admin/mail/emailmessage/?came_back=yes").content.decode()
    assert f'<span class="state is-failed">{word}</span>' in shown
    client.post(f"{address}do/arrives/")
    mail.refresh_from_db()
    assert (mail.returned, mail.returned_at) == ("", None)


def test_the_organizer_of_another_edition_notes_nothing():
    mail = make_mail(make_event())
    client = signed_in(organizer(make_event()))

    assert client.post(f"/admin/mail/emailmessage/{mail.pk}/do/returned/").status_code == 404
    client.post("/admin/mail/emailmessage/", {"action": "mark_returned", "_selected_action": [mail.pk]})

    mail.refresh_from_db()
    assert mail.returned == ""
