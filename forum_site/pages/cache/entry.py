"""One kept page, and the answers that are made from it."""

from __future__ import annotations

import copy
import gzip
import hashlib
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.cache import get_conditional_response, patch_vary_headers

LEVEL = 9  # once a page; a tenth less for a day of hundreds of sessions
SHORTEST_COMPRESSED = 200
#: What an entry takes in memory beside its body.
OVERHEAD = 4000
COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml", "application/atom+xml")
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as Django's own middleware for all other answers


@dataclass(frozen=True, slots=True)
class Entry:
    """A page under the stamp of its time; ``body`` is compressed if ``packed`` is given. ``expires`` is a UNIX time.

    ``plain`` and ``packed`` are the headers of the two variants, made once.
    """

    stamp: str
    expires: float
    body: bytes
    plain: ResponseHeaders
    packed: ResponseHeaders | None
    #: The headers of the packed variant as they go to the server.
    wire: list[tuple[str, str]] | None = None

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.body) + OVERHEAD

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page as this visitor can read it: compressed or not, without body for HEAD, or 304."""
        sends_gzip = self.packed and ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        headers = self.packed if sends_gzip and self.packed else self.plain
        response = HttpResponse()
        response.headers = _copied(headers)
        if "HTTP_IF_NONE_MATCH" in request.META:
            conditional = get_conditional_response(request, etag=headers["ETag"], response=response)
            if conditional is not response:
                return conditional
        if request.method != "HEAD":
            response.content = self.body if sends_gzip or not self.packed else gzip.decompress(self.body)
        return response


def entry_of(response: HttpResponse, *, stamp: str, expires: float) -> Entry:
    """Return the entry for an answer that may be kept."""
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    body, kind = response.content, response["Content-Type"]
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    plain = _variant(response, {"ETag": f'"{digest}"', "Content-Length": str(len(body))})
    if len(body) < SHORTEST_COMPRESSED or not kind.startswith(COMPRESSIBLE):
        return Entry(stamp, expires, body, plain, None)
    shorter = gzip.compress(body, LEVEL, mtime=0)
    own = {"ETag": f'"{digest}-gzip"', "Content-Length": str(len(shorter)), "Content-Encoding": "gzip"}
    packed = _variant(response, own)
    return Entry(stamp, expires, shorter, plain, packed, list(packed.items()))


def _variant(response: HttpResponse, own: dict[str, str]) -> ResponseHeaders:
    return ResponseHeaders({**dict(response.headers.items()), **own})


def _copied(headers: ResponseHeaders) -> ResponseHeaders:
    """Return headers that can be added to; as they were checked before, they need not be checked one by one again."""
    result = copy.copy(headers)
    result._store = headers._store.copy()
    return result
