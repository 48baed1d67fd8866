from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, running_site

pytestmark = pytest.mark.process
ALONE = [sys.executable, "deploy/alone.py", sys.executable, "-c"]


@contextlib.contextmanager
def started(code: str) -> Iterator[subprocess.Popen[str]]:
    """Start a line of code in a group of its own and wait for its first line."""
    command = [*ALONE, code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield process


def test_alone_passes_on_the_end_and_the_exit_code():
    code = "import signal, sys; signal.signal(15, lambda *_: sys.exit(7)); print('ready', flush=True); signal.pause()"

    with started(code) as process:
        os.killpg(process.pid, signal.SIGTERM)

        assert process.wait(timeout=10) == 7


def test_alone_shows_that_its_command_was_killed():
    code = "import os, signal; print('ready', flush=True); os.kill(os.getpid(), signal.SIGKILL)"

    with started(code) as process:
        assert process.wait(timeout=10) != 0


@pytest.mark.both_databases
def test_running_site_serves_and_ends_in_order(empty_database_url):
    with running_site(empty_database_url, has_worker=True) as site:
        web = site.web
        assert "forum-site-" in str(site.folder)

    assert web.poll() is not None
    assert site.workers[0].poll() is not None
    assert not Path(site.folder).exists()
