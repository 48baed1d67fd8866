"""Kept pages are answered before Django, and only what would be answered the same by it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory

from events.models import Event
from forum_site.pages.cache.front import kept_pages, quick_stamp
from forum_site.pages.cache.stamp import current_stamp
from tests.factories import make_event

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, deflate, br"}
PATH = "/en/events/front/agenda/"


def asked(front, path=PATH, *, method="GET", **headers):
    """Ask the front; what it does not answer itself is "passed on"."""
    found = []
    environ = RequestFactory().generic(method, path, headers=GZIP | headers).environ
    body = b"".join(front(environ, lambda status, headers: found.append((status, dict(headers)))))
    return (*found[0], body) if found else "passed on"


@pytest.fixture
def front(client):
    """The front in front of nothing, with one page kept."""
    make_event(slug="front")
    client.get(PATH, headers=GZIP)
    client.get(PATH, headers=GZIP)
    return kept_pages(lambda _environ, _start: [])


def test_a_kept_page_is_answered_as_by_django(client, front):
    status, headers, body = asked(front)

    answer = client.get(PATH, headers=GZIP)
    assert status == "200 OK"
    assert headers == dict(answer.headers.items())
    assert body == answer.content


def test_nothing_is_answered_after_a_change(front):
    Event.objects.update(theme_en="Another")

    assert asked(front) == "passed on"


@pytest.mark.parametrize(
    "different",
    [
        {"method": "HEAD"},
        {"method": "POST"},
        {"Accept-Encoding": "identity"},
        {"Host": "other.example"},
        {"X-Forwarded-Proto": "https"},
        {"If-None-Match": '"x"'},
        {"path": PATH + "?track=x"},
        {"path": "/en/events/front/partners/"},
    ],
)
def test_what_is_asked_differently_is_passed_on(front, different):
    assert asked(front, **different) == "passed on"


def test_the_quick_stamp_is_the_stamp(front):
    assert quick_stamp() == current_stamp()
    assert connection.connection is not None


def test_without_kept_pages_there_is_no_front(settings):
    settings.PAGE_CACHE_BYTES = 0
    application = object()

    assert kept_pages(application) is application
