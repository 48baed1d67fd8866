"""Telling people that a session they have chosen has moved, is cancelled, or takes place after all.

What they know is kept with the session to choose and compared with the programme every minute, so that no way to change
a session can forget them: buttons, forms, imports, SQL by hand. Nobody loses a place by a move.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from events.models import CalendarRecord, Event
from forum_site.lib.one_by_one import each_by_itself
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import put_many
from registrations.domain import letters
from registrations.domain.booking_steps import put_back
from registrations.domain.session_places import keeping
from registrations.enums import BookingState
from registrations.models import BookableSession, SessionBooking
from registrations.queries.booking_rules import facts_of

#: A session must have been left alone for so long: several corrections in a row are one mail, a slip is none.
QUIET = dt.timedelta(minutes=5)


def tell_of_changes(at: dt.datetime) -> int:
    """Write to everybody whose chosen sessions are not as they know them; return the number of mails.

    One query where nothing has changed. Called every minute, and harmless when called again.
    """
    running = Event.objects.public().upcoming().order_by()
    chosen = SessionBooking.objects.active().filter(bookable=OuterRef("pk"))
    found = BookableSession.objects.filter(Exists(chosen), session__event__in=running).order_by("pk")
    rows = found.annotate(has_others=Exists(chosen.exclude(known_facts={}))).select_related("session")
    changed = [one for one in rows if one.has_others or one.known_facts != facts_of(one.session)]
    moments = _changed_at([one.session.guid for one in changed])
    due = [one.pk for one in changed if moments.get(one.session.guid, at) <= at - QUIET]
    return sum(each_by_itself(due, lambda pk: _tell(pk, at)))


def _changed_at(guids: list[UUID]) -> dict[UUID, dt.datetime]:
    if not guids:
        return {}
    return dict(CalendarRecord.objects.filter(guid__in=guids).values_list("guid", "changed_at"))


def _tell(pk: int, at: dt.datetime) -> int:
    """Write to those who know the session otherwise than it is, and remember that all know it now."""
    with keeping([pk], at=at) as kept:
        one = kept[pk]
        before, now = one.known_facts, facts_of(one.session)
        active = SessionBooking.objects.active().filter(bookable=one, registration__erased_at=None)
        bookings = list(active.select_related("registration__event").order_by("pk"))
        mails = [_letter(booking, booking.known_facts or before, now) for booking in bookings]
        if not now["is_held"]:
            put_back([booking for booking in bookings if booking.state == BookingState.OFFERED], one, at)
        one.known_facts = now
        one.save(update_fields=["known_facts"])
        one.bookings.exclude(known_facts={}).update(known_facts={})
        return len(put_many(mail for mail in mails if mail))


def _letter(booking: SessionBooking, old: dict[str, Any], new: dict[str, Any]) -> EmailMessage | None:
    """Return the mail, or nothing for whoever knows it already, or knows it only as a session that is off."""
    if old == new or not (old["is_held"] or new["is_held"]):
        return None
    kind = letters.SESSION_MOVED if new["is_held"] else letters.SESSION_CANCELLED
    facts = {"session": booking.bookable_id, "old": old, "had_entry": booking.state == BookingState.BOOKED}
    return letters.letter_to(booking.registration, kind, **facts)
