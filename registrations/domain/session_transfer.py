"""Sessions that go over with a place: what the first person has chosen becomes the colleague's."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from registrations.domain import letters
from registrations.domain.booking_steps import hold_sessions
from registrations.enums import Actor, BookingState, RegistrationStatus
from registrations.models import Registration, SessionBooking


def hand_over_sessions(old: Registration, new: Registration, at: dt.datetime) -> list[SessionBooking]:
    """Give the colleague the places, the numbers on waiting lists and the open offers of two kept registrations.

    No place is counted anew and none is free in between. Nothing goes over to somebody who is not confirmed: those
    places are then given back by ``end_bookings``. One query where nothing was chosen.
    """
    if new.status != RegistrationStatus.CONFIRMED:
        return []
    chosen = list(old.bookings.active().order_by("pk"))
    hold_sessions(one.bookable_id for one in chosen)
    return [_hand_over(one, old, new, at) for one in old.bookings.active().order_by("pk")] if chosen else []


def _hand_over(gone: SessionBooking, old: Registration, new: Registration, at: dt.datetime) -> SessionBooking:
    came = SessionBooking(
        registration=new,
        bookable_id=gone.bookable_id,
        state=gone.state,
        waiting_number=gone.waiting_number,
        expires_at=gone.expires_at,
        known_facts=gone.known_facts,
        created_at=at,
        changed_at=at,
        reason=_("Taken over from %(code)s") % {"code": old.code},
    )
    gone.state, gone.waiting_number, gone.expires_at = BookingState.CANCELLED, None, None
    gone.changed_at, gone.changed_by, gone.reason = at, Actor.ATTENDEE, _("Passed on to a colleague")
    gone.save(update_fields=["state", "waiting_number", "expires_at", "changed_at", "changed_by", "reason"])
    came.save(force_insert=True)  # after the first: a number on a waiting list is given once
    if came.expires_at:
        letters.write_to(new, letters.SESSION_OFFERED, session=came.bookable_id, until=came.expires_at.isoformat())
    return came
