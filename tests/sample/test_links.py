"""A walk over the whole sample site, in both languages: no link leads nowhere, no page is led to by none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import resolve

from tests.markup import MarkupReader
from tests.pages.archives import PageReader
from tests.sample.conftest import SUNDAY

#: What is tested does not depend on the database, and drawing every page takes its time.
pytestmark = pytest.mark.process
SITE = "http://testserver"
#: Linked while it is live.
LIVE = "events/calavine-forum-sample/live/"
STARTS = ["/en/", "/zh-hans/", "/sitemap.xml", "/robots.txt"]
#: Addresses for machines in the text of pages: of pictures to share, and of what the structured data speaks of.
IN_TEXT = re.compile(rf'"({SITE}/[^"]*)"')
IN_SITEMAP = re.compile(rf"<(?:loc>|xhtml:link [^>]*href=\")({SITE}/[^<\"]*)")
#: Drawing one takes as long as ten pages, and one of a kind is as good as all.
DRAWN = re.compile(r"/card\.(png|jpg)$")


class Walk:
    """What was found behind every address, each asked once; a list or a search is read, but no further followed."""

    def __init__(self, client) -> None:
        self.client = client
        self.ids: dict[str, set[str]] = {}
        self.links: dict[tuple[str, str], str] = {}
        self.mapped: set[str] = set()
        self.led_to: set[str] = set()
        self.faults: list[str] = []
        self._drawn: set[str] = set()
        todo = [*STARTS]
        known = set(todo)
        while todo:
            address = todo.pop()
            new = {found for found in self._visit(address) if found not in known and self._is_wanted(found)}
            known |= new
            todo += sorted(new)

    def _visit(self, address: str) -> Iterator[str]:
        answer = self.client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code != 200:
            self.faults.append(f"{address} answers {answer.status_code}")
        kind = answer["Content-Type"].partition(";")[0]
        if kind == "application/xml" and "sitemap" in address:
            found = set(map(unescape, IN_SITEMAP.findall(content.decode())))
            yield from (inside := self._inside(address, found))
            self.mapped |= {one for one in inside if "/en/" in one or "/zh-hans/" in one}
        elif kind == "text/html":
            yield from self._read(address, content.decode())

    def _read(self, address: str, text: str) -> Iterator[str]:
        page = PageReader(text)
        self.ids[address] = page.ids
        self.faults += [f"{address}: {fault}" for fault in MarkupReader(text).faults()]
        anchors = self._inside(address, [found for tag, found in page.addresses if tag == "a"])
        self.led_to |= {one for one in anchors if without_language(one) != without_language(address)}
        others = [found for tag, found in page.addresses if tag not in {"a", "form"}]
        # What structured data has after a "#" are names, not places.
        named = [unescape(found).partition("#")[0] for found in IN_TEXT.findall(text)]
        yield from () if urlsplit(address).query else [*anchors, *self._inside(address, [*others, *named])]

    def _inside(self, page: str, found) -> list[str]:
        """The addresses of this site, without the place on the page, which is noted."""
        addresses = []
        for one in found:
            target, _, place = urljoin(f"{SITE}{page}", one).partition("#")
            if target.startswith(f"{SITE}/"):
                addresses.append(target.removeprefix(SITE))
                self.links.setdefault((addresses[-1], unquote(place)), page)
        return addresses

    def _is_wanted(self, address: str) -> bool:
        if address.startswith("/static/"):
            if not finders.find(address.removeprefix("/static/")):
                self.faults.append(f"no file at {address}")
            return False
        if not DRAWN.search(address):
            return True
        kind = resolve(address).view_name
        is_first = kind not in self._drawn
        self._drawn.add(kind)
        return is_first

    def dead_places(self) -> list[str]:
        """The links that lead to a page, but to no place of it."""
        return [
            f"{page} links {address}#{place}"
            for (address, place), page in self.links.items()
            if place and address in self.ids and place not in self.ids[address]
        ]


def without_language(address: str) -> str:
    """The same for a page in both languages."""
    return re.sub(r"^/(en|zh-hans)/", "/", address)


def test_no_link_of_the_site_leads_nowhere(sample, client, time_machine):
    time_machine.move_to(SUNDAY, tick=False)

    walk = Walk(client)

    assert walk.faults == []
    assert walk.dead_places() == []
    assert walk.mapped - walk.led_to == {f"/{code}/{LIVE}" for code in ("en", "zh-hans")}
    assert len(walk.ids) > 300
