"""Answers kept pages before Django makes a request of them: the same pages, stamp and clock as the middleware's.

Django needs longer to make a request and a response, to send its signals and to check the host than a kept page needs
to be found. So the middleware remembers which hosts it has let through, and what is asked for in exactly the same way
again is answered here. Everything else goes on: another host, HEAD, 304, a browser without gzip, a page out of date.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection

from forum_site.pages.cache.entry import ACCEPTS_GZIP
from forum_site.pages.cache.stamp import QUERY, current_stamp
from forum_site.pages.cache.store import pages

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

MOST_HOSTS = 100
#: How requests came in that the middleware has checked: see ``way_of``.
_checked: set[tuple[object, ...]] = set()


def kept_pages(application: Application) -> Application:
    """Put the kept pages in front of Django's application."""
    if settings.DEBUG or not settings.PAGE_CACHE_BYTES:
        return application

    def front(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        entry = pages.get((environ["PATH_INFO"], environ.get("QUERY_STRING", ""))) if _is_plain(environ) else None
        if entry is None or entry.wire is None or entry.expires <= time.time() or entry.stamp != quick_stamp():
            return application(environ, start_response)
        start_response("200 OK", [*entry.wire])
        return [entry.body]

    return front


def remember_way(environ: Environ) -> None:
    """Let what comes in like this request be answered here; called once everything about it was checked."""
    if len(_checked) >= MOST_HOSTS:
        _checked.clear()
    _checked.add(way_of(environ))


def way_of(environ: Environ) -> tuple[object, ...]:
    """Return what the checks of host and encryption look at."""
    return (
        environ.get("SCRIPT_NAME"),
        environ.get("HTTP_HOST"),
        environ.get("SERVER_NAME"),
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
    )


def quick_stamp() -> str | None:
    """Return what ``current_stamp`` does, asked of the driver itself while its connection is good."""
    if not connection.in_atomic_block:  # as Django itself does between requests
        connection.close_if_unusable_or_obsolete()
    if connection.connection is None:
        return current_stamp()
    try:
        [[number]] = connection.connection.execute(QUERY).fetchall()
    except connection.Database.Error:
        connection.errors_occurred = True  # the next look at the connection closes it
        return None
    return None if number is None else str(number)


def _is_plain(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_IF_NONE_MATCH" not in environ
        and way_of(environ) in _checked
        and ACCEPTS_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "")) is not None
    )
