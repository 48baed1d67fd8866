"""Places in sessions: taken, given back, offered to whoever waits and expired, as those of the edition itself.

Locks come after all others of the house: quotas, ticket types, registration, options, then sessions to choose by
primary key. Whoever changes what somebody has chosen holds their registration; whoever changes a place or a waiting
list holds the session. Of the sessions that somebody has *booked* no two run at the same time, unless an organizer
moved one later; a waiting list and an offer keep nothing from being booked beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import SessionStatus
from events.models import Event, Session
from forum_site.lib.errors import DomainError
from registrations.domain import letters
from registrations.domain.deadlines import answer_until
from registrations.enums import TAKES_A_PLACE, Actor, BookingState, RegistrationStatus
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.bookings import begin_of, facts_of, refusal_beside, refusal_to_book, rules_of, takes_place

#: So many people are read at once.
CHUNK = 200
Kept = dict[int, BookableSession]


class ChoiceRefused(DomainError):  # noqa: N818
    """Sessions cannot be booked together; ``problems`` are the sentences by primary key of the session to choose."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


# --- Locks ------------------------------------------------------------------------------------------------------


def hold_sessions(ids: Iterable[int]) -> Kept:
    """Keep these sessions to choose until the transaction ends; they are as they stand. Two queries, none for none."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = BookableSession.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=wanted).order_by("pk")
    found = list(rows.select_related("session__event").prefetch_related("ticket_types"))
    events = {one.session.event_id: one.session.event for one in found}
    for one in found:
        one.session.event = events[one.session.event_id]  # their rules are then read once
    return {one.pk: one for one in found}


@contextmanager
def keeping(ids: Iterable[int], *, of: Registration | None = None, at: dt.datetime) -> Iterator[Kept]:
    """Keep the registration and these sessions; what is free in the end is offered to whoever waits for it."""
    with transaction.atomic():
        if of is not None:
            rows = Registration.objects.select_for_update(no_key=True, of=("self",))
            of.refresh_from_db(from_queryset=rows.select_related("event", "ticket_type"))
        kept = hold_sessions(ids)
        yield kept
        hand_on(kept.values(), at)


# --- What people do ---------------------------------------------------------------------------------------------


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
            _move(mine.pop(pk), BookingState.CANCELLED, kept[pk], at=now)
        problems: dict[int, str] = {}
        for pk in wanted:
            if pk in mine or pk not in kept:
                continue
            if refusal := _refusal(registration, kept[pk], mine, now):
                problems[pk] = refusal
            else:
                mine[pk] = _take(registration, kept[pk], now)
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
        _move(booking, BookingState.CANCELLED, kept[bookable.pk], by=by, reason=reason, at=now)
        if by != Actor.ATTENDEE:
            _write(booking, letters.SESSION_WITHDRAWN, why="organizer", reason=reason, had_entry=had_place)


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
            return _expire(booking, one, now)
        if booking.state == BookingState.OFFERED:
            if not takes_place(one.session, now):
                raise DomainError(_("This session cannot be booked."))
            if refusal := refusal_beside(one.session, _booked_sessions(mine), rules_of(one.session.event)):
                raise DomainError(refusal)
            _move(booking, BookingState.BOOKED, one, at=now)
    return booking


def refuse_unconfirmed(registration: Registration) -> None:
    """Raise ``DomainError`` unless the registration is confirmed: only then places in sessions are kept for it."""
    if registration.status != RegistrationStatus.CONFIRMED:
        raise DomainError(_("Sessions can be chosen once your registration is confirmed."))


# --- What the site does -----------------------------------------------------------------------------------------


def hand_on(sessions: Iterable[BookableSession], at: dt.datetime) -> list[SessionBooking]:
    """Offer every free place to the next person who waits for it; return the offers in the order of the lists.

    The sessions are kept. No query where nothing is free or nobody has ever waited.
    """
    given: list[SessionBooking] = []
    for one in sessions:
        while one.last_waiting_number and not one.is_full and takes_place(one.session, at):
            line = SessionBooking.objects.waiting().filter(bookable=one, registration__erased_at=None)
            most = CHUNK if one.seats_left is None else min(CHUNK, one.seats_left)
            first_ones = list(line.select_related("registration__event")[:most])
            if not first_ones:
                break
            given += [_offer(booking, one, at) for booking in first_ones]
    return given


def expire_due(sessions: Iterable[BookableSession], at: dt.datetime) -> list[SessionBooking]:
    """Take back the places of kept sessions that were not accepted in time. One query, and those of each step."""
    by_pk = {one.pk: one for one in sessions}
    late = SessionBooking.objects.overdue(at).filter(bookable__in=by_pk).select_related("registration__event")
    return [_expire(booking, by_pk[booking.bookable_id], at) for booking in late]


def settle_due(at: dt.datetime) -> int:
    """Take back what was not accepted in time, and offer what is free; return the number of sessions looked at."""
    late = SessionBooking.objects.overdue(at).order_by().values("bookable")
    is_free = Q(capacity__isnull=True) | Q(seats_taken__lt=F("capacity"))
    is_wanted = Q(bookings__state=BookingState.WAITING, bookings__registration__erased_at=None)
    waiting = BookableSession.objects.filter(is_free, is_wanted)
    running = Event.objects.public().upcoming().order_by()
    is_ahead = Q(session__starts_at__isnull=True) | Q(session__starts_at__gt=at)
    held = waiting.filter(is_ahead, session__event__in=running, session__status=SessionStatus.PUBLISHED)
    found = set(BookableSession.objects.filter(pk__in=late).values_list("pk", flat=True))
    found |= set(held.values_list("pk", flat=True))
    for pk in sorted(found):
        with keeping([pk], at=at) as kept:
            expire_due(kept.values(), at)
    return len(found)


def end_bookings(registrations: Iterable[Registration], at: dt.datetime) -> None:
    """Take from kept registrations the sessions that they may not have any more, and hand these on.

    Called after each step that a confirmed registration has taken. One query, five more for whoever has chosen any.
    """
    by_pk = {one.pk: one for one in registrations}
    chosen = SessionBooking.objects.active().filter(registration__in=by_pk)
    kept = hold_sessions(chosen.order_by().values_list("bookable", flat=True)) if by_pk else {}
    for booking in chosen if kept else ():
        registration, one = by_pk[booking.registration_id], kept[booking.bookable_id]
        if why := _no_longer(registration, one):
            booking.registration, had_place = registration, booking.state == BookingState.BOOKED
            _move(booking, BookingState.CANCELLED, one, by=Actor.SYSTEM, at=at)
            if registration.is_active:
                _write(booking, letters.SESSION_WITHDRAWN, why=why, had_entry=had_place)
    hand_on(kept.values(), at)


def change_places(bookable: BookableSession, *, capacity: int | None) -> BookableSession:
    """Set the number of places (``None``: without limit); new ones are offered to whoever waits."""
    with keeping([bookable.pk], at=timezone.now()) as kept:
        one = kept[bookable.pk]
        if capacity is not None and capacity < one.seats_taken:
            raise DomainError(_("%(taken)s places are taken already.") % {"taken": one.seats_taken})
        one.capacity = capacity
        one.save(update_fields=["capacity"])
    bookable.refresh_from_db(fields=["capacity", "seats_taken", "last_waiting_number"])
    return bookable


def put_back(booking: SessionBooking, bookable: BookableSession, at: dt.datetime) -> None:
    """Put an offer of a session that does not take place back on the list, where it came from."""
    _move(booking, BookingState.WAITING, bookable, by=Actor.SYSTEM, at=at)


# --- Single steps -----------------------------------------------------------------------------------------------


def _active(registration: Registration) -> dict[int, SessionBooking]:
    """Return what the person has chosen, by primary key of the session to choose. One query."""
    found = registration.bookings.active().select_related("bookable__session")
    mine = {one.bookable_id: one for one in found}
    for one in mine.values():
        one.registration = registration
    return mine


def _booked_sessions(mine: dict[int, SessionBooking]) -> list[Session]:
    return [one.bookable.session for one in mine.values() if one.state == BookingState.BOOKED]


def _refusal(registration: Registration, one: BookableSession, mine: dict[int, SessionBooking], at: dt.datetime) -> str:
    """Return why the session cannot be chosen; first, whoever waits for a place gets what is free."""
    if refusal := refusal_to_book(registration, one, at):
        return refusal
    if one.is_full or one.last_waiting_number:
        expire_due([one], at)
        hand_on([one], at)
    return "" if one.is_full else refusal_beside(one.session, _booked_sessions(mine), rules_of(one.session.event))


def _take(registration: Registration, one: BookableSession, at: dt.datetime) -> SessionBooking:
    booking = SessionBooking(registration=registration, bookable=one, created_at=at, changed_at=at)
    facts = facts_of(one.session)
    if not one.known_facts:
        one.known_facts = facts
        one.save(update_fields=["known_facts"])
    if one.known_facts != facts:
        booking.known_facts = facts
    if one.is_full:
        one.last_waiting_number += 1
        one.save(update_fields=["last_waiting_number"])
        booking.waiting_number, booking.state = one.last_waiting_number, BookingState.WAITING
    else:
        _count(one, 1)
        booking.state = BookingState.BOOKED
    booking.save(force_insert=True)
    return booking


def _offer(booking: SessionBooking, one: BookableSession, at: dt.datetime) -> SessionBooking:
    event = one.session.event
    until = min(answer_until(event, hours=event.offer_hours, at=at), begin_of(one.session))
    _move(booking, BookingState.OFFERED, one, by=Actor.SYSTEM, until=until, at=at)
    return _write(booking, letters.SESSION_OFFERED, until=until.isoformat())


def _expire(booking: SessionBooking, one: BookableSession, at: dt.datetime) -> SessionBooking:
    _move(booking, BookingState.EXPIRED, one, by=Actor.SCHEDULE, at=at)
    return _write(booking, letters.SESSION_EXPIRED)


def _is_overdue(booking: SessionBooking, at: dt.datetime) -> bool:
    return booking.expires_at is not None and booking.expires_at <= at


def _no_longer(registration: Registration, one: BookableSession) -> str:
    """Return what keeps the registration from having the session; "" where nothing does."""
    if registration.status != RegistrationStatus.CONFIRMED:
        return "status"
    return "" if one.admits(registration.ticket_type) else "type"


def _move(
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


def _count(one: BookableSession, change: int) -> None:
    BookableSession.objects.filter(pk=one.pk).update(seats_taken=F("seats_taken") + change)
    one.seats_taken += change


def _write(booking: SessionBooking, kind: str, **context: object) -> SessionBooking:
    if not booking.registration.erased_at:
        letters.write_to(booking.registration, kind, session=booking.bookable_id, **context)
    return booking
