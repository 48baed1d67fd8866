import logging

import pytest

from forum_site.lib.codes import new_secret
from forum_site.lib.sealed import seal
from forum_site.logs import HideSecrets, without_secrets


@pytest.mark.parametrize("ending", ["", "/", "/edit/", "/calendar.ics"])
def test_personal_address_is_blanked(ending):
    path = f"/en/registrations/{new_secret()}{ending}"

    assert without_secrets(f"Not Found: {path}") == f"Not Found: /en/registrations/…{ending}"


def test_sealed_token_is_blanked():
    assert without_secrets("/en/events/a/register/done/?t=" + seal({"name": "Ada"})).endswith("?t=…")


def test_public_address_stays_readable():
    text = "Not Found: /en/events/aicg-2022/sessions/opening-ceremony-and-welcome/?track=language"

    assert without_secrets(text) == text


def test_record_with_arguments_and_traceback_loses_its_secret():
    secret = new_secret()
    try:
        raise ValueError(f"/en/registrations/{secret}/")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django", logging.ERROR, "", 1, "Error: %s", (f"/en/registrations/{secret}/",), info)

    assert HideSecrets().filter(record)
    assert secret not in logging.Formatter().format(record)


def test_every_handler_of_the_site_hides_secrets():
    ours = [handler for handler in logging.getLogger().handlers if handler.name == "console"]

    assert [type(one) for handler in ours for one in handler.filters] == [HideSecrets]


def test_no_handler_writes_without_hiding_secrets():
    for name in ("", "django", "django.server", "django.request", "django.security"):
        for handler in logging.getLogger(name).handlers:
            if type(handler) is logging.StreamHandler:
                assert [type(one) for one in handler.filters] == [HideSecrets], name
