"""Answers public pages from memory before sessions, languages, templates and all but one query of the database."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from forum_site.pages.cache.clock import next_change_at
from forum_site.pages.cache.entry import LARGEST, Entry, entry_of
from forum_site.pages.cache.stamp import current_stamp

Handler = Callable[[HttpRequest], HttpResponseBase]
OK = 200
#: Apps whose pages are the same for everybody. A view that sets Cache-Control other than public is left alone.
PUBLIC_APPS = frozenset({"pages", "events", "partners"})
#: Parameters with few values. Free text and lists of one's own are not kept, nor is what pages do not know: the query
#: stands in the links between languages, so nothing of it can just be dropped.
KNOWN_PARAMETERS = frozenset({"track", "type", "mode", "language", "partner", "zone"})
LONGEST_QUERY = 200
_PREFIXES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


def page_cache(get_response: Handler) -> Handler:
    """Keep whole public pages per address and query, until anything public or the clock changes."""
    if settings.DEBUG or isinstance(caches["pages"], DummyCache):
        raise MiddlewareNotUsed("Templates change while one works on them; or no memory is given.")

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_public_address(request) or (stamp := current_stamp()) is None:
            return get_response(request)
        key = key_of(request)
        entry: Entry | None = caches["pages"].get(key)
        if entry is not None and entry.stamp == stamp and time.time() < entry.expires:
            return entry.answer(request)
        expires = _expires(stamp)
        response = get_response(request)
        if not may_be_kept(request, response):
            return response
        entry = entry_of(response, stamp=stamp, expires=expires)
        if len(entry.body) <= LARGEST:
            caches["pages"].set(key, entry)
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


def key_of(request: HttpRequest) -> str:
    """Return the key of the page; the language is part of its address."""
    address = f"{request.path_info}?{request.META.get('QUERY_STRING', '')}"
    return hashlib.blake2b(address.encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _expires(stamp: str) -> float:
    """Return when pages made now expire; asked of the database once for a state, until that moment comes."""
    known = caches["pages"].get("clock")
    if known and known[0] == stamp and time.time() < known[1]:
        return float(known[1])
    expires = next_change_at(timezone.now()).timestamp()
    caches["pages"].set("clock", (stamp, expires))
    return expires


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
