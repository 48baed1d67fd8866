"""Telling people that a session they have chosen has moved, is cancelled, or takes place after all.

What they know is kept with the session to choose and compared with the programme every minute, so that no way to change
a session can forget them: buttons, forms, imports, SQL by hand. Nobody loses a place by a move.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from events.models import CalendarRecord, Event
from forum_site.mail.outbox import put_many
from registrations.domain import letters
from registrations.domain.bookings import keeping, put_back
from registrations.enums import IS_CHOSEN, BookingState
from registrations.models import BookableSession, SessionBooking
from registrations.queries.bookings import facts_of

#: A session must have been left alone for so long: several corrections in a row are one mail, a slip is none.
QUIET = dt.timedelta(minutes=5)


def tell_of_changes(at: dt.datetime) -> int:
    """Write to everybody whose chosen sessions are not as they know them; return the number of mails.

    One query where nothing has changed. Called every minute, and harmless when called again.
    """
    running = Event.objects.public().upcoming().order_by()
    found = BookableSession.objects.filter(session__event__in=running, bookings__state__in=IS_CHOSEN)
    rows = found.order_by("pk").distinct().select_related("session")
    changed = [one for one in rows if one.known_facts != facts_of(one.session)]
    changed_at = _changed_at([one.session.guid for one in changed])
    quiet = [one for one in changed if changed_at.get(one.session.guid, at) <= at - QUIET]
    return sum(_tell(one.pk, changed_at[one.session.guid], at) for one in quiet)


def _changed_at(guids: list[UUID]) -> dict[UUID, dt.datetime]:
    if not guids:
        return {}
    return dict(CalendarRecord.objects.filter(guid__in=guids).values_list("guid", "changed_at"))


def _tell(pk: int, changed_at: dt.datetime, at: dt.datetime) -> int:
    """Write to those who chose the session before it changed, and remember what they know now."""
    with keeping([pk], at=at) as kept:
        one = kept[pk]
        old, new = one.known_facts, facts_of(one.session)
        if old == new:
            return 0
        one.known_facts = new
        one.save(update_fields=["known_facts"])
        active = SessionBooking.objects.active().filter(bookable=one).select_related("registration__event")
        bookings = list(active.order_by("pk"))
        mails = [_letter(booking, old, new) for booking in bookings if booking.created_at <= changed_at]
        for booking in bookings:
            if booking.state == BookingState.OFFERED and not new["is_held"]:
                put_back(booking, one, at)
        if not (old["is_held"] or new["is_held"]):
            return 0
        return len(put_many(mails))


def _letter(booking: SessionBooking, old: dict[str, Any], new: dict[str, Any]) -> Any:
    kind = letters.SESSION_MOVED if new["is_held"] else letters.SESSION_CANCELLED
    facts = {"session": booking.bookable_id, "old": old, "had_entry": booking.state == BookingState.BOOKED}
    return letters.letter_to(booking.registration, kind, **facts)
