"""Waiting for the one writer that SQLite has, in a queue instead of by asking again and again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_turn = threading.Lock()


@contextmanager
def short_transaction() -> Iterator[None]:
    """Run the block in a transaction, for which the threads of this process queue up on SQLite.

    There, whoever finds the file locked sleeps for up to a tenth of a second before looking again, and most of a rush
    is spent asleep. Inside another transaction nobody waits here, since its lock is kept already.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _turn, transaction.atomic():
        yield
