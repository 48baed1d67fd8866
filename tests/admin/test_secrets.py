"""What opens a door, personal links and links to a new password, is read by nobody but those it is for."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver
from tests.admin.worlds import make_world, organizer, registered_models, signed_in, url
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db
SCOPED = [model for model in registered_models() if isinstance(admin.site._registry[model], ScopedAdmin)]


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


def test_lists_answer_no_question_about_what_they_do_not_show():
    world, other = make_world(), make_world()
    people = [organizer(world.event, Role.VIEWER), organizer(other.event, Role.VIEWER), organizer(None)]
    asked = [
        ("registrations.registration", {"id__exact": "1", "secret__regex": "^eJ"}),
        ("registrations.registration", {"group__secret__startswith": "a"}),
        ("registrations.registration", {"email__contains": "a"}),
        ("registrations.invitation", {"secret__startswith": "a"}),
        ("registrations.delegation", {"secret_digest__gte": "a"}),
        ("mail.emailmessage", {"text_body__contains": "/r/"}),
        ("mail.emailmessage", {"context__has_key": "a"}),
        ("registrations.delivery", {"mail__text_body__contains": "a"}),
        ("registrations.delivery", {"mailing__id__exact": "1", "registration__secret__gt": "a"}),
        ("events.event", {"preview__secret__contains": "a"}),
    ]

    for label, query in asked:
        page = url(world.things[label], "changelist")
        answers = [signed_in(user).get(page, query) for user in people]
        assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, f"{page}?e=1")] * 3


def test_door_staff_cannot_ask_the_list_for_links():
    world = make_world()
    client = signed_in(organizer(world.event, Role.DOOR))

    page = url(world.things["registrations.registration"], "changelist")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page, {"secret__regex": "^e"})

    assert (response.status_code, response["Location"]) == (302, f"{page}?e=1")
    assert [one["sql"] for one in queries if "^e" in one["sql"]] == []


def test_every_filter_and_link_of_the_admin_still_answers():
    world = make_world(status="published")
    client = signed_in(organizer(world.event))
    pages = [reverse("admin:index"), *(url(model, "changelist") for model in SCOPED)]
    pages.append(url(world.things["registrations.mailing"], "change"))
    links = set()
    for page in pages:
        found = re.findall(r'href="([^"#]*\?[^"#]*)"', client.get(page).content.decode())
        links |= {one.replace("&amp;", "&") if one[0] == "/" else page + one.replace("&amp;", "&") for one in found}

    asked = sorted(link for link in links if link.startswith("/admin/"))

    assert len(asked) > 60
    assert [link for link in asked if client.get(link).status_code != 200] == []


def test_no_list_is_searched_by_a_secret():
    searched = [
        (model._meta.label_lower, name) for model in SCOPED for name in admin.site._registry[model].search_fields
    ]

    assert [one for one in searched if re.search("secret|body|context|password|digest|nonce", one[1])] == []
