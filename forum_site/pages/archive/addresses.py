"""Which addresses belong to the archive of an edition, and in which file each of them lies.

An address is a path of this site as it stands in links, with its query and without its fragment. Files keep the paths
of the site: an archive laid at the root of the old host answers under the old addresses.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings

from events.models import Event

PAGE = "index.html"
#: Scripts are not the same as on the site, so they must not lie under the same address.
PLAIN_SCRIPT = ".plain.js"
#: What the site folds for the sake of phones stands open in an archive: the parameters that unfold it say nothing.
UNFOLDING = frozenset({"from", "show"})
#: Ends of files whose address has none; the tables of the system differ between machines.
ENDINGS = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/xml": ".xml",
    "application/atom+xml": ".atom",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
    "text/calendar": ".ics",
    "text/css": ".css",
    "text/plain": ".txt",
}


def own_address(href: str, base: str) -> tuple[str, str] | None:
    """Return address and fragment of a link that stands on the page ``base``; ``None`` for links to elsewhere."""
    if href.startswith(f"{settings.SITE_URL}/"):
        href = href.removeprefix(settings.SITE_URL)
    parts = urlsplit(urljoin(base, href.strip()))
    if parts.scheme or parts.netloc:
        return None
    query = _told(parts.query)
    return (f"{parts.path}?{query}" if query else parts.path), parts.fragment


def is_inside(address: str, event: Event) -> bool:
    """Say whether a link leads to a page of the edition, or to a file of the site."""
    return is_of_edition(address, event) or address.startswith((settings.MEDIA_URL, settings.STATIC_URL))


def is_of_edition(address: str, event: Event) -> bool:
    """Say whether it is an address of the edition in one of the languages."""
    return address.startswith(tuple(f"/{code}/events/{event.slug}/" for code, _name in settings.LANGUAGES))


def file_of(address: str, kind: str, file_name: str = "") -> str:
    """Return where the answer to an address lies in the archive; ``kind`` is its media type.

    ``file_name`` is the name the answer gives itself, taken where the address has none. Raises ``ValueError`` for
    addresses that no folder can hold.
    """
    path, _, query = address.partition("?")
    path = unquote(path)
    if any(part in {".", ".."} or "\\" in part or "\0" in part for part in path.split("/")):
        raise ValueError(f"not an address of a file: {address}")
    narrowed = _words_of(query)
    if kind == "text/html":
        return posixpath.join(path.strip("/"), narrowed, PAGE).lstrip("/")
    folder, name = posixpath.split(path.lstrip("/"))
    stem, ending = posixpath.splitext(name or posixpath.basename(file_name) or "file")
    ending = PLAIN_SCRIPT if ending == ".js" else ending or ENDINGS.get(kind, ".bin")
    return posixpath.join(folder, ".".join(filter(None, [stem, narrowed])) + ending)


def relative(file: str, page: str) -> str:
    """Return the link from one file of the archive to another."""
    return quote(posixpath.relpath(file, posixpath.dirname(page) or "."))


def _told(query: str) -> str:
    """Return the query without parameters that say nothing in an archive; any other as it is."""
    pairs = parse_qsl(query, keep_blank_values=True)
    told = [(name, value) for name, value in pairs if name not in UNFOLDING]
    return query if len(told) == len(pairs) else urlencode(told)


def _words_of(query: str) -> str:
    """ "day-2026-12-17" for "day=2026-12-17"."""
    words = "-".join(f"{name}-{value}" for name, value in parse_qsl(query))
    return re.sub(r"[^\w.-]+", "-", words).strip("-.")
