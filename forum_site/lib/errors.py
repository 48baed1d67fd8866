"""The one exception with which business rules refuse."""

from __future__ import annotations


class DomainError(Exception):
    """A rule was not met; the only argument is a translated sentence to be shown to the person."""

    @property
    def message(self) -> str:
        """The sentence in the language that is active now."""
        return str(self)
