"""Runs a command in a process group of its own: ``python deploy/alone.py python manage.py qcluster``.

A process manager sends SIGTERM to the whole group. The job queue stops in a second when only its first process gets
the signal; when its children get it as well, it waits for them in vain and is killed in the middle of a mail.
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> int:
    """Return the exit code of the command; pass on what asks it to end."""
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent)

    def stop(number: int, frame: object) -> None:
        process.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    return process.wait()


def die_with_parent() -> None:
    """Let Linux end this process when its parent is killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
