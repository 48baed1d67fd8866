"""The same step for many registrations: so many under one lock, so that nobody waits long for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from forum_site.lib.errors import DomainError
from registrations.domain.seats import Pool
from registrations.domain.waiting import holding
from registrations.models import Registration

#: So many people are served in one transaction.
AT_ONCE = 50


@dataclass(frozen=True)
class Outcome:
    """With whom the step was taken, with whom it had been taken already, and who was refused with which sentence."""

    done: list[Registration] = field(default_factory=list)
    unchanged: list[Registration] = field(default_factory=list)
    refused: list[tuple[Registration, str]] = field(default_factory=list)


def in_batches(registrations: Sequence[Registration], step: Callable[[Registration, Pool], bool]) -> Outcome:
    """Take the step with each; it gets a registration that the pool keeps, and tells whether it did anything.

    A step must raise its ``DomainError`` before it writes. Batch by batch everything is kept, wherever this is
    interrupted. A few queries a batch beside those of the step.
    """
    outcome = Outcome()
    in_order = sorted(registrations, key=lambda one: (one.ticket_type_id, one.pk))
    for first in range(0, len(in_order), AT_ONCE):
        batch = in_order[first : first + AT_ONCE]
        try:
            found = _taken(batch, step)
        except DomainError as error:  # of the ticket types: nothing is done then
            found = Outcome(refused=[(one, str(error)) for one in batch])
        outcome.done.extend(found.done)
        outcome.unchanged.extend(found.unchanged)
        outcome.refused.extend(found.refused)
    return outcome


def _taken(batch: Sequence[Registration], step: Callable[[Registration, Pool], bool]) -> Outcome:
    found = Outcome()
    with holding(*{one.ticket_type for one in batch}) as pool:
        rows = Registration.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in batch])
        for one in rows.order_by("pk"):
            try:
                is_done = step(pool.adopt(one), pool)
            except DomainError as error:
                found.refused.append((one, str(error)))
            else:
                (found.done if is_done else found.unchanged).append(one)
    return found
