"""Names in addresses."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.text import slugify

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "&": " and "}
)


def slugify_name(text: str, *, max_length: int = 80) -> str:
    """An ASCII slug, cut at a word where possible; "" if nothing of the text can be written in ASCII."""
    spaced = re.sub(r"[/|·•:–—,.]", " ", text.translate(_LETTERS))
    slug = slugify(spaced)
    if len(slug) <= max_length:
        return slug
    head, _, tail = slug[: max_length + 1].rpartition("-")
    return head or tail[:max_length]


def free_slug(wanted: str, taken: Callable[[str], bool], *, max_length: int = 80) -> str:
    """The wanted slug, or the first of wanted-2, wanted-3 … that is not taken; "item" stands in for ""."""
    base = (wanted or "item")[:max_length].rstrip("-")
    slug, number = base, 1
    while taken(slug):
        number += 1
        suffix = f"-{number}"
        slug = base[: max_length - len(suffix)].rstrip("-") + suffix
    return slug
