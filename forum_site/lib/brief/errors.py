"""Why a brief cannot be read."""

from __future__ import annotations

from django.utils.functional import Promise

from ..errors import DomainError

QUOTE_LENGTH = 80


class BriefError(DomainError):
    """A brief that cannot be read.

    It is made of a (lazily translated) sentence with %-placeholders and the number of the line it speaks of, counted
    from 1, or None when the file as a whole is meant. `str()` gives the sentence in the current language.
    """

    def __init__(self, sentence: str | Promise, line: int | None = None, **values: object) -> None:
        super().__init__(sentence, line)
        self.sentence = sentence
        self.line = line
        self.values = values

    def __str__(self) -> str:
        return str(self.sentence) % {"line": self.line, **self.values}


def quoted(text: str) -> str:
    """The text, cut so that it fits into a sentence."""
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1].rstrip() + "…"
