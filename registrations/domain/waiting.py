"""The waiting list: a free seat is offered to the first in line, in the transaction that frees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils import timezone

from forum_site.lib.turns import short_transaction
from registrations.domain import seats
from registrations.domain.answers import exchange_places
from registrations.domain.seats import Pool
from registrations.domain.session_places import end_bookings
from registrations.domain.session_transfer import hand_over_sessions
from registrations.domain.status import move
from registrations.enums import Actor, OfferState, RegistrationStatus
from registrations.models import Quota, Registration, TicketType
from registrations.models.registration import RegistrationQuerySet
from registrations.queries.offers import ended_with_last_session, state_of_event

#: A group that waits together, by its key and that of the ticket type.
Together = tuple[int | None, int]
#: So many people get a seat, or lose one they did not answer for, in one transaction. Nobody waits long for its locks.
AT_ONCE = 100


@contextmanager
def holding(*ticket_types: TicketType, quotas: Iterable[Quota] = (), at: dt.datetime | None = None) -> Iterator[Pool]:
    """Keep the seats of these ticket types to oneself; what is free in the end goes to whoever waits for it.

    Every change of a status or of a number of places is made inside such a block, which is one transaction.
    """
    now = at or timezone.now()
    with short_transaction():
        pool = seats.hold(*ticket_types, quotas=quotas, at=now)
        yield pool
        hand_on(pool, now)
        exchange_places(pool)  # only now: options are locked after all registrations
        for old, new in pool.passed_on:
            hand_over_sessions(old, new, at or timezone.now())
        if pool.stepped:
            end_bookings(pool.stepped, at or timezone.now())  # and sessions after these


def hand_on(pool: Pool, at: dt.datetime) -> list[Registration]:
    """Give every free seat to the next person who waits for one like it; return them in the order of the list.

    The order is priority, then number, over all ticket types of the pool. A group that waits together is passed over
    while fewer seats are free than it needs, and keeps its place. Nobody gets a seat at an edition that is cancelled or
    over, be it since its last session. No query where nothing is free or nobody has ever waited, but on the last day.
    After ``AT_ONCE`` people it stops, and the pool ``has_more``: the job of every minute goes on with them, and nobody
    overtakes them meanwhile.
    """
    pool.has_more = False
    given: list[Registration] = []
    passed: set[Together] = set()
    while able := [one for one in pool.ticket_types.values() if _gives(one, at)]:
        line = Registration.objects.waiting().filter(ticket_type__in=able)
        for group_id, ticket_type_id in passed:
            line = line.exclude(group=group_id, ticket_type=ticket_type_id)
        if len(given) >= AT_ONCE:
            pool.has_more = line.exists()
            break
        first_ones = list(_kept_line(line)[: min(_most(able), AT_ONCE - len(given))])
        if not first_ones:
            break
        served: set[Together] = set()
        for one in first_ones:
            key = (one.group_id, one.ticket_type_id)
            if one.group is None or not one.group.waits_together:
                given += [one] if _give(pool.adopt(one), pool, at) else []
            elif key not in served | passed:
                together = _give_together(pool.adopt(one), pool, at)
                (served if together else passed).add(key)
                given += together
    return given


def _kept_line(line: RegistrationQuerySet) -> RegistrationQuerySet:
    return line.select_related("group").select_for_update(no_key=True, of=("self",))


def _give_together(first: Registration, pool: Pool, at: dt.datetime) -> list[Registration]:
    """Give a seat to everybody of the group who waits for one of this ticket type, or to nobody. One query."""
    line = Registration.objects.waiting().filter(group=first.group_id, ticket_type=first.ticket_type_id)
    members = [pool.adopt(one) for one in line.select_for_update(no_key=True)]
    left = first.ticket_type.seats_left
    if left is not None and left < len(members):
        return []
    return [one for one in members if _give(one, pool, at)]


def expire_due(pool: Pool, at: dt.datetime) -> list[Registration]:
    """Take back the seats of so many who have not answered in time. No query where there are none."""
    if not pool.has_late_ones:
        return []
    late = Registration.objects.overdue(at).filter(ticket_type__in=pool.ticket_types)
    found = list(late.select_for_update(no_key=True)[:AT_ONCE])
    pool.has_late_ones = len(found) == AT_ONCE
    return [move(pool.adopt(one), RegistrationStatus.EXPIRED, pool=pool, actor=Actor.SCHEDULE, at=at) for one in found]


def settle(pool: Pool, at: dt.datetime) -> None:
    """Take back what was not answered in time and hand on what is free, before anybody else asks for it."""
    expire_due(pool, at)
    hand_on(pool, at)


def _gives(ticket_type: TicketType, at: dt.datetime) -> bool:
    if not ticket_type.last_waiting_number or ticket_type.is_full:
        return False
    is_off = state_of_event(ticket_type.event, at) in {OfferState.CANCELLED, OfferState.PAST}
    return not is_off and not ended_with_last_session(ticket_type, at)


def _most(ticket_types: list[TicketType]) -> int:
    """Return how many people to read: no more than there are seats, if these are few."""
    return min(AT_ONCE, sum(AT_ONCE if one.seats_left is None else one.seats_left for one in ticket_types))


def _give(registration: Registration, pool: Pool, at: dt.datetime) -> bool:
    """Offer the seat, or give it at once where the ticket type does; ``False`` if the last one has just gone."""
    ticket_type = registration.ticket_type
    if ticket_type.is_full:
        return False
    status = RegistrationStatus.OFFERED
    if ticket_type.promotes_at_once and not ticket_type.needs_confirmation:
        status = registration.status_when_accepted
    move(registration, status, pool=pool, actor=Actor.SYSTEM, at=at)
    return True
