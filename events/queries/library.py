"""The library of all editions, and what is asked of it in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.datastructures import MultiValueDict

from events.enums import DocumentKind
from events.queries.documents import LibraryItem, all_documents
from events.queries.filters import LONGEST_TEXT, MOST_WORDS, Option, folded, options
from events.wording import kind_heading, language_name


@dataclass(frozen=True)
class Library:
    """What was found, and what can be asked for; values that nothing has are not offered."""

    items: list[LibraryItem]
    total: int
    text: str
    editions: list[Option]
    kinds: list[Option]
    languages: list[Option]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.text) or any(one.is_chosen for one in (*self.editions, *self.kinds, *self.languages))


class _Known:
    """The values that the items have, with their words."""

    def __init__(self, items: list[LibraryItem]) -> None:
        self.items = items

    @cached_property
    def editions(self) -> dict[str, str]:
        """Names by address, the newest first."""
        return {item.event.slug: str(item.event.name) for item in self.items}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Headings by type, in the order of the list of types."""
        present = {item.kind for item in self.items}
        return {kind.value: kind_heading(kind) for kind in DocumentKind if kind in present}

    @cached_property
    def languages(self) -> dict[str, str]:
        """Names by code."""
        found = {code: language_name(code) for item in self.items for code in item.languages}
        return dict(sorted(found.items()))


def library(query: MultiValueDict[str, str]) -> Library:
    """Return what the parameters ask for; unknown values are ignored. Two queries, however many documents."""
    items = all_documents()
    known = _Known(items)
    edition = _asked(query, "edition", known.editions)
    kind = _asked(query, "kind", known.kinds)
    language = _asked(query, "language", known.languages)
    text = " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT].strip()
    words = folded(text).split()[:MOST_WORDS]
    found = [
        item
        for item in items
        if edition in {"", item.event.slug}
        and kind in {"", item.kind}
        and (not language or language in item.languages)
        and (not words or _has_all(item.texts, words))
    ]
    lists = ((known.editions, edition), (known.kinds, kind), (known.languages, language))
    return Library(found, len(items), text, *(options(values, {value}) for values, value in lists))


def _asked(query: MultiValueDict[str, str], name: str, known: Mapping[str, str]) -> str:
    value = query.get(name, "")
    return value if value in known else ""


def _has_all(texts: Iterable[str], words: list[str]) -> bool:
    together = folded("\n".join(texts))
    return all(word in together for word in words)
