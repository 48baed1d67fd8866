"""Reading the state of everything public."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, InterfaceError, connection

QUERY = "SELECT SUM(number) FROM pages_sitestamp"


def current_stamp() -> str | None:
    """Return a word that is another one after every public change, or ``None`` where it cannot be read. One query.

    No number at all means that nothing watches over the tables yet; then no page can be kept.

    It is read again for each request, so that no process and no machine serves a page from before a change.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUERY)
            [number] = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
        return None
    return None if number is None else str(number)


_read: ContextVar[str | None] = ContextVar("stamp_of_this_request", default=None)


@contextmanager
def reading(stamp: str) -> Iterator[None]:
    """Let what is made in the block stand for this stamp, which was read just before."""
    token = _read.set(stamp)
    try:
        yield
    finally:
        _read.reset(token)


def stamp_of_request() -> str | None:
    """Return the stamp that was read for this request, or read it."""
    return _read.get() or current_stamp()
