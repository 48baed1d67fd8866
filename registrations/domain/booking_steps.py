"""Single steps of a booking of a kept session, with the place that each takes or gives back.

Locks come after all others of the house: quotas, ticket types, registration, options, then sessions to choose by
primary key. Whoever changes what somebody has chosen holds their registration; whoever changes a place or a waiting
list holds the session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import F

from registrations.domain import letters
from registrations.domain.deadlines import answer_until
from registrations.enums import TAKES_A_PLACE, Actor, BookingState
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.booking_rules import begin_of, facts_of


class Kept(dict[int, BookableSession]):
    """Sessions to choose that are kept until the transaction ends, by primary key.

    ``unserved`` are those at which people still wait although places are free, since so many are served at once.
    """

    def __init__(self, found: Iterable[BookableSession] = ()) -> None:
        super().__init__((one.pk, one) for one in found)
        self.unserved: set[int] = set()

    def lets_wait(self, one: BookableSession) -> bool:
        """Whether somebody who comes now waits: there is no place, or others come first."""
        return one.is_full or one.pk in self.unserved


def hold_sessions(ids: Iterable[int]) -> Kept:
    """Keep these sessions to choose until the transaction ends; they are as they stand. Two queries, none for none."""
    wanted = set(ids)
    if not wanted:
        return Kept()
    rows = BookableSession.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = list(rows.select_related("session__event").prefetch_related("ticket_types"))
    events = {one.session.event_id: one.session.event for one in found}
    for one in found:
        one.session.event = events[one.session.event_id]  # their rules are then read once
    return Kept(found)


def move_booking(
    booking: SessionBooking,
    to: BookingState,
    one: BookableSession,
    *,
    at: dt.datetime,
    by: Actor = Actor.ATTENDEE,
    reason: str = "",
    until: dt.datetime | None = None,
) -> None:
    """Take one step of a booking of a kept session, with the place that it takes or gives back. At most two queries."""
    change = (to in TAKES_A_PLACE) - booking.takes_a_place
    if change:
        _count(one, change)
    booking.state, booking.expires_at = to, until
    booking.changed_at, booking.changed_by, booking.reason = at, by, reason
    booking.save(update_fields=["state", "expires_at", "changed_at", "changed_by", "reason"])


def add_booking(
    registration: Registration, one: BookableSession, at: dt.datetime, *, must_wait: bool
) -> SessionBooking:
    """Book a place of a kept session, or the next one on its waiting list; the rules were asked before.

    Remembers what the person knows of the session where it is not what is generally known. At most three queries.
    """
    booking = SessionBooking(registration=registration, bookable=one, created_at=at, changed_at=at)
    facts = facts_of(one.session)
    if not one.known_facts:
        one.known_facts = facts
        one.save(update_fields=["known_facts"])
    if one.known_facts != facts:
        booking.known_facts = facts
    if must_wait:
        one.last_waiting_number += 1
        one.save(update_fields=["last_waiting_number"])
        booking.waiting_number, booking.state = one.last_waiting_number, BookingState.WAITING
    else:
        _count(one, 1)
        booking.state = BookingState.BOOKED
    booking.save(force_insert=True)
    return booking


def offer_booking(booking: SessionBooking, one: BookableSession, at: dt.datetime) -> SessionBooking:
    """Keep a free place for somebody who waits, until the edition's time to answer is over or the session begins."""
    event = one.session.event
    until = min(answer_until(event, hours=event.offer_hours, at=at), begin_of(one.session))
    move_booking(booking, BookingState.OFFERED, one, by=Actor.SYSTEM, until=until, at=at)
    return write_about(booking, letters.SESSION_OFFERED, until=until.isoformat())


def expire_booking(booking: SessionBooking, one: BookableSession, at: dt.datetime) -> SessionBooking:
    """Take back a place that was not accepted in time, and tell the person."""
    move_booking(booking, BookingState.EXPIRED, one, by=Actor.SCHEDULE, at=at)
    return write_about(booking, letters.SESSION_EXPIRED)


def put_back(offers: Sequence[SessionBooking], one: BookableSession, at: dt.datetime) -> None:
    """Put offers of a kept session that does not take place back on the list, where they came from. Two queries."""
    rows = SessionBooking.objects.filter(pk__in=[booking.pk for booking in offers])
    fields = {"expires_at": None, "changed_at": at, "changed_by": Actor.SYSTEM, "reason": ""}
    _count(one, -rows.update(state=BookingState.WAITING, **fields))


def _count(one: BookableSession, change: int) -> None:
    BookableSession.objects.filter(pk=one.pk).update(seats_taken=F("seats_taken") + change)
    one.seats_taken += change


def write_about(booking: SessionBooking, kind: str, **context: object) -> SessionBooking:
    """Mail the person about the booked session, unless they are erased. Two queries."""
    if not booking.registration.erased_at:
        letters.write_to(booking.registration, kind, session=booking.bookable_id, **context)
    return booking
