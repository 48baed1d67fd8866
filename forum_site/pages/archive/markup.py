"""Links in HTML and style sheets: finding them, and writing the same text with others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

Attributes = dict[str, str | None]
#: Attributes with an address, by element; those of `a` and `area` lead to pages.
LINKS = {"a": ("href",), "area": ("href",), "iframe": ("src",)}
RESOURCES = {
    "audio": ("src",),
    "embed": ("src",),
    "image": ("href",),
    "img": ("src", "srcset"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
#: Links of the head that only speed a living site up, or make a program of it. From a disk they are errors.
DROPPED_RELATIONS = frozenset({"dns-prefetch", "manifest", "modulepreload", "preconnect", "preload", "prefetch"})
#: Scripts that work on a page by itself. All others ask the site, or keep choices that only the site can show.
KEPT_SCRIPTS = frozenset({"focus", "fonts", "zone"})
#: Pictures for other sites; their address is a whole one, and names a file of the archive.
SHARED_PICTURES = frozenset({"og:image", "twitter:image"})
SHARED_ADDRESSES = SHARED_PICTURES | {"og:url"}
#: What a link has and a plain word must not have.
OF_LINKS = frozenset({"href", "rel", "hreflang", "download", "target", "type", "aria-label", "aria-current"})
_URL = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)|@import\s+(["'])([^"']+)\3""")


@dataclass(frozen=True)
class Reference:
    """An address as it stands in a page; ``is_page`` where people follow it, else the page itself needs the file.

    ``is_shared``: only other sites need it.
    """

    href: str
    is_page: bool
    is_shared: bool = False


class ReferenceReader(HTMLParser):
    """Collects the references of a page, without those inside forms: a copy has none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Reference] = []
        self._forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the addresses of an element."""
        self._forms += tag == "form"
        if self._forms:
            return
        attributes = dict(attrs)
        if tag == "meta" and is_shared(attributes, SHARED_PICTURES):
            self.found.append(Reference(attributes.get("content") or "", is_page=False, is_shared=True))
        if is_left_out(tag, attributes) or (tag == "link" and is_canonical(attributes)):
            return
        for name in LINKS.get(tag, ()):
            self.found += [Reference(attributes[name] or "", is_page=True)] if name in attributes else []
        for name in RESOURCES.get(tag, ()):
            self.found += [Reference(href, is_page=False) for href in addresses_in(name, attributes.get(name))]

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        self._forms -= tag == "form"


def references_in(html: str) -> list[Reference]:
    """Return every address that a page names."""
    reader = ReferenceReader()
    reader.feed(html)
    reader.close()
    return reader.found


def style_references(css: str) -> Iterator[str]:
    """Return every address that a style sheet names."""
    for match in _URL.finditer(css):
        yield match[2] or match[4]


def with_other_addresses(css: str, other: Callable[[str], str]) -> str:
    """Return the style sheet with other addresses."""
    return _URL.sub(lambda match: match[0].replace(match[2] or match[4], other(match[2] or match[4])), css)


def addresses_in(name: str, value: str | None) -> list[str]:
    """Return the addresses in an attribute: several in a `srcset`."""
    if not value:
        return []
    return [part.split()[0] for part in value.split(",") if part.split()] if name == "srcset" else [value]


def is_left_out(tag: str, attributes: Attributes) -> bool:
    """Say whether a `link` or `script` has no place in a copy."""
    if tag == "script" and attributes.get("src"):
        return (attributes["src"] or "").rpartition("/")[2].partition(".")[0] not in KEPT_SCRIPTS
    return tag == "link" and bool(DROPPED_RELATIONS & relations(attributes))


def is_canonical(attributes: Attributes) -> bool:
    """Say whether a `link` names the page's place in the world, or that of its translations."""
    return "canonical" in relations(attributes) or "hreflang" in attributes


def is_shared(attributes: Attributes, among: frozenset[str]) -> bool:
    """Say whether a `meta` names an address for other sites; also width, height and words of a picture."""
    names = {attributes.get("property") or attributes.get("name") or ""}
    return bool(among & (names | {name.rpartition(":")[0] for name in names}))


def relations(attributes: Attributes) -> set[str]:
    """Return the words of `rel`."""
    return set((attributes.get("rel") or "").lower().split())


def tag_of(name: str, attributes: Attributes) -> str:
    """Return the start tag."""
    words = [name, *(key if value is None else f'{key}="{escape(value)}"' for key, value in attributes.items())]
    return f"<{' '.join(words)}>"
