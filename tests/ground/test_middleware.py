from __future__ import annotations

import logging

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from forum_site.middleware import database_trouble, security_headers

SECRET_PATH = "/en/registrations/very-secret/"


def test_security_headers_come_with_every_answer(settings):
    settings.SECURE_CSP = {"default-src": ["'none'"], "script-src": ["'self'"]}

    response = security_headers(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "default-src 'none'; script-src 'self'"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_security_headers_leave_what_a_view_has_set():
    strict = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    response = security_headers(lambda request: strict)(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_database_trouble_answers_503_and_logs_no_secret(error, caplog):
    with caplog.at_level(logging.ERROR):
        response = database_trouble(lambda request: HttpResponse()).process_exception(request_for(SECRET_PATH), error)

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "very-secret" not in caplog.text


def test_database_trouble_leaves_other_errors_alone():
    middleware = database_trouble(lambda request: HttpResponse())

    assert middleware.process_exception(request_for("/en/"), ValueError("ours")) is None


def request_for(path):
    request = RequestFactory().get(path)
    request.resolver_match = None
    return request


@pytest.mark.django_db
def test_the_head_of_a_page_comes_without_its_body(settings):
    heads: dict[str, list[tuple[str, str]]] = {}

    def ask(method: str) -> bytes:
        environ = RequestFactory(SERVER_NAME=settings.ALLOWED_HOSTS[0]).generic(method, "/robots.txt").environ
        return b"".join(WSGIHandler()(environ, lambda status, head: heads.update({method: head})))

    whole = ask("GET")
    assert (ask("HEAD"), dict(heads["HEAD"])["Content-Length"]) == (b"", str(len(whole)))
