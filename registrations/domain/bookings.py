"""What people do with sessions to choose: book, leave and accept places.

Of the sessions that somebody has *booked* no two run at the same time, unless an organizer moved one later; a waiting
list and an offer keep nothing from being booked beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Session
from forum_site.lib.errors import DomainError
from registrations.domain import letters
from registrations.domain.booking_steps import Kept, add_booking, expire_booking, move_booking, write_about
from registrations.domain.session_places import expire_due, hand_on, keeping
from registrations.enums import Actor, BookingState, RegistrationStatus
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.booking_rules import refusal_beside, refusal_to_book, rules_of, takes_place


class ChoiceRefused(DomainError):  # noqa: N818
    """Sessions cannot be booked together; ``problems`` are the sentences by primary key of the session to choose."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def choose(
    registration: Registration,
    *,
    book: Iterable[BookableSession] = (),
    leave: Iterable[BookableSession] = (),
    at: dt.datetime | None = None,
) -> list[SessionBooking]:
    """Give up and book sessions: all of it, or nothing and ``ChoiceRefused``. Return what the person has then.

    Where no place is free the person waits for one. What is booked already, or was never had, changes nothing.
    """
    now, wanted, gone = at or timezone.now(), [one.pk for one in book], {one.pk for one in leave}
    with keeping({*wanted, *gone}, of=registration, at=now) as kept:
        refuse_unconfirmed(registration)
        mine = _active(registration)
        for pk in gone & mine.keys():
            move_booking(mine.pop(pk), BookingState.CANCELLED, kept[pk], at=now)
        problems: dict[int, str] = {}
        for pk in wanted:
            if pk in mine or pk not in kept:
                continue
            if refusal := _refusal(registration, kept[pk], mine, kept, now):
                problems[pk] = refusal
            else:
                mine[pk] = add_booking(registration, kept[pk], now, must_wait=kept.lets_wait(kept[pk]))
        if problems:
            raise ChoiceRefused(problems)
    return list(mine.values())


def book(registration: Registration, *, bookable: BookableSession, at: dt.datetime | None = None) -> SessionBooking:
    """Book one session, or join its waiting list."""
    mine = choose(registration, book=[bookable], at=at)
    return next(one for one in mine if one.bookable_id == bookable.pk)


def leave(
    registration: Registration, *, bookable: BookableSession, by: Actor = Actor.ATTENDEE, reason: str = ""
) -> None:
    """Give up a place, decline an offered one, or leave the waiting list. A second time nothing happens.

    What an organizer takes away is written to the person.
    """
    now = timezone.now()
    with keeping([bookable.pk], of=registration, at=now) as kept:
        booking = _active(registration).get(bookable.pk)
        if booking is None:
            return
        had_place = booking.state == BookingState.BOOKED
        move_booking(booking, BookingState.CANCELLED, kept[bookable.pk], by=by, reason=reason, at=now)
        if by != Actor.ATTENDEE:
            write_about(booking, letters.SESSION_WITHDRAWN, why="organizer", reason=reason, had_entry=had_place)


def accept(registration: Registration, *, bookable: BookableSession) -> SessionBooking:
    """Take the place that is offered; whoever comes too late finds it expired. A second time nothing happens."""
    now = timezone.now()
    with keeping([bookable.pk], of=registration, at=now) as kept:
        refuse_unconfirmed(registration)
        mine = _active(registration)
        booking, one = mine.get(bookable.pk), kept[bookable.pk]
        if booking is None:
            raise DomainError(_("This place is not offered to you any more."))
        if booking.state == BookingState.WAITING:
            raise DomainError(_("No place is free yet. We write to you as soon as there is one."))
        if booking.state == BookingState.OFFERED and _is_overdue(booking, now):
            return expire_booking(booking, one, now)
        if booking.state == BookingState.OFFERED:
            if not takes_place(one.session, now):
                raise DomainError(_("This session cannot be booked."))
            if refusal := refusal_beside(one.session, _booked_sessions(mine), rules_of(one.session.event)):
                raise DomainError(refusal)
            move_booking(booking, BookingState.BOOKED, one, at=now)
    return booking


def refuse_unconfirmed(registration: Registration) -> None:
    """Raise ``DomainError`` unless the registration is confirmed: only then places in sessions are kept for it."""
    if registration.status != RegistrationStatus.CONFIRMED:
        raise DomainError(_("Sessions can be chosen once your registration is confirmed."))


def _active(registration: Registration) -> dict[int, SessionBooking]:
    """Return what the person has chosen, by primary key of the session to choose. One query."""
    found = registration.bookings.active().select_related("bookable__session")
    mine = {one.bookable_id: one for one in found}
    for one in mine.values():
        one.registration = registration
    return mine


def _booked_sessions(mine: dict[int, SessionBooking]) -> list[Session]:
    return [one.bookable.session for one in mine.values() if one.state == BookingState.BOOKED]


def _refusal(
    registration: Registration, one: BookableSession, mine: dict[int, SessionBooking], kept: Kept, at: dt.datetime
) -> str:
    """Return why the session cannot be chosen; first, whoever waits for a place gets what is free."""
    if refusal := refusal_to_book(registration, one, at):
        return refusal
    if one.is_full or one.last_waiting_number:
        expire_due(kept, at, only=one)
        hand_on(kept, at, only=one)
    if kept.lets_wait(one):
        return ""
    return refusal_beside(one.session, _booked_sessions(mine), rules_of(one.session.event))


def _is_overdue(booking: SessionBooking, at: dt.datetime) -> bool:
    return booking.expires_at is not None and booking.expires_at <= at
