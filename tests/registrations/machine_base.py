"""What the machines of registrations and of places in sessions share: a clock of their own, and actions that count.

``MACHINE_EXAMPLES`` in the environment asks for longer runs, such as 500.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

BEGIN = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
LONG_RUN = int(os.environ.get("MACHINE_EXAMPLES") or 0)


class ClockedMachine(RuleBasedStateMachine):
    """Each example is one transaction, which is taken back, at moments that the machine sets."""

    #: How many actions and steps of the clock there were in all examples.
    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = BEGIN

    def teardown(self) -> None:
        try:
            self.look_at_the_end()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def look_at_the_end(self) -> None:
        """Check what is looked at only now and then."""

    def clock(self) -> Any:
        return time_machine.travel(self.now, tick=False)

    def pass_time(self, minutes: int) -> None:
        self.count()
        self.now += dt.timedelta(minutes=minutes)

    def count(self) -> None:
        type(self).done += 1


def drive(machine: type[ClockedMachine], *, examples: int, steps: int) -> int:
    """Run so many examples, always the same ones, or other ones in a long run; return how much was done in them."""
    machine.done = 0
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=LONG_RUN or examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=quiet,
            database=None,
            print_blob=False,
            derandomize=not LONG_RUN,
        ),
    )
    print(f"{machine.done} actions and steps of the clock")
    return machine.done
