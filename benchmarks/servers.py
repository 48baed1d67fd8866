"""Starts gunicorn as the Procfile does, on a free port, for as long as a measurement takes."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARIES = Path(sys.executable).parent


@dataclass
class Server:
    """A running gunicorn with its master process."""

    port: int
    process: subprocess.Popen[bytes]

    def pss(self) -> float:
        """Return the memory of the master and its workers in MiB, shared pages counted once; 0 where unknown."""
        if not (pids := self.pids()):
            return 0.0
        texts = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
        return sum(int(found[1]) for text in texts if (found := re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE))) / 1024

    def pids(self) -> list[int]:
        """Return the master and its workers; nothing on systems without /proc."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, children.read_text().split())] if children.exists() else []

    def cpu_seconds(self) -> float:
        """Return the processor time that all its processes have used; 0 where unknown."""
        fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in self.pids()]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def site_environment(folder: Path, *, cache: str) -> dict[str, str]:
    """Return the settings of a site in ``folder`` on SQLite; ``cache`` is its CACHE_URL."""
    return os.environ | {
        "DEBUG": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'forum.sqlite3'}",
        "CACHE_URL": cache,
        "EMAIL_URL": "",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "FORM_MINIMUM_SECONDS": "0",
        "REGISTRATIONS_PER_ADDRESS": "1000000",
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run a management command quietly."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextlib.contextmanager
def gunicorn(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """Serve a WSGI application with two workers and end it afterwards."""
    port = free_port()
    variables = environment | {"PORT": str(port), "BIND": "", "WEB_CONCURRENCY": "2", "WEB_THREADS": "4"}
    command = [str(BINARIES / "gunicorn"), "--config", "deploy/gunicorn.conf.py", "--log-level", "error", application]
    process = subprocess.Popen(command, cwd=ROOT, env=variables)
    try:
        wait_until_answering(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_answering(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; give up after half a minute."""
    for _ in range(300):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            get(port, "/healthz")
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def get(port: int, path: str) -> tuple[int, str]:
    """Fetch one page: status and text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
