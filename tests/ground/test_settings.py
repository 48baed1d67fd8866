from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "SECRET_KEY": "Only-for-tests-" + "abcdefghijklmnopqrstuvwxyz" * 2,
    "SITE_URL": "https://forum.example.org",
}


def printed_settings(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of code with fresh settings of an installation that has only these variables."""
    command = [sys.executable, "-c", f"from django.conf import settings; {code}"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)


def test_env_example_names_every_variable_that_the_settings_read():
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', (ROOT / "forum_site/settings.py").read_text()))

    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read - explained == set()
    assert explained - read == {"BIND", "PORT", "WEB_CONCURRENCY", "WEB_THREADS"}


def test_production_without_a_secret_refuses_to_start_and_says_why():
    result = printed_settings("print(settings.DEBUG)", SECRET_KEY="", DEBUG="")

    assert result.returncode != 0
    assert "SECRET_KEY is not set" in result.stderr


@pytest.mark.parametrize("variable", ["DATABASE_URL", "EMAIL_URL", "SITE_URL", "WORKERS", "LANGUAGE_CODE"])
def test_production_with_an_odd_value_refuses_to_start_and_names_it(variable):
    result = printed_settings("print(settings.DEBUG)", **(PRODUCTION | {variable: "?"}))

    assert result.returncode != 0
    assert variable in result.stderr


def test_an_https_site_keeps_to_https():
    names = "SECURE_SSL_REDIRECT, SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE, SECURE_HSTS_SECONDS > 0"
    code = "print(" + ", ".join(f"settings.{name}" for name in names.split(", ")) + ")"

    assert printed_settings(code, **PRODUCTION).stdout.split() == ["True"] * 4


def test_no_header_about_the_scheme_is_believed_without_a_proxy():
    code = "print(settings.SECURE_PROXY_SSL_HEADER)"

    assert printed_settings(code, **PRODUCTION).stdout.strip() == "None"
    assert "X_FORWARDED_PROTO" in printed_settings(code, TRUSTED_PROXY_COUNT="1", **PRODUCTION).stdout


def test_mail_services_are_listened_to_only_where_a_secret_is_set():
    code = """
import django; django.setup()
from anymail.signals import tracking
from django.urls import Resolver404, resolve
try: print(resolve('/mail/events/postmark/tracking/').func.view_class.__name__)
except Resolver404: print('nobody')
print(len(tracking.receivers))
"""
    secret = "service:" + "abcdefghijklmnopqrstuvwxyz"

    def answers(**variables):
        return printed_settings(code.strip(), **PRODUCTION, **variables).stdout.split()

    assert answers() == ["nobody", "0"]
    assert answers(MAIL_EVENTS_SECRET=secret) == ["PostmarkTrackingWebhookView", "1"]


def test_the_content_security_policy_allows_nothing_inline(settings):
    sources = {source for allowed in settings.SECURE_CSP.values() for source in allowed}

    assert not {source for source in sources if "unsafe" in source or "http" in source or "*" in source}
