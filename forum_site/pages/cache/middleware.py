"""Answers public pages from memory before sessions, languages, templates and all but one query of the database."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from forum_site.pages.cache.clock import clock
from forum_site.pages.cache.entry import entry_of
from forum_site.pages.cache.front import remember_way
from forum_site.pages.cache.stamp import current_stamp, reading
from forum_site.pages.cache.store import pages

Handler = Callable[[HttpRequest], HttpResponseBase]
OK = 200
#: Apps whose pages are the same for everybody. A view that sets Cache-Control other than public is left alone.
PUBLIC_APPS = frozenset({"pages", "events", "partners"})
#: Parameters with few values. Free text and lists of one's own are not kept, nor is what pages do not know: the query
#: stands in the links between languages, so nothing of it can just be dropped.
KNOWN_PARAMETERS = frozenset(
    {"day", "track", "type", "mode", "language", "partner", "zone", "order", "session", "organization", "country"}
    | {"edition", "kind", "page", "abstracts", "from", "show"}
)
LONGEST_QUERY = 200
LARGEST = 500_000
_PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def page_cache(get_response: Handler) -> Handler:
    """Keep whole public pages per address and query, until anything public or the clock changes."""
    if settings.DEBUG or not settings.PAGE_CACHE_BYTES:
        raise MiddlewareNotUsed("Templates change while one works on them; or no memory is given.")

    compression = GZipMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_public_address(request) or (stamp := current_stamp()) is None:
            return get_response(request)
        address = (request.path_info, request.META.get("QUERY_STRING", ""))
        entry = pages.get(address)
        if entry is not None and entry.stamp == stamp and time.time() < entry.expires:
            remember_way(request.META)
            return entry.answer(request)
        expires = clock.expiry(stamp)
        accepted = request.META.pop("HTTP_ACCEPT_ENCODING", "")  # pages are compressed here, once and for all
        with reading(stamp):
            response = get_response(request)
        request.META["HTTP_ACCEPT_ENCODING"] = accepted
        if not may_be_kept(request, response):
            return compression.process_response(request, response)
        entry = entry_of(response, stamp=stamp, expires=expires)
        if entry.size <= LARGEST:
            pages.keep(address, entry)
        return entry.answer(request)

    return middleware


def is_public_address(request: HttpRequest) -> bool:
    """Say whether a page in a language is asked for, with no parameters but known ones, and by a name of this site."""
    if request.method not in {"GET", "HEAD"} or not request.path_info.startswith(_PREFIXES):
        return False
    if not _has_known_query(request.META.get("QUERY_STRING", "")):
        return False
    return _names_this_site(request) and (not settings.SECURE_SSL_REDIRECT or request.is_secure())


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether the answer is a page without anything personal, and whole."""
    match = request.resolver_match
    return (
        response.status_code == OK
        and not response.streaming
        and not response.cookies
        and match is not None
        and match.app_name in PUBLIC_APPS
        and "public" in response.get("Cache-Control", "public")
        and "Cookie" not in response.get("Vary", "")
        and not response.has_header("Content-Encoding")
    )


def _has_known_query(query: str) -> bool:
    """Say whether all parameters with a value are known; forms send empty ones along."""
    return not query or (
        len(query) <= LONGEST_QUERY and KNOWN_PARAMETERS.issuperset(name for name, _ in parse_qsl(query))
    )


def _names_this_site(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True
