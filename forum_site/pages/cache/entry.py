"""One kept page, and the answers that are made from it."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

LEVEL = 6
LARGEST = 500_000
SHORTEST_COMPRESSED = 200
COMPRESSIBLE = ("text/", "application/json", "application/ld+json", "application/xml", "application/atom+xml")
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as Django's own middleware, which stands around this one


@dataclass(frozen=True, slots=True)
class Entry:
    """A page under the stamp of its time; ``body`` is compressed if ``is_compressed``. ``expires`` is a UNIX time."""

    stamp: str
    expires: float
    headers: dict[str, str]
    body: bytes
    digest: str
    length: int
    is_compressed: bool

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page as this visitor can read it: compressed or not, without body for HEAD, or 304."""
        sends_gzip = self.is_compressed and bool(_ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        etag = f'"{self.digest}-gzip"' if sends_gzip else f'"{self.digest}"'
        length = len(self.body) if sends_gzip else self.length
        response = HttpResponse(headers={**self.headers, "ETag": etag, "Content-Length": str(length)})
        if sends_gzip:
            response.headers["Content-Encoding"] = "gzip"
        if "HTTP_IF_NONE_MATCH" in request.META:
            conditional = get_conditional_response(request, etag=etag, response=response)
            if conditional is not response:
                return conditional
        if request.method != "HEAD":
            response.content = self.body if sends_gzip or not self.is_compressed else gzip.decompress(self.body)
        return response


def entry_of(response: HttpResponse, *, stamp: str, expires: float) -> Entry:
    """Return the entry for an answer that may be kept."""
    body = response.content
    is_compressed = len(body) >= SHORTEST_COMPRESSED and response["Content-Type"].startswith(COMPRESSIBLE)
    patch_vary_headers(response, ("Accept-Encoding",))
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return Entry(
        stamp=stamp,
        expires=expires,
        headers={name: value for name, value in response.headers.items() if name not in {"Content-Length", "ETag"}},
        body=gzip.compress(body, LEVEL, mtime=0) if is_compressed else body,
        digest=hashlib.blake2b(body, digest_size=12).hexdigest(),
        length=len(body),
        is_compressed=is_compressed,
    )
