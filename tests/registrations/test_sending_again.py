"""What is sent again carries the link that opens something today."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import send_again
from forum_site.mail.send import deliver
from registrations.domain import letters
from registrations.domain.links import renew_link
from registrations.models import Registration
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_registration, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings):
    settings.EMAIL_IS_CONFIGURED = True


def confirmation(registration: Registration, **fields) -> EmailMessage:
    reference = letters.reference_of(registration)
    EmailMessage.objects.filter(reference=reference, kind=letters.CONFIRMED).update(**fields)
    return EmailMessage.objects.get(reference=reference, kind=letters.CONFIRMED)


def test_mail_that_is_sent_again_carries_the_new_link():
    registration = make_registration()
    message = confirmation(registration)
    deliver(message.pk)
    old = registration.self_service_path()
    renew_link(registration)

    people = [organizer(make_event()), make_user(), organizer(registration.event)]
    again = reverse("admin:mail_emailmessage_do", args=[message.pk, "send-again"])
    codes = [signed_in(user).post(again).status_code for user in people]
    sent = [deliver(message.pk), deliver(message.pk)]

    assert (codes, sent) == ([404, 302, 302], [True, False])
    assert [(old in one.body, registration.self_service_path() in one.body) for one in mail.outbox] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_was_sent_stays_readable_and_says_that_its_link_was_exchanged(language):
    registration = make_registration()
    message = confirmation(registration)
    deliver(message.pk)
    old = registration.self_service_path()
    client = signed_in(organizer(registration.event), django_language=language)
    words = {"en": "Its link was exchanged since", "zh-hans": "其中的链接此后已更换"}[language]
    before = client.get(url(message, "change")).content.decode()

    renew_link(registration)
    after = client.get(url(message, "change")).content.decode()

    assert [words in before, words in after, old in after] == [False, True, True]
    send_again(message)
    deliver(message.pk)
    latest = client.get(url(message, "change")).content.decode()
    assert [words in latest, old in latest, registration.self_service_path() in latest] == [False, False, True]


def test_failed_mail_and_one_being_sent_are_written_anew_too():
    registration, sending = make_registration(), make_registration()
    failed = confirmation(registration)
    deliver(failed.pk)
    confirmation(registration, state=MailState.FAILED, sent_at=None)
    busy = confirmation(
        sending, state=MailState.SENDING, claimed_at=timezone.now(), subject="Old", text_body="Old link"
    )
    mail.outbox.clear()

    for one in (registration, sending):
        renew_link(one)
    EmailMessage.objects.filter(pk=busy.pk).update(state=MailState.QUEUED)
    send_again(failed)

    assert [deliver(failed.pk), deliver(busy.pk)] == [True, True]
    assert registration.self_service_path() in mail.outbox[0].body
    assert sending.self_service_path() in mail.outbox[1].body
    assert mail.outbox[1].body != "Old link"


def test_exchanging_a_link_takes_as_many_queries_however_many_mails_were_sent(django_assert_max_num_queries):
    registration = make_registration()
    for _number in range(10):
        letters.write_to(registration, letters.EXISTING)

    with django_assert_max_num_queries(12):
        renew_link(registration)

    assert EmailMessage.objects.filter(reference=letters.reference_of(registration)).count() == 12
