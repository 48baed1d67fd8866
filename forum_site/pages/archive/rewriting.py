"""A page of the site as a page of the archive."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

from forum_site.pages.archive.markup import (
    LINKS,
    OF_LINKS,
    RESOURCES,
    SHARED_ADDRESSES,
    Attributes,
    is_canonical,
    is_left_out,
    is_shared,
    relations,
    tag_of,
)

#: Gives the link for a reference as it stands in the page; ``None`` where there is nothing to link to.
Resolve = Callable[[str], str | None]
#: Links that call somebody to go on; where they lead nowhere, their words are of no use.
CALLS = frozenset({"button", "more", "tool"})
#: Elements that are nothing without their address.
VOID = frozenset({"embed", "image", "img", "link", "source", "track", "use"})
_EMPTY_LINES = re.compile(r"\n\s*(?=\n)")
_IS_MODULE = re.compile(r"^\s*(import|export)\b", re.MULTILINE)


def archived_page(html: str, resolve: Resolve, *, is_known: bool) -> str:
    """Return the page with links to other files of the archive, and without what needs the application.

    ``is_known``: the site has a public address, so that what names it may stay.
    """
    writer = PageWriter(resolve, is_known=is_known)
    writer.feed(html)
    writer.close()
    head, end, body = "".join(writer.parts).partition("</head>")
    return _EMPTY_LINES.sub("\n", head) + end + body


def plain_script(code: str) -> str:
    """Return a module as a script of its own scope: browsers load no modules from a disk."""
    if _IS_MODULE.search(code):
        raise ValueError("a module that needs others cannot be archived")
    return f'(() => {{\n"use strict";\n{code.rstrip()}\n}})();\n'


def without_checks(attributes: Attributes) -> Attributes:
    """Return the attributes without what browsers check against a server; a module as a script of the old kind."""
    is_module = attributes.get("type") == "module"
    dropped = {"crossorigin", "integrity", "type"} if is_module else {"crossorigin", "integrity"}
    kept = {name: value for name, value in attributes.items() if name not in dropped}
    return kept | {"defer": None} if is_module else kept


class PageWriter(HTMLParser):
    """Writes what it reads, but for addresses; leaves out forms and what `is_known` decides about."""

    def __init__(self, resolve: Resolve, *, is_known: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._resolve = resolve
        self._is_known = is_known
        self._left_out = ""  # the element that is being left out
        self._depth = 0
        self._has_word = False  # inside a link that became a plain word

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the tag, changed where it has an address."""
        if self._left_out:
            self._depth += tag == self._left_out
            return
        attributes = dict(attrs)
        if tag == "form" or (attributes.get("type") == "application/ld+json" and not self._is_known):
            self._leave_out(tag)
        elif is_left_out(tag, attributes):
            if tag not in VOID:
                self._leave_out(tag)
        elif tag in LINKS:
            self._write_link(tag, attributes)
        elif tag in RESOURCES:
            self._write_resource(tag, attributes)
        elif tag != "meta" or self._is_known or not is_shared(attributes, SHARED_ADDRESSES):
            self._write(self.get_starttag_text() or "")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        """Write the end, and leave what was left out."""
        if self._left_out:
            self._depth -= tag == self._left_out
            self._left_out = self._left_out if self._depth else ""
        elif tag == "a" and self._has_word:
            self._has_word = False
            self._write("</span>")
        else:
            self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text as it is."""
        self._write("" if self._left_out else data)

    def handle_entityref(self, name: str) -> None:
        """Write a named sign as it is."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered sign as it is."""
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Write a comment as it is."""
        self.handle_data(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Write the type of document as it is."""
        self._write(f"<!{decl}>")

    def _leave_out(self, tag: str) -> None:
        """Write nothing until the element ends."""
        self._left_out, self._depth = tag, 1

    def _write_link(self, tag: str, attributes: Attributes) -> None:
        """A link that leads nowhere becomes the word it was."""
        name = LINKS[tag][0]
        if "external" in relations(attributes) or name not in attributes:
            self._write(self.get_starttag_text() or "")
            return
        href = self._resolve(attributes[name] or "")
        if href is None and CALLS & set((attributes.get("class") or "").split()):
            self._leave_out(tag)
        elif href is None and tag == "a":
            self._has_word = True
            self._write(tag_of("span", {key: value for key, value in attributes.items() if key not in OF_LINKS}))
        elif href is not None:
            self._write(tag_of(tag, attributes | {name: href}))

    def _write_resource(self, tag: str, attributes: Attributes) -> None:
        if tag == "link" and is_canonical(attributes):
            self._write((self.get_starttag_text() or "") if self._is_known else "")
            return
        addresses = {name: self._resolved(name, attributes[name]) for name in RESOURCES[tag] if attributes.get(name)}
        is_missing = addresses.get(RESOURCES[tag][0]) == ""
        if is_missing and tag in VOID:
            return
        kept = attributes | addresses
        for name in [name for name, href in addresses.items() if not href]:
            del kept[name]
        self._write(tag_of(tag, without_checks(kept)))

    def _resolved(self, name: str, value: str | None) -> str:
        """Return the attribute with the addresses of the archive; a picture that is missing is left out."""
        if name != "srcset":
            return self._resolve(value or "") or ""
        parts = [part.split() for part in (value or "").split(",") if part.split()]
        found = [(self._resolve(part[0]), part[1:]) for part in parts]
        return ", ".join(" ".join([href, *rest]) for href, rest in found if href)

    def _write(self, text: str) -> None:
        self.parts.append(text)
