"""Places in sessions that become free: handed on to whoever waits, and taken back from whoever may not keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from events.enums import SessionStatus
from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.lib.one_by_one import each_by_itself
from registrations.domain import letters
from registrations.domain.booking_steps import (
    Kept,
    expire_booking,
    hold_sessions,
    move_booking,
    offer_booking,
    put_back,
    write_about,
)
from registrations.enums import Actor, BookingState, RegistrationStatus
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.booking_rules import takes_place

#: So many people get a place in a session, or lose one, in one transaction. Nobody waits long for its locks.
AT_ONCE = 100


@contextmanager
def keeping(ids: Iterable[int], *, of: Registration | None = None, at: dt.datetime) -> Iterator[Kept]:
    """Keep the registration and these sessions; what is free in the end is offered to whoever waits for it."""
    with transaction.atomic():
        if of is not None:
            rows = Registration.objects.select_for_update(no_key=True, of=("self",))
            of.refresh_from_db(from_queryset=rows.select_related("event", "ticket_type"))
        kept = hold_sessions(ids)
        yield kept
        hand_on(kept, at)


def hand_on(kept: Kept, at: dt.datetime, *, only: BookableSession | None = None) -> list[SessionBooking]:
    """Offer every free place to the next person who waits for it; return the offers in the order of the lists.

    No query where nothing is free or nobody has ever waited. After ``AT_ONCE`` people of a session it stops, and the
    session is ``unserved``: the job of every minute goes on with it, and nobody overtakes whoever waits meanwhile.
    """
    given: list[SessionBooking] = []
    for one in [only] if only else kept.values():
        kept.unserved.discard(one.pk)
        served = 0
        while one.last_waiting_number and not one.is_full and takes_place(one.session, at):
            line = SessionBooking.objects.waiting().filter(bookable=one, registration__erased_at=None)
            if served >= AT_ONCE:
                kept.unserved |= {one.pk} if line.exists() else set()
                break
            most = AT_ONCE - served if one.seats_left is None else min(AT_ONCE - served, one.seats_left)
            first_ones = list(line.select_related("registration__event")[:most])
            if not first_ones:
                break
            given += [offer_booking(booking, one, at) for booking in first_ones]
            served += len(first_ones)
    return given


def expire_due(kept: Kept, at: dt.datetime, *, only: BookableSession | None = None) -> list[SessionBooking]:
    """Take back ``AT_ONCE`` places that were not accepted in time. One query, and those of each step.

    Nobody can accept a place in a session that is off: such an offer goes back on the list.
    """
    late = SessionBooking.objects.overdue(at).filter(bookable__in=[only.pk] if only else kept)
    found = list(late.select_related("registration__event")[:AT_ONCE])
    for booking in found:
        one = kept[booking.bookable_id]
        if one.session.status == SessionStatus.PUBLISHED:
            expire_booking(booking, one, at)
        else:
            put_back([booking], one, at)
    return found


def settle_due(at: dt.datetime) -> int:
    """Take back what was not accepted in time, and offer what is free; return the number of sessions looked at.

    Everybody served stays so, wherever this is interrupted; the next call goes on.
    """
    late = SessionBooking.objects.overdue(at).order_by().values("bookable")
    is_free = Q(capacity__isnull=True) | Q(seats_taken__lt=F("capacity"))
    is_wanted = Q(bookings__state=BookingState.WAITING, bookings__registration__erased_at=None)
    waiting = BookableSession.objects.filter(is_free, is_wanted)
    running = Event.objects.public().upcoming().order_by()
    is_ahead = Q(session__starts_at__isnull=True) | Q(session__starts_at__gt=at)
    held = waiting.filter(is_ahead, session__event__in=running, session__status=SessionStatus.PUBLISHED)
    found = set(BookableSession.objects.filter(pk__in=late).values_list("pk", flat=True))
    found |= set(held.values_list("pk", flat=True))
    return len(each_by_itself(sorted(found), lambda pk: _settle_all(pk, at)))


def _settle_all(pk: int, at: dt.datetime) -> None:
    while _settle_some(pk, at):
        pass


def _settle_some(pk: int, at: dt.datetime) -> bool:
    """Serve as many as are served at once; return whether there are more."""
    with keeping([pk], at=at) as kept:
        late = expire_due(kept, at)
    return len(late) == AT_ONCE or bool(kept.unserved)


def end_bookings(registrations: Iterable[Registration], at: dt.datetime) -> None:
    """Take from kept registrations the sessions that they may not have any more, and hand these on.

    Called after each step that a confirmed registration has taken. One query, five more for whoever has chosen any.
    """
    by_pk = {one.pk: one for one in registrations}
    chosen = SessionBooking.objects.active().filter(registration__in=by_pk)
    kept = hold_sessions(chosen.order_by().values_list("bookable", flat=True)) if by_pk else Kept()
    for booking in chosen if kept else ():
        registration, one = by_pk[booking.registration_id], kept[booking.bookable_id]
        if why := _no_longer(registration, one):
            booking.registration, had_place = registration, booking.state == BookingState.BOOKED
            move_booking(booking, BookingState.CANCELLED, one, by=Actor.SYSTEM, at=at)
            if registration.is_active:
                write_about(booking, letters.SESSION_WITHDRAWN, why=why, had_entry=had_place)
    hand_on(kept, at)


def change_places(bookable: BookableSession, *, capacity: int | None) -> BookableSession:
    """Set the number of places (``None``: without limit); new ones are offered to whoever waits.

    Where more people wait than are served at once, the worker goes on with them after the commit.
    """
    with transaction.atomic():
        with keeping([bookable.pk], at=timezone.now()) as kept:
            one = kept[bookable.pk]
            if capacity is not None and capacity < one.seats_taken:
                raise DomainError(_("%(taken)s places are taken already.") % {"taken": one.seats_taken})
            one.capacity = capacity
            one.save(update_fields=["capacity"])
        if kept.unserved:
            async_task("registrations.jobs.look_after_sessions")
    bookable.refresh_from_db(fields=["capacity", "seats_taken", "last_waiting_number"])
    return bookable


def _no_longer(registration: Registration, one: BookableSession) -> str:
    """Return what keeps the registration from having the session; "" where nothing does."""
    if registration.status != RegistrationStatus.CONFIRMED:
        return "status"
    return "" if one.admits(registration.ticket_type) else "type"
