"""The addresses of one-time codes and passkeys are those of allauth, without its libraries."""

from __future__ import annotations

import subprocess
import sys

from django.urls import URLPattern, get_resolver
from django.utils.module_loading import import_string

from forum_site.accounts.urls import SECOND_FACTORS, urlpatterns


def patterns_of(found, prefix=""):
    for one in found:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one.name
        else:
            yield from patterns_of(one.url_patterns, route)


def test_the_addresses_are_those_of_allauth():
    from allauth.mfa import urls

    ours = {(str(one.pattern), one.name) for one in urlpatterns if str(one.pattern).startswith("2fa/")}

    assert ours == set(patterns_of(urls.urlpatterns, "2fa/"))
    assert all(import_string(f"allauth.mfa.{name}") for name in SECOND_FACTORS.values())
    assert get_resolver()


def test_a_web_process_starts_without_the_libraries():
    code = "import forum_site.wsgi, forum_site.warmup as w, sys; w.load_everything(); print(sorted({'fido2', 'cryptography', 'PIL', 'openpyxl', 'icalendar', 'yaml'} & sys.modules.keys()))"  # noqa: E501
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert printed == "[]\n"
