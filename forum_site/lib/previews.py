"""Whose drafts the reader of this moment may see.

A preview opens one edition to somebody without an account. Which one is kept for the time of a request, so that every
question asked of the database answers as if this edition and all it holds were published already.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Q

_opened: ContextVar[int | None] = ContextVar("previewed_edition", default=None)


def previewed() -> int | None:
    """Return the primary key of the edition whose drafts may be seen; ``None``, for all visitors, means of none."""
    return _opened.get()


@contextmanager
def previewing(key: int) -> Iterator[None]:
    """Open the edition with this primary key, and no other, until the block ends."""
    token = _opened.set(key)
    try:
        yield
    finally:
        _opened.reset(token)


def or_previewed(condition: Q, path: str) -> Q:
    """Return the condition, which in a preview also holds for all that its edition has; ``path`` leads to its key."""
    key = previewed()
    return condition if key is None else condition | Q(**{path: key})
