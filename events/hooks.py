"""What the programme asks of the apps above it. They answer by adding a function when the site starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

from events.models import Event


class CoHost(Protocol):
    """An organization that co-hosts sessions."""

    @property
    def slug(self) -> str:
        """Its address."""

    @property
    def full_name(self) -> str:
        """Its name as printed in the edition."""


#: Each returns the co-hosts of an edition's sessions by the session's primary key, in protocol order.
session_cohosts: list[Callable[[Event], dict[int, list[CoHost]]]] = []


def cohosts_of(event: Event) -> dict[int, Sequence[CoHost]]:
    """Return who co-hosts which session, by the session's primary key."""
    found: dict[int, list[CoHost]] = defaultdict(list)
    for answer in session_cohosts:
        for key, cohosts in answer(event).items():
            found[key] += cohosts
    return dict(found)
