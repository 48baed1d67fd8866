"""Who has come, and who is there."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from events.models import Session
from registrations.enums import CheckInKind
from registrations.models import CheckIn, Registration


def has_come() -> Exists:
    """Whether somebody was checked in, at the door or at any session: a condition of a query of registrations."""
    return Exists(CheckIn.objects.entries().filter(registration=OuterRef("pk")))


def with_arrival(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add ``arrived_at``: when the person was checked in for the first time, or ``None``. No query more."""
    entries = CheckIn.objects.entries().filter(registration=OuterRef("pk")).order_by("at", "pk")
    return registrations.annotate(arrived_at=Subquery(entries.values("at")[:1]))


def arrival_of(registration: Registration) -> dt.datetime | None:
    """Return when the person was checked in for the first time; one query, none where ``with_arrival`` has read it."""
    if not hasattr(registration, "arrived_at"):
        return registration.check_ins.entries().order_by("at", "pk").values_list("at", flat=True).first()
    return registration.arrived_at


def last_check_in(registration: Registration) -> CheckIn | None:
    """Return the last scan that stands, wherever it was. One query."""
    return registration.check_ins.standing().order_by("-at", "-pk").first()


def inside_since(registration: Registration, session: Session | None = None) -> CheckIn | None:
    """Return the scan by which the person is inside now, at the door or at a session. One query."""
    last = registration.check_ins.standing().filter(session=session).order_by("-at", "-pk").first()
    return last if last and last.kind == CheckInKind.ENTRY else None
