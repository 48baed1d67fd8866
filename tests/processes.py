"""The site as it really runs, for tests that need several processes: ``with running_site(database_url) as site``."""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import functools
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARIES = Path(sys.executable).parent
SECRET_KEY = "Only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"


@dataclass
class RunningSite:
    """Web processes, and a worker if asked for, on a database and in a folder of their own."""

    port: int
    folder: Path
    environment: dict[str, str]
    web: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return the address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """Return what all processes have written so far."""
        return (self.folder / "log").read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it prints."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def start_web(self, at: dt.datetime | None = None) -> None:
        """Start gunicorn as the Procfile does and wait until it answers; ``at`` has its clock start at that moment."""
        server = [sys.executable, "-m", "tests.moved_clock", at.isoformat()] if at else [str(BINARIES / "gunicorn")]
        self.web = self._start([*server, "--config", "deploy/gunicorn.conf.py", "forum_site.wsgi"])
        for _ in range(300):
            if self.web.poll() is not None:
                break
            if is_answering(self.port):
                return
            time.sleep(0.1)
        raise RuntimeError(f"The site did not start:\n{self.log}")

    def move_clock(self, at: dt.datetime) -> None:
        """Serve on with a clock that starts at another moment; the database stays."""
        if self.web:
            kill(self.web, signal.SIGTERM)
        self.start_web(at)

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start one cluster of the job queue."""
        self.workers.append(self._start([sys.executable, "manage.py", "qcluster"]))
        return self.workers[-1]

    def kill_worker(self) -> None:
        """End the last worker and its children at once, as a power cut would."""
        kill(self.workers.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """End everything that was started."""
        for process in [*self.workers, *filter(None, [self.web])]:
            kill(process, signal.SIGTERM)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )


@contextlib.contextmanager
def running_site(
    database_url: str, *, is_migrated: bool = False, has_worker: bool = False, **variables: str
) -> Iterator[RunningSite]:
    """Migrate the database if need be, serve the site on a free port, and end every process afterwards.

    ``variables`` go into the environment, such as ``EMAIL_URL="smtp://127.0.0.1:2525"`` or ``WEB_CONCURRENCY="4"``.
    """
    with tempfile.TemporaryDirectory(prefix="forum-site-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        site = RunningSite(port, Path(folder), environment_of(database_url, Path(folder), port) | variables)
        (site.folder / "log").touch()
        if not is_migrated:
            site.manage("migrate", "--verbosity=0")
        try:
            site.start_web()
            if has_worker:
                site.start_worker()
            yield site
        finally:
            site.stop()


def environment_of(database_url: str, folder: Path, port: int) -> dict[str, str]:
    """Return the settings of a small installation in ``folder``."""
    return os.environ | {
        "DEBUG": "",
        "SECRET_KEY": SECRET_KEY,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url,
        "CACHE_URL": "",
        "EMAIL_URL": "",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(collected_files()),
        "MEDIA_ROOT": str(folder / "media"),
        "PORT": str(port),
        "BIND": "",
        "WEB_CONCURRENCY": "2",
        "FORM_MINIMUM_SECONDS": "0",
        "DJANGO_SETTINGS_MODULE": "forum_site.settings",
    }


@functools.cache
def collected_files() -> Path:
    """Collect the static files once for all sites, and return their folder; it goes when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="forum-static-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    variables = {"DEBUG": "", "SECRET_KEY": SECRET_KEY, "VAR_DIR": str(folder), "STATIC_ROOT": str(folder / "static")}
    command = [sys.executable, "manage.py", "collectstatic", "--verbosity=0", "--no-input"]
    subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=True)
    return folder / "static"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_answering(port: int) -> bool:
    """Say whether the site on the port is up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def kill(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """End a process: SIGKILL takes its children at once too, anything else lets it end them itself first."""
    if number != signal.SIGKILL and process.poll() is None:
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=15)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=15)
