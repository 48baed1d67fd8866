"""Seats: counted at the ticket type and, where it has one, at its quota; a registration takes one of each.

Whoever makes seats scarcer holds the rows (``hold``), so that nobody overtakes the waiting list. The order of locks is
the same everywhere: quotas, then ticket types, each by primary key, then registrations, then options of questions,
then sessions to choose. On SQLite the transaction itself is the lock: it is IMMEDIATE by the settings.

Where seats are free and nobody waits, a newcomer takes one by a single conditional statement (``FreeSeats``), as late
as possible: in a rush everybody waits for the row, so nothing is done while it is kept that could be done before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from forum_site.lib.errors import DomainError
from forum_site.lib.prepared import prepared
from registrations.models import Quota, Registration, TicketType

CHANGED_MEANWHILE = _("Somebody has changed this at the same moment. Please try again.")


class NoSeatFree(DomainError):  # noqa: N818
    """The last seat has gone to somebody else."""


@dataclass
class Pool:
    """Ticket types and quotas by primary key, whose rows this transaction keeps; they are as they stand."""

    ticket_types: dict[int, TicketType]
    quotas: dict[int, Quota]
    has_late_ones: bool = False  # who have not answered in time
    has_more: bool = False  # who wait and for whom seats are free, after as many as are served at once
    ended: list[Registration] = field(default_factory=list)  # registrations that have ended while it was kept
    options: set[int] = field(default_factory=set)  # of questions, by primary key, that somebody new has chosen
    stepped: list[Registration] = field(default_factory=list)  # those that were confirmed before, ended or not
    passed_on: list[tuple[Registration, Registration]] = field(default_factory=list)  # from whom to whom

    def the(self, ticket_type: TicketType) -> TicketType:
        """Return the ticket type as it stands now."""
        if ticket_type.pk not in self.ticket_types:
            raise DomainError(str(CHANGED_MEANWHILE))
        return self.ticket_types[ticket_type.pk]

    def keep(self, registration: Registration) -> Registration:
        """Lock the registration too, and read it anew. One query."""
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        return self.adopt(registration)

    def adopt(self, registration: Registration) -> Registration:
        """Give a registration, read under the locks, its ticket type as it stands."""
        if registration.ticket_type_id not in self.ticket_types:
            raise DomainError(str(CHANGED_MEANWHILE))
        registration.ticket_type = self.ticket_types[registration.ticket_type_id]
        registration.event = registration.ticket_type.event
        return registration

    def exchange(self, old: TicketType | None, new: TicketType | None) -> bool:
        """Give the old seat back and take the new one, or do nothing and return ``False`` where that is not free.

        Two ticket types with the same quota share its place. At most one query a row that changes.
        """
        gone, wanted = _counters(old), _counters(new)
        gains = [row for row in wanted if row not in gone]
        if any(row.own_seats_left == 0 for row in gains):
            return False
        for row in gone:
            if row not in wanted:
                count(row, -1)
        for row in gains:
            count(row, 1)
        return True

    def next_waiting_number(self, ticket_type: TicketType) -> int:
        """Return a number nobody has had, higher than all before at the ticket type and its quota. Two queries."""
        counters = _counters(ticket_type)
        number = max(row.last_waiting_number for row in counters) + 1
        for row in counters:
            row.last_waiting_number = number
            type(row)._default_manager.filter(pk=row.pk).update(last_waiting_number=number)
        return number


class FreeSeats(Pool):
    """A ticket type, not kept yet, of which a newcomer may just take a seat, as far as one knows."""

    def __init__(self, ticket_type: TicketType) -> None:
        super().__init__({ticket_type.pk: ticket_type}, {})

    @staticmethod
    def are_likely(ticket_type: TicketType) -> bool:
        """Whether there are any, by what was read before; a quota is always kept, since it has two counters."""
        return not (ticket_type.quota_id or ticket_type.last_waiting_number or ticket_type.is_full)

    def exchange(self, old: TicketType | None, new: TicketType | None) -> bool:
        """Take a seat and keep the row, or return ``False`` if somebody waits now or none is left. One query."""
        if old is not None or new is None:
            raise ValueError("Only newcomers take free seats.")
        with connection.cursor() as cursor:
            cursor.execute(TAKE_FREE_SEAT, [new.pk])
            return bool(cursor.rowcount)


#: The condition is that of ``FreeSeats.are_likely``, asked of the row itself; the rest as the constraint of the table.
TAKE_FREE_SEAT = """
    UPDATE registrations_tickettype SET seats_taken = seats_taken + 1
    WHERE id = %s AND quota_id IS NULL AND last_waiting_number = 0
    AND (capacity IS NULL OR seats_taken < capacity * (overbooking + 100) / 100)
"""


def hold(*ticket_types: TicketType, quotas: Iterable[Quota] = (), at: dt.datetime) -> Pool:
    """Keep these ticket types, the quotas given and theirs, and all who share these, until the transaction ends.

    The pool knows whether somebody has not answered by the moment ``at``. One query, two where there is a quota. Raises
    ``DomainError`` if a quota has just been exchanged for another.
    """
    quota_ids = {one.quota_id for one in ticket_types if one.quota_id} | {quota.pk for quota in quotas}
    kept: dict[int, Quota] = {}
    if quota_ids:
        rows = Quota.objects.select_for_update(no_key=True).filter(pk__in=quota_ids)
        kept = {quota.pk: quota for quota in rows.order_by("pk")}
    kept_types = _kept_types(tuple(sorted({one.pk for one in ticket_types})), tuple(sorted(quota_ids)))
    deadlines = [one.first_deadline for one in kept_types if one.first_deadline]  # type: ignore[attr-defined]
    pool = Pool({one.pk: one for one in kept_types}, kept, has_late_ones=any(moment <= at for moment in deadlines))
    for one in pool.ticket_types.values():
        if one.quota_id is not None:
            if one.quota_id not in kept:
                raise DomainError(str(CHANGED_MEANWHILE))
            one.quota = kept[one.quota_id]
    return pool


@prepared
def _kept_types(ticket_type_ids: tuple[int, ...], quota_ids: tuple[int, ...]) -> QuerySet[TicketType]:
    """Lock these ticket types and those of the quotas, and ask until when somebody there has to answer first."""
    asked = Registration.objects.must_answer().filter(ticket_type=OuterRef("pk")).order_by("expires_at")
    rows = TicketType.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    rows = rows.filter(Q(pk__in=ticket_type_ids) | Q(quota__in=quota_ids))
    return rows.annotate(first_deadline=Subquery(asked.values("expires_at")[:1])).order_by("pk")


def _counters(ticket_type: TicketType | None) -> list[TicketType | Quota]:
    """Return the rows at which a seat is counted, in the order of the locks."""
    if ticket_type is None:
        return []
    return [ticket_type.quota, ticket_type] if ticket_type.quota else [ticket_type]


def count(row: TicketType | Quota, change: int) -> None:
    """Have so many more seats taken, or fewer; the row is kept and has them. One query."""
    type(row)._default_manager.filter(pk=row.pk).update(seats_taken=F("seats_taken") + change)
    row.seats_taken += change
