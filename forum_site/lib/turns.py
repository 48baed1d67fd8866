"""Waiting for the one writer that SQLite has, in a queue instead of by asking again and again."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction

try:
    import fcntl
except ImportError:  # no such locks on this system: its processes ask again and again
    fcntl = None  # type: ignore[assignment]

_turn = threading.Lock()


@contextmanager
def short_transaction() -> Iterator[None]:
    """Run the block in a transaction, for which the threads and processes of this machine queue up on SQLite.

    There, whoever finds the file locked sleeps for up to a tenth of a second before looking again, and most of a rush
    is spent asleep. Inside another transaction nobody waits here, since its lock is kept already.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _turn, _turn_of_process(str(connection.settings_dict["NAME"])), transaction.atomic():
        yield


@contextmanager
def _turn_of_process(database: str) -> Iterator[None]:
    """Keep the file beside the database that stands for the turn; the system gives it back if the process dies."""
    turn = _turn_file(database, os.getpid())
    if turn is None:
        yield
        return
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(turn, fcntl.LOCK_UN)


@lru_cache
def _turn_file(database: str, _process: int) -> int | None:
    """Open the file, once in each process, since what is open before a fork counts as one; none for memory."""
    if fcntl is None or not Path(database).is_absolute():
        return None
    return os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
