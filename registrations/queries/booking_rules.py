"""Which sessions can be booked, by whom, until when, and beside which others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import EventStatus, SessionStatus
from events.models import Event, Session
from events.queries.phase import midnight
from forum_site.lib.moments import present
from registrations.enums import OfferState
from registrations.models import BookableSession, BookingRules, Registration
from registrations.queries.clashes import clash_of
from registrations.queries.offers import known_offer, state_of_event

DAY = dt.timedelta(days=1)


def rules_of(event: Event) -> BookingRules:
    """Return the edition's rules, those without limits where it has none. One query the first time."""
    try:
        return event.booking_rules
    except BookingRules.DoesNotExist:
        event.booking_rules = BookingRules(event=event)
        return event.booking_rules


def begin_of(session: Session) -> dt.datetime:
    """Return when a session begins; the end of its day where the time is not known."""
    return session.starts_at or midnight(session.event, session.day + DAY)


def closing_of(bookable: BookableSession) -> dt.datetime:
    """Return until when the session can be booked, at the latest until it begins."""
    begin = begin_of(bookable.session)
    until = bookable.books_until or rules_of(bookable.session.event).books_until
    return min(until, begin) if until else begin


def takes_place(session: Session, at: dt.datetime) -> bool:
    """Whether somebody can still go to the session."""
    is_off = state_of_event(session.event, at) in {OfferState.CANCELLED, OfferState.PAST, OfferState.NONE}
    return not is_off and session.status == SessionStatus.PUBLISHED and begin_of(session) > at


def facts_of(session: Session) -> dict[str, Any]:
    """Return what people who have booked a session must know of it, as JSON: when, where and whether it is held."""
    return {
        "day": session.day.isoformat(),
        "starts_at": session.starts_at.astimezone(dt.UTC).isoformat() if session.starts_at else None,
        "ends_at": session.ends_at.astimezone(dt.UTC).isoformat() if session.ends_at else None,
        "room": session.room_id,
        "is_held": session.status == SessionStatus.PUBLISHED,
    }


def refusal_to_book(registration: Registration, bookable: BookableSession, at: dt.datetime) -> str:
    """Return why this person cannot choose the session at this moment, whatever else they have chosen; else ""."""
    if bookable.session.event_id != registration.event_id:
        return _("This session belongs to another edition.")
    if not takes_place(bookable.session, at) or registration.event.status == EventStatus.POSTPONED:
        return _("This session cannot be booked.")
    if closing_of(bookable) <= at:
        return _("The time to book this session is over.")
    if not bookable.admits(registration.ticket_type):
        return _("Your way to attend does not include this session.")
    return ""


def refusal_beside(session: Session, booked: Iterable[Session], rules: BookingRules) -> str:
    """Return why the session cannot be had together with those that are booked; else ""."""
    others = [one for one in booked if one.pk != session.pk]
    if other := clash_of(session, others):
        return _("It runs at the same time as “%(session)s”, which you have booked.") % {"session": other}
    held = [one for one in others if not one.is_cancelled]
    if rules.most is not None and len(held) >= rules.most:
        return ngettext(
            "You can book at most %(count)s session.", "You can book at most %(count)s sessions.", rules.most
        ) % {"count": rules.most}
    return ""


def limited_sessions(event: Event) -> frozenset[int]:
    """Return the primary keys of the sessions that people have to choose, as long as they can. Once asked for a page.

    No query where the page knows what registration offers and that there are none; else one, or two with rules.
    """
    if not hasattr(event, "_limited_sessions"):
        now = present()
        asked = BookableSession.objects.filter(session__event=event).select_related("session")
        found = list(asked) if known_offer(event).has_bookable_sessions else []
        for one in found:
            one.session.event = event
        open_ones = [one for one in found if takes_place(one.session, now) and closing_of(one) > now]
        event._limited_sessions = frozenset(one.session_id for one in open_ones)  # type: ignore[attr-defined]
    return event._limited_sessions  # type: ignore[attr-defined]
