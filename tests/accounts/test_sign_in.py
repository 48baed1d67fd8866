"""Signing in: by password, with a second factor, and never by signing up."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.accounts.models import User
from tests.admin.worlds import signed_in
from tests.factories import make_event, make_role, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


def sign_in(client, user, password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": user.email, "password": password} | data)


def organizer():
    user = make_user(is_staff=False, password=PASSWORD)
    make_role(user, make_event(), Role.OWNER)
    return user


def test_organizer_signs_in_and_comes_to_the_dashboard(client):
    response = sign_in(client, organizer())

    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_wrong_password_is_refused(client):
    response = sign_in(client, organizer(), "wrong")

    assert response.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_admin_sends_to_sign_in_and_back(client):
    response = client.get("/admin/events/event/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert b'name="password"' in response.content


def totp_of(user) -> str:
    """Give the user an authenticator app and return its secret."""
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_at(secret: str, at: dt.datetime) -> str:
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def test_second_factor_is_asked_for_before_the_admin_opens(client):
    user, noon = organizer(), dt.datetime(2030, 5, 4, 12, tzinfo=dt.UTC)
    secret = totp_of(user)

    with time_machine.travel(noon, tick=False):
        response = sign_in(client, user)
        assert response["Location"].startswith(reverse("mfa_authenticate"))
        assert client.get("/admin/").status_code == 302
        client.post(reverse("mfa_authenticate"), {"code": code_at(secret, noon)})

        assert client.get("/admin/").status_code == 200


def test_recovery_code_opens_once(client):
    user = organizer()
    totp_of(user)
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    sign_in(client, user)

    client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert client.get("/admin/").status_code == 200
    left = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert codes[0] not in left


def test_passkey_is_offered_at_sign_in(client):
    page = client.get(reverse("account_login")).content.decode()

    assert 'id="passkey_login"' in page
    assert reverse("mfa_login_webauthn") in page


def test_nobody_signs_up(client):
    response = client.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD})

    assert "No sign-up here" in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_login_address_cannot_be_changed():
    assert signed_in(organizer()).get("/accounts/email/").status_code == 404


def test_password_is_reset_by_mail(client):
    user = organizer()

    client.post(reverse("account_reset_password"), {"email": user.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "another-long-word", "password2": "another-long-word"})

    assert sign_in(client, user, "another-long-word").status_code == 302


def test_reset_says_the_same_for_unknown_addresses(client):
    known = client.post(reverse("account_reset_password"), {"email": organizer().email}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert _without_tokens(known) == _without_tokens(unknown)


def _without_tokens(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def sign_in_fully(client, user) -> None:
    """Sign in with a code of the app and confirm the password, as pages about the second factor want it."""
    secret, now = totp_of(user), dt.datetime.now(tz=dt.UTC)
    with time_machine.travel(now, tick=False):
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code_at(secret, now)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_account_opens(client, language):
    user = organizer()
    client.cookies["django_language"] = language
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_signup"):
        assert client.get(reverse(name)).status_code == 200
    sign_in_fully(client, user)

    names = ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_change_password"]
    names += ["mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_logout"]
    assert {name: client.get(reverse(name)).status_code for name in names} == dict.fromkeys(names, 200)


def test_signing_out_ends_the_session(client):
    sign_in(client, organizer())

    client.post(reverse("account_logout"))

    assert client.get("/admin/").status_code == 302
