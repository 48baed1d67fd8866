"""Collecting an edition: every page and file that links lead to, as they are, page by page."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from events.models import Event
from forum_site.pages.archive.addresses import file_of, is_inside, is_of_edition, own_address
from forum_site.pages.archive.markup import references_in, style_references
from forum_site.pages.archive.site import Answer, answer_of

Progress = Callable[[int], None]
_IS_NEXT_PAGE = re.compile(r"\?page=\d+$")


@dataclass
class Collection:
    """What was found: files by address, where addresses lead now, and addresses that lead nowhere.

    ``pages`` and ``styles`` are files with the addresses they came from; they still hold the links of the site.
    """

    files: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    pages: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)

    def place_of(self, address: str, fragment: str) -> tuple[str, str] | None:
        """Return the file and fragment that an address leads to, over the places it has moved to."""
        for _ in range(5):
            if address in self.files:
                return self.files[address], fragment
            if address not in self.moved:
                return None
            address, _hash, moved = self.moved[address].partition("#")
            fragment = moved or fragment
        return None


class Crawl:
    """Fetches addresses of one edition into a folder, in the order in which they are met."""

    def __init__(self, event: Event, folder: Path, progress: Progress, *, has_cards: bool = True) -> None:
        self.found = Collection()
        self._has_cards = has_cards
        self._event = event
        self._folder = folder
        self._progress = progress
        self._waiting: deque[str] = deque()
        self._known: set[str] = set()

    def run(self, first: Iterable[str]) -> Collection:
        """Fetch the first addresses and everything below the edition that they lead to."""
        for address in first:
            self._meet(address)
        while self._waiting:
            self._fetch(self._waiting.popleft())
            self._progress(len(self.found.files))
        return self.found

    def meet_page(self, html: str, base: str) -> None:
        """Wait for what a page links to or needs.

        Addresses with a query are followed from pages without one, or the ways to narrow a list would multiply; only
        the next pages of a list are followed from everywhere.
        """
        for reference in references_in(html):
            own = own_address(reference.href, base)
            if reference.is_shared and not self._has_cards:
                continue
            if own is None or not (is_inside(own[0], self._event) or not reference.is_page):
                continue
            if "?" not in own[0] or "?" not in base or _IS_NEXT_PAGE.search(own[0]):
                self._meet(own[0])

    def _meet(self, address: str) -> None:
        if address not in self._known:
            self._known.add(address)
            self._waiting.append(address)

    def _fetch(self, address: str) -> None:
        answer = answer_of(address)
        if answer is None:
            self.found.missing.add(address)
        elif answer.moved_to:
            self._follow(address, answer.moved_to)
        else:
            self._keep(address, answer)

    def _follow(self, address: str, target: str) -> None:
        own = own_address(target, address)
        if own and is_inside(own[0], self._event):
            self.found.moved[address] = "#".join(filter(None, own))
            self._meet(own[0])

    def _keep(self, address: str, answer: Answer) -> None:
        file = self._free(file_of(address, answer.kind, answer.name))
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            target.writelines(answer.content)
        self.found.files[address] = file
        if answer.kind == "text/html" and is_of_edition(address, self._event):
            self.found.pages[file] = address
            self.meet_page(path.read_text(), address)
        elif file.endswith(".css"):
            self.found.styles[file] = address
            self._meet_style(path.read_text(), address)

    def _free(self, file: str) -> str:
        """Return a file that no other address has."""
        number, stem = 1, Path(file)
        while (self._folder / file).exists():
            number += 1
            file = str(stem.with_name(f"{stem.stem}-{number}{stem.suffix}"))
        return file

    def _meet_style(self, css: str, base: str) -> None:
        for href in style_references(css):
            if own := own_address(href, base):
                self._meet(own[0])
