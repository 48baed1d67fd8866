"""The queue for SQLite's one writer."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from forum_site.lib import turns

fcntl = pytest.importorskip("fcntl")

HOLDER = """
import fcntl, sys
with open(sys.argv[1], "a") as turn:
    fcntl.flock(turn, fcntl.LOCK_EX)
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_waited_for_and_its_death_ends_the_wait(tmp_path: Path):
    database = str(tmp_path / "forum.sqlite3")
    command = [sys.executable, "-c", HOLDER, f"{database}-turn"]
    came = threading.Event()

    def come() -> None:
        with turns._turn_of_process(database):
            came.set()

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        waiting = threading.Thread(target=come)
        waiting.start()
        assert not came.wait(0.3)
        holder.kill()
        assert came.wait(10)
    waiting.join()


def test_the_turn_is_given_back_after_an_error(tmp_path: Path):
    database = str(tmp_path / "forum.sqlite3")

    with pytest.raises(ZeroDivisionError), turns._turn_of_process(database):
        raise ZeroDivisionError

    with Path(f"{database}-turn").open("a") as another:
        fcntl.flock(another, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_database_in_memory_has_no_file():
    with turns._turn_of_process(":memory:"), turns._turn_of_process("file:memorydb_default?mode=memory&cache=shared"):
        pass
