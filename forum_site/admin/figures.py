"""What the dashboard counts, in a number of queries that does not grow with the edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from forum_site.lib.moments import clock, local_day, short_day
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from registrations.enums import IS_ACTIVE, RegistrationStatus
from registrations.models import Registration, StatusChange, TicketType

CHART_DAYS = 46


@dataclass(frozen=True)
class Figure:
    """One number of the first row, with the list behind it. ``tone``: "accent" for work, "danger" for failures."""

    label: Any
    number: int
    url: str
    note: Any = ""
    tone: str = ""


@dataclass(frozen=True)
class Places:
    """How full a ticket type is; ``width`` is the taken part in hundredths."""

    name: str
    taken: int
    capacity: int | None
    waiting: int
    pending: int
    pk: int

    @property
    def width(self) -> int:
        """The length of the bar, 0 to 100."""
        return min(100, round(100 * self.taken / self.capacity)) if self.capacity else 0

    @property
    def left(self) -> int | None:
        """Free places, where they are counted."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether the next person would wait."""
        return self.left == 0


def statuses(event: Event) -> dict[str, int]:
    """Return how many registrations stand where; one query."""
    rows = Registration.objects.filter(event=event).order_by().values("status").annotate(number=Count("pk"))
    return {row["status"]: row["number"] for row in rows}


def answered_offers(event: Event) -> tuple[int, int]:
    """Return how many offers of a place were accepted and how many expired; one query."""
    answered = StatusChange.objects.filter(registration__event=event, old_status=RegistrationStatus.OFFERED)
    accepted = Q(new_status__in=[RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED])
    expired = Q(new_status=RegistrationStatus.EXPIRED)
    found = answered.aggregate(accepted=Count("pk", filter=accepted), expired=Count("pk", filter=expired))
    return found["accepted"], found["expired"]


def mail_states(event: Event) -> dict[str, int]:
    """Return how many mails of the edition stand where; one query."""
    rows = EmailMessage.objects.filter(event=event).order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def figures(event: Event, days: list[tuple[dt.date, int]], *, lists: dict[str, str]) -> list[Figure]:
    """Return the seven numbers; ``lists`` holds the addresses of the lists of registrations and of mails."""
    by_status = statuses(event)

    def of(status: RegistrationStatus, label: Any, note: Any = "", tone: str = "") -> Figure:
        number = by_status.get(status, 0)
        return Figure(label, number, f"{lists['registrations']}&status__exact={status}", note, tone if number else "")

    active = sum(by_status.get(each, 0) for each in IS_ACTIVE)
    fresh = _("%(count)s in the last two days") % {"count": sum(number for _day, number in days[-2:])}
    accepted, expired = answered_offers(event)
    answered = _("%(accepted)s accepted, %(expired)s expired") % {"accepted": accepted, "expired": expired}
    return [
        Figure(pgettext_lazy("number of people", "Registered"), active, lists["registrations"], fresh),
        of(RegistrationStatus.CONFIRMED, _("Confirmed")),
        of(RegistrationStatus.PENDING, _("To approve"), tone="accent"),
        of(RegistrationStatus.CANCELLED, _("Cancelled")),
        of(RegistrationStatus.WAITLISTED, _("Waiting list")),
        of(RegistrationStatus.OFFERED, _("Offers open"), answered),
        _undelivered(event, lists["mails"]),
    ]


def _undelivered(event: Event, mails: str) -> Figure:
    by_state = mail_states(event)
    number = by_state.get(MailState.FAILED, 0) + by_state.get(MailState.HELD, 0)
    return Figure(
        _("Mail not delivered"),
        number,
        f"{mails}&state__in={MailState.FAILED},{MailState.HELD}",
        _("of %(count)s") % {"count": sum(by_state.values())},
        tone="danger" if number else "",
    )


def places(event: Event) -> list[Places]:
    """Return how full each ticket type is; two queries."""
    open_statuses = [RegistrationStatus.WAITLISTED, RegistrationStatus.PENDING]
    rows = Registration.objects.filter(event=event, status__in=open_statuses).order_by()
    open_ones = {
        (row["ticket_type"], row["status"]): row["number"]
        for row in rows.values("ticket_type", "status").annotate(number=Count("pk"))
    }
    return [
        Places(
            name=str(ticket_type),
            taken=ticket_type.seats_taken,
            capacity=ticket_type.capacity,
            waiting=open_ones.get((ticket_type.pk, RegistrationStatus.WAITLISTED), 0),
            pending=open_ones.get((ticket_type.pk, RegistrationStatus.PENDING), 0),
            pk=ticket_type.pk,
        )
        for ticket_type in TicketType.objects.filter(event=event).order_by("position")
    ]


def registrations_a_day(event: Event, at: dt.datetime | None = None) -> list[tuple[dt.date, int]]:
    """Return the days up to today in the edition's zone, each with its registrations; one query."""
    today = local_day(event.timezone_name, at)
    first = today - dt.timedelta(days=CHART_DAYS - 1)
    since = dt.datetime.combine(first, dt.time(), tzinfo=event.zone)
    rows = Registration.objects.filter(event=event, created_at__gte=since).order_by()
    counted = dict(
        rows.annotate(day=TruncDate("created_at", tzinfo=event.zone)).values_list("day").annotate(number=Count("pk"))
    )
    return [(first + dt.timedelta(days=n), counted.get(first + dt.timedelta(days=n), 0)) for n in range(CHART_DAYS)]


def last_registrations(event: Event, language: str, count: int = 6) -> list[tuple[Registration, str]]:
    """Return the newest registrations, each with its moment in the edition's zone as text; one query."""
    zone = event.timezone_name
    found = Registration.objects.filter(event=event).select_related("ticket_type")[:count]
    return [
        (one, f"{short_day(local_day(zone, one.created_at), language)} {clock(one.created_at, zone)}") for one in found
    ]
