"""Recognises a partner that is known already: by name, short name, alias, or the acronym in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)

# Only capitals (with digits, joined by hyphens or the like) are an acronym: (UNDP), (I-AIIG), but not (Beijing).
BRACKETED_ACRONYM = re.compile(r"[(\[] ?((?=[^A-Z]{0,9}[A-Z][^A-Z]{0,9}[A-Z])[A-Z0-9]+(?:[-‐‑–/&.][A-Z0-9]+)*) ?[)\]]")
SPELLINGS = {
    "centre": "center",
    "centres": "centers",
    "organisation": "organization",
    "organisations": "organizations",
    "programme": "program",
    "programmes": "programs",
    "labour": "labor",
}
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’‘`]")


def match_key(name: str) -> str:
    """The name folded for comparison; "" for a name without letters or digits.

    Case, width, spaces, punctuation, a leading The, British spelling of a few words, "&" for "and" and an acronym
    in brackets make no difference; everything else does, also a place in brackets.
    """
    text = unicodedata.normalize("NFKC", name)
    return _folded(BRACKETED_ACRONYM.sub(" ", text)) or _folded(text)


def candidates(name: str, known: Iterable[tuple[Id, list[str]]]) -> list[Id]:
    """The ids of known partners that may be meant; those with the same name first, then those sharing an acronym.

    `known` gives for every partner its id and its names: name, short name, aliases, in every language.
    """
    wanted, same, similar = match_key(name), [], []
    for identifier, names in known:
        keys = {match_key(one) for one in names if one} - {""}
        if wanted in keys:
            same.append(identifier)
        elif _every_key([name]) & _every_key(names):
            similar.append(identifier)
    return list(dict.fromkeys([*same, *similar]))


def _every_key(names: Iterable[str]) -> set[str]:
    keys: set[str] = set()
    for name in names:
        text = unicodedata.normalize("NFKC", name or "")
        keys |= {match_key(text), *map(_folded, BRACKETED_ACRONYM.findall(text))}
    return keys - {""}


def _folded(text: str) -> str:
    text = APOSTROPHES.sub("", text.casefold()).replace("&", " and ")
    words = [SPELLINGS.get(word, word) for word in WORD.findall(text)]
    return "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
