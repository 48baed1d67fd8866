import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from forum_site.lib.codes import new_secret
from forum_site.lib.sealed import seal
from forum_site.logs import WORDS_BEFORE_SECRETS, HideSecrets, without_secrets

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("ending", ["", "/", "/edit/", "/calendar.ics"])
def test_personal_address_is_blanked(ending):
    path = f"/en/registrations/{new_secret()}{ending}"

    assert without_secrets(f"Not Found: {path}") == f"Not Found: /en/registrations/…{ending}"


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The written form of every address of the site."""
    for one in resolver.url_patterns:
        written = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            yield written
        else:
            yield from routes(one, written)


def test_every_address_with_a_secret_is_blanked():
    secret = new_secret()
    with_secret = [one for one in routes(get_resolver()) if re.search(r"secret>|<key>", one)]
    filled = [re.sub(r"<str:secret>|\(\?P<uidb36>.*<key>\.\+\)", secret, one) for one in with_secret]

    assert len(filled) > 25
    assert [one for one in filled if secret not in one or secret in without_secrets(f"Not Found: /{one}")] == []


def test_example_of_a_proxy_knows_the_same_addresses():
    assert f"({'|'.join(WORDS_BEFORE_SECRETS)})" in (ROOT / "deploy" / "nginx.conf").read_text()


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
