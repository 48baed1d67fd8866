"""What opens a door, personal links and links to a new password, is read by nobody but those it is for."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db


def _asked_for_a_password(client, settings, **fields) -> EmailMessage:
    """The mail with the link to a new password of a superuser."""
    settings.EMAIL_BACKEND = "forum_site.mail.backend.OutboxBackend"
    client.post(reverse("account_reset_password"), {"email": make_user(is_superuser=True, **fields).email})
    return EmailMessage.objects.get()


def _pages_of(message: EmailMessage) -> list[str]:
    pages = [url(message, page) for page in ("change", "history")]
    return [*pages, reverse("admin:mail_emailmessage_preview", args=[message.pk])]


@pytest.mark.parametrize("role", [Role.OWNER, Role.REGISTRAR, Role.VIEWER])
def test_link_to_a_new_password_is_for_superusers_only(role, client, settings):
    message = _asked_for_a_password(client, settings)
    everywhere, here, nobody = organizer(None, role), organizer(make_event(), role), make_user()

    codes = [
        [signed_in(user).get(page).status_code for page in _pages_of(message)] for user in (everywhere, here, nobody)
    ]

    assert codes == [[404] * 3, [404] * 3, [302] * 3]
    assert "/password/reset/key/" in signed_in(make_user(is_superuser=True)).get(_pages_of(message)[0]).content.decode()


def test_mails_of_sign_in_are_neither_listed_nor_sent_again(client, settings):
    message = _asked_for_a_password(client, settings)
    registrar = signed_in(organizer(None, Role.REGISTRAR))
    chosen = {"action": "send_selected_again", "_selected_action": [str(message.pk)]}

    listed = registrar.get(url(message, "changelist")).context["cl"].queryset
    registrar.post(url(message, "changelist"), chosen)
    pressed = registrar.post(reverse("admin:mail_emailmessage_do", args=[message.pk, "send-again"]))
    query = {"app_label": "registrations", "model_name": "delivery", "field_name": "mail", "term": "password"}

    assert list(listed) == []
    assert pressed.status_code == 404
    assert registrar.get(reverse("admin:autocomplete"), query).json()["results"] == []
    assert registrar.get(url(message, "changelist"), {"q": message.recipient}).context["cl"].result_count == 0


def test_link_to_a_new_password_goes_with_the_mail_that_carried_it(client, settings):
    settings.EMAIL_IS_CONFIGURED = True
    message = _asked_for_a_password(client, settings)

    assert deliver(message.pk)

    assert "/password/reset/key/" in mail.outbox[0].body
    assert not EmailMessage.objects.exists()


def test_without_a_mail_server_a_superuser_finds_the_link_to_a_new_password(client, settings):
    message = _asked_for_a_password(client, settings)

    deliver(message.pk)

    page = signed_in(make_user(is_superuser=True)).get(url(message, "change")).content.decode()
    assert re.search(r"/password/reset/key/[\w-]+/", page)
