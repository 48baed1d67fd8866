"""Asking the site for its pages and files, without a server: the same addresses, views and templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.translation import get_language_from_path, override

from events.middleware import follow_moves
from events.queries.addresses import Moved
from events.queries.agenda import EVERYTHING
from forum_site.pages.cache.middleware import PUBLIC_APPS

OK = 200
#: Pages of the moment, which say nothing once it is over.
MOMENTARY = frozenset({"events:live"})


@dataclass(frozen=True)
class Answer:
    """What lies at an address: its media type and content, or where it lies now. ``name`` is that of a download."""

    kind: str
    content: Iterator[bytes]
    name: str = ""
    moved_to: str = ""


def answer_of(address: str) -> Answer | None:
    """Return what a visitor gets at an address; ``None`` where there is nothing that an archive may keep.

    That is what answers 404, pages of apps that are not public, and pages that forbid to be stored.
    """
    path = unquote(address.partition("?")[0])
    if path.startswith(settings.STATIC_URL):
        return _static_file(path.removeprefix(settings.STATIC_URL))
    if path.startswith(settings.MEDIA_URL):
        return _media_file(path.removeprefix(settings.MEDIA_URL))
    response = _response(address)
    if response is None or "no-store" in response.get("Cache-Control", ""):
        return None
    if 300 <= response.status_code < 400:
        return Answer("", iter(()), moved_to=response["Location"])
    return _answer(response) if response.status_code == OK else None


def _answer(response: HttpResponseBase) -> Answer:
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    disposition = Message()
    disposition["Content-Disposition"] = response.get("Content-Disposition", "")
    content: Any = response
    return Answer(kind, (bytes(part) for part in content), disposition.get_filename() or "")


def _response(address: str) -> HttpResponseBase | None:
    """Call the view in the language of the address, as the middleware of the site would; nothing for other apps."""
    request = _request(address)
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        try:
            match = request.resolver_match = resolve(request.path_info)
            is_page = request.path_info.startswith(tuple(f"/{code}/" for code, _name in settings.LANGUAGES))
            if (is_page and match.app_name not in PUBLIC_APPS) or match.view_name in MOMENTARY:
                return None
            return _rendered(match.func(request, *match.args, **match.kwargs))
        except Moved as moved:
            return follow_moves(_nothing).process_exception(request, moved)
        except Http404:
            return None


def _rendered(response: Any) -> HttpResponseBase:
    return response.render() if getattr(response, "is_rendered", True) is False else response


def _nothing(request: object) -> HttpResponse:
    return HttpResponse(status=404)


def _request(address: str) -> WSGIRequest:
    """Return the request of a visitor without cookies, who wants nothing folded."""
    path, _, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": "&".join(filter(None, [query, f"show={EVERYTHING}"])),
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
    )


def _static_file(name: str) -> Answer | None:
    """Return a collected file, or where none are collected, the one of the source."""
    if getattr(staticfiles_storage, "location", None) and staticfiles_storage.exists(name):
        return Answer("", _read(staticfiles_storage.open(name)))
    found = finders.find(name)
    return Answer("", _read(File(Path(found).open("rb")))) if isinstance(found, str) else None  # noqa: SIM115


def _media_file(name: str) -> Answer | None:
    try:
        return Answer("", _read(default_storage.open(name)))
    except (OSError, SuspiciousOperation):
        return None


def _read(file: File) -> Iterator[bytes]:
    with file:
        yield from file.chunks()
