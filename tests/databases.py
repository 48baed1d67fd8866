"""Databases for sites that tests start as processes of their own: empty ones, and copies of a migrated one."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def is_postgresql() -> bool:
    """Say which database the tests run on."""
    return os.environ["DATABASE_URL"].startswith("postgres")


@contextlib.contextmanager
def new_database(folder: Path, pattern: str = "") -> Iterator[str]:
    """Give the address of a new database: empty, or like the ``pattern``."""
    if not is_postgresql():
        path = folder / f"forum-{uuid.uuid4().hex[:12]}.sqlite3"
        if pattern:
            shutil.copyfile(pattern, path)
        yield f"sqlite:///{path}"
        return
    with created(pattern) as name:
        head, _, tail = os.environ["DATABASE_URL"].partition("?")
        yield head.rpartition("/")[0] + f"/{name}" + (f"?{tail}" if tail else "")


@contextlib.contextmanager
def kept_pattern(folder: Path) -> Iterator[str]:
    """Copy the test database, migrated and without content as it is before the first test; many are made like it."""
    from django.db import connection

    if not is_postgresql():
        path = folder / "pattern.sqlite3"
        connection.cursor().execute("VACUUM INTO %s", [str(path)])
        yield str(path)
        return
    connection.close()  # nobody may look at what is copied
    with created(connection.settings_dict["NAME"]) as name:
        yield name


@contextlib.contextmanager
def created(pattern: str) -> Iterator[str]:
    """Create a database on the server, and drop it with everybody who still looks at it."""
    name = f"forum_{uuid.uuid4().hex[:12]}"
    with on_server() as server:
        server.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{pattern}"' if pattern else ""))
    try:
        yield name
    finally:
        with on_server() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_server() -> Any:
    """Connect to the database that is always there."""
    import psycopg

    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
