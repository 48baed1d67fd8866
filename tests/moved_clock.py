"""Runs gunicorn under another clock, which then ticks on: ``python -m tests.moved_clock 2026-12-10T02:00Z …``.

For pictures and tests of how the site looks at another moment. The site itself knows nothing of it.
"""

from __future__ import annotations

import datetime as dt
import sys

import time_machine
from gunicorn.app.wsgiapp import run


def main() -> None:
    """Move the clock of this process and of those that it forks, then serve."""
    moment = dt.datetime.fromisoformat(sys.argv.pop(1))
    time_machine.travel(moment, tick=True).start()
    run()


if __name__ == "__main__":
    main()
