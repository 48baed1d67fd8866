"""What stands on the page on which people choose their sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Session
from events.queries.filters import short_name
from registrations.enums import BookingState
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.booking_rules import refusal_to_book


@dataclass(frozen=True)
class SessionChoice:
    """A session to choose: ``note`` says how many places are left, ``problem`` why it cannot be had as asked for."""

    bookable: BookableSession
    booking: SessionBooking | None
    note: str
    refusal: str
    is_checked: bool
    problem: str = ""

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.bookable.session

    @property
    def key(self) -> str:
        """Its short name."""
        return short_name(self.session)

    @property
    def is_open(self) -> bool:
        """Whether the person can take or drop it here."""
        return not self.refusal or self.booking is not None


@dataclass(frozen=True)
class ChoosingDay:
    """The sessions to choose of one day, in the order of the programme."""

    date: dt.date
    choices: list[SessionChoice]


def bookable_sessions(event: Event) -> QuerySet[BookableSession]:
    """Return the sessions to choose that visitors can see, in the order of the programme, with who may book them."""
    visible = Session.objects.public().filter(event=event, parent=None)
    found = BookableSession.objects.filter(session__in=visible).select_related("session__room", "session__track")
    order = ("session__day", F("session__starts_at").asc(nulls_last=True), "session__position", "session_id")
    return found.prefetch_related("ticket_types").order_by(*order)


def choosing_days(
    registration: Registration, *, asked: frozenset[str] | None = None, problems: dict[int, str] | None = None
) -> list[ChoosingDay]:
    """Return what can be chosen; ``asked`` are the short names that were ticked, ``problems`` what was refused.

    Four queries.
    """
    event, now = registration.event, timezone.now()
    mine = {one.bookable_id: one for one in registration.bookings.active()}
    found = list(bookable_sessions(event))
    choices = []
    for bookable in found:
        bookable.session.event = event
        booking = mine.get(bookable.pk)
        is_checked = booking is not None if asked is None else short_name(bookable.session) in asked
        refusal = refusal_to_book(registration, bookable, now)
        note = "" if refusal and booking is None else places_words(bookable, booking)
        problem = (problems or {}).get(bookable.pk, "")
        choices.append(SessionChoice(bookable, booking, note, refusal, is_checked, problem))
    grouped = groupby(choices, key=lambda choice: choice.session.day)
    return [ChoosingDay(day, list(group)) for day, group in grouped]


def places_words(bookable: BookableSession, booking: SessionBooking | None) -> str:
    """Say where the person stands, else how many places are left."""
    if booking is not None:
        return {
            BookingState.BOOKED: _("You have a place."),
            BookingState.OFFERED: _("A place is offered to you."),
            BookingState.WAITING: _("You are on the waiting list."),
        }.get(BookingState(booking.state), "")
    left = bookable.seats_left
    if left is None:
        return ""
    if left == 0:
        return _("Full, waiting list open")
    return _("%(left)s of %(all)s places left") % {"left": left, "all": bookable.capacity}


def named_bookables(registration: Registration, names: Iterable[str]) -> list[BookableSession]:
    """Return the sessions with these short names that can be chosen, or are chosen already though nobody sees them.

    Others are ignored. At most two queries.
    """
    wanted = set(names) - {""}
    if not wanted:
        return []
    found = BookableSession.objects.filter(session__event=registration.event_id).select_related("session")
    seen = Q(session__in=Session.objects.public()) | Q(pk__in=registration.bookings.active().values("bookable"))
    return [one for one in found.filter(seen).order_by("pk") if short_name(one.session) in wanted]
