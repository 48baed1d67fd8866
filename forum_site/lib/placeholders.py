"""Words in braces that are replaced in texts of organizers: "Dear {name}"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, value_of: Callable[[str], str | None]) -> str:
    """Replace each known placeholder by its value, once: what looks like a placeholder inside a value stays as it is.

    ``value_of`` is asked only for those that occur; what it answers with ``None`` stays as typed.
    """

    def replaced(found: re.Match[str]) -> str:
        value = value_of(found[1])
        return found[0] if value is None else value

    return PLACEHOLDER.sub(replaced, text)


def unknown_placeholders(text: str, known: Collection[str]) -> list[str]:
    """Return the placeholders of a text that nobody would replace, in the order in which they stand."""
    return [name for name in dict.fromkeys(PLACEHOLDER.findall(text)) if name not in known]
