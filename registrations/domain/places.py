"""How many places there are: changed under the lock under which they are taken; new ones go to the people waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from forum_site.lib.errors import DomainError
from registrations.domain.seats import Pool, count
from registrations.domain.waiting import holding
from registrations.models import Quota, TicketType


def change_capacity(ticket_type: TicketType, *, capacity: int | None, overbooking: int | None = None) -> TicketType:
    """Set the number of places (``None``: without limit) and, where given, by how many per cent they are overbooked."""
    with _changing(ticket_type) as pool:
        kept = pool.the(ticket_type)
        kept.capacity = capacity
        kept.overbooking = kept.overbooking if overbooking is None else overbooking
        _refuse_less_than_taken(kept.own_places, kept.seats_taken)
        kept.save(update_fields=["capacity", "overbooking"])
    ticket_type.refresh_from_db(fields=["capacity", "overbooking", "seats_taken", "last_waiting_number"])
    return ticket_type


def change_quota_capacity(quota: Quota, *, capacity: int) -> Quota:
    """Set the number of places that several ticket types share."""
    with _changing(quotas=[quota]) as pool:
        kept = pool.quotas[quota.pk]
        kept.capacity = capacity
        _refuse_less_than_taken(capacity, kept.seats_taken)
        kept.save(update_fields=["capacity"])
    quota.refresh_from_db(fields=["capacity", "seats_taken", "last_waiting_number"])
    return quota


def change_quota(ticket_type: TicketType, *, quota: Quota | None) -> TicketType:
    """Have a ticket type share these places, or none; whoever holds a seat takes it along."""
    if quota and quota.event_id != ticket_type.event_id:
        raise DomainError(_("This quota belongs to another edition."))
    with _changing(ticket_type, quotas=[quota] if quota else []) as pool:
        kept = pool.the(ticket_type)
        old, new = kept.quota, pool.quotas[quota.pk] if quota else None
        if old != new:
            _carry_over(kept, old, new)
            kept.quota = new
            kept.save(update_fields=["quota"])
    ticket_type.refresh_from_db(fields=["quota", "seats_taken", "last_waiting_number"])
    return ticket_type


@contextmanager
def _changing(*ticket_types: TicketType, quotas: Iterable[Quota] = ()) -> Iterator[Pool]:
    """Hold them; where more people wait than are served at once, the worker goes on with them after the commit."""
    with transaction.atomic():
        with holding(*ticket_types, quotas=quotas) as pool:
            yield pool
        if pool.has_more:
            async_task("registrations.jobs.hand_on_places")


def add_one(ticket_type: TicketType) -> None:
    """Add a place to a kept ticket type that is full, and to its quota where that is."""
    for row in (ticket_type.quota, ticket_type):
        if row and row.own_seats_left == 0:
            type(row)._default_manager.filter(pk=row.pk).update(capacity=F("capacity") + 1)
            row.capacity = (row.capacity or 0) + 1


def _carry_over(ticket_type: TicketType, old: Quota | None, new: Quota | None) -> None:
    taken = ticket_type.seats_taken
    if new:
        if new.own_seats_left < taken:
            facts = {"left": new.own_seats_left, "taken": taken}
            raise DomainError(_("The quota has %(left)s free places, but %(taken)s are taken here.") % facts)
        new.last_waiting_number = max(new.last_waiting_number, ticket_type.last_waiting_number)
        new.save(update_fields=["last_waiting_number"])
        count(new, taken)
    if old:
        count(old, -taken)


def _refuse_less_than_taken(places: int | None, taken: int) -> None:
    if places is not None and places < taken:
        raise DomainError(_("%(taken)s places are taken already.") % {"taken": taken})
