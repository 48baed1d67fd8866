"""What registration offers at an edition, and in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.enums import EventStatus
from events.models import Event
from events.queries.phase import live_span
from forum_site.lib.moment_marks import moment_mark
from forum_site.lib.moments import clock, local_day, moment_label, present
from forum_site.lib.prepared import prepared
from registrations.enums import IS_OPEN, OfferState, RegistrationStatus
from registrations.models import BookableSession, Question, TicketType

#: Places left are counted when fewer than one in so many is free; before, the number says only that few have come.
FEW = 5


@dataclass(frozen=True)
class Offer:
    """What somebody who comes now finds.

    ``ticket_types`` are those to choose from; ``opens_at`` is the next opening, ``closed_at`` the last closing.
    ``window`` is when registration opens first and closes last, as far as both are set for all ticket types.
    """

    state: OfferState
    ticket_types: list[TicketType] = field(default_factory=list)
    opens_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    window: tuple[dt.datetime | None, dt.datetime | None] = (None, None)
    has_bookable_sessions: bool = True  # whether there may be sessions to choose; False where it is known that not

    @property
    def asks_questions(self) -> bool:
        """Whether the edition may have questions of its own; known where ``offer_of`` has read the ticket types."""
        return any(getattr(ticket_type, "asks_questions", True) for ticket_type in self.ticket_types)

    @property
    def is_open(self) -> bool:
        """Whether a registration can be left now, be it for the waiting list."""
        return self.state in IS_OPEN


def offer_of(event: Event, at: dt.datetime | None = None) -> Offer:
    """Return what registration offers to everybody at this moment. At most one query."""
    now = at or present()
    if state := state_of_event(event, now):
        return Offer(state)
    ticket_types = _offered(event.pk)
    for one in ticket_types:
        one.event = event
    has_bookable = any(one.has_bookable_sessions for one in ticket_types)  # type: ignore[attr-defined]
    return replace(offer_among(ticket_types, now), has_bookable_sessions=has_bookable or not ticket_types)


@prepared
def _offered(event_id: int) -> QuerySet[TicketType]:
    """Ask for what everybody may choose, and whether there are questions to answer and sessions to choose."""
    asked = Question.objects.filter(event=OuterRef("event"), is_retired=False)
    bookable = BookableSession.objects.filter(session__event=OuterRef("event"))
    offered = TicketType.objects.filter(event=event_id, is_hidden=False)
    offered = offered.annotate(asks_questions=Exists(asked), has_bookable_sessions=Exists(bookable))
    return offered.select_related("quota").order_by("position")


def offer_by(event: Event, opened: list[TicketType], at: dt.datetime | None = None) -> Offer:
    """Return what registration offers to somebody for whom a code or an invitation opens these ticket types."""
    now = at or present()
    if state := state_of_event(event, now):
        return Offer(state)
    return offer_among(opened, now)


def offer_among(ticket_types: list[TicketType], now: dt.datetime) -> Offer:
    """Return what these ticket types, in their order, offer at this moment. No query."""
    if not ticket_types:
        return Offer(OfferState.NONE)
    chosen = [ticket_type for ticket_type in ticket_types if window_of(ticket_type, now) == OfferState.OPEN]
    if chosen:
        is_full = all(ticket_type.is_full for ticket_type in chosen)
        state = OfferState.FULL if is_full else OfferState.OPEN
        return Offer(state, chosen, window=_whole_window(ticket_types))
    return _closed_offer(ticket_types, now)


def state_of_event(event: Event, at: dt.datetime) -> OfferState | None:
    """Return why nobody can register at the edition as a whole, or ``None``."""
    if event.status == EventStatus.CANCELLED:
        return OfferState.CANCELLED
    if local_day(event.timezone_name, at) > event.ends_on:
        return OfferState.PAST
    if event.status == EventStatus.POSTPONED:
        return OfferState.POSTPONED
    return None if event.status == EventStatus.PUBLISHED else OfferState.NONE


def window_of(ticket_type: TicketType, at: dt.datetime) -> OfferState:
    """Return where the moment lies: before, in or after the window of the ticket type.

    Without a closing of its own it closes with the last session, where its end is known. One query on the last day.
    """
    if ticket_type.opens_at and ticket_type.opens_at > at:
        return OfferState.NOT_YET
    closes_at = closing_of(ticket_type, at)
    return OfferState.CLOSED if closes_at and closes_at <= at else OfferState.OPEN


def closing_of(ticket_type: TicketType, at: dt.datetime) -> dt.datetime | None:
    """Return when the ticket type closes, as far as that matters on this day; ``None``: not on this day."""
    event = ticket_type.event
    if ticket_type.closes_at or local_day(event.timezone_name, at) != event.ends_on:
        return ticket_type.closes_at
    return live_span(event).ends_at


def ended_with_last_session(ticket_type: TicketType, at: dt.datetime) -> bool:
    """Whether nobody can come any more, unless the ticket type itself is open longer. One query on the last day."""
    event = ticket_type.event
    if local_day(event.timezone_name, at) != event.ends_on or (ticket_type.closes_at and ticket_type.closes_at > at):
        return False
    return live_span(event).ends_at <= at


def _closed_offer(ticket_types: list[TicketType], now: dt.datetime) -> Offer:
    openings = [ticket_type.opens_at for ticket_type in ticket_types if ticket_type.opens_at]
    if coming := [moment for moment in openings if moment > now]:
        return Offer(OfferState.NOT_YET, opens_at=min(coming), window=_whole_window(ticket_types))
    closings = [closing for ticket_type in ticket_types if (closing := closing_of(ticket_type, now))]
    return Offer(OfferState.CLOSED, closed_at=max(closings, default=None), window=_whole_window(ticket_types))


def known_offer(event: Event) -> Offer:
    """Return the edition's offer, asked for once however often a page needs it."""
    if not hasattr(event, "_offer"):
        event._offer = offer_of(event)  # type: ignore[attr-defined]
    return event._offer  # type: ignore[attr-defined]


def _whole_window(ticket_types: list[TicketType]) -> tuple[dt.datetime | None, dt.datetime | None]:
    openings = [ticket_type.opens_at for ticket_type in ticket_types]
    closings = [ticket_type.closes_at for ticket_type in ticket_types]
    return (
        min(moment for moment in openings if moment) if openings and all(openings) else None,
        max(moment for moment in closings if moment) if closings and all(closings) else None,
    )


def note_of(ticket_type: TicketType) -> SafeString:
    """Return the line under the name of a ticket type: places left, approval and last moment."""
    language = get_language() or "en"
    parts: list[str] = []
    left = ticket_type.seats_left
    if left == 0:
        parts.append(_("full, waiting list open"))
    elif left is not None and left * FEW < (ticket_type.places or 0):
        parts.append(_("%(left)s of %(all)s places left") % {"left": left, "all": ticket_type.places})
    if ticket_type.needs_approval:
        parts.append(_("on approval"))
    if ticket_type.closes_at:
        closing = deadline_mark(ticket_type.closes_at, ticket_type.event.timezone_name, language)
        parts.append(format_html(_("until %(moment)s") % {"moment": "{}"}, closing))
    line = format_html_join(pgettext("between notes", ", "), "{}", ((part,) for part in parts))
    return mark_safe(line[:1].upper() + line[1:])


def deadline_mark(at: dt.datetime, zone_name: str, language: str) -> SafeString:
    """Return the last moment in words that scripts may show in another zone."""
    return moment_mark(at, zone_name, language, deadline_label(at, zone_name, language))


def deadline_label(at: dt.datetime, zone_name: str, language: str) -> str:
    """Return the last moment in words; midnight belongs to the day it ends: "16 December 2026, 24:00 (…)"."""
    if clock(at, zone_name) != "00:00":
        return moment_label(at, zone_name, language)
    return moment_label(at - dt.timedelta(minutes=1), zone_name, language).replace("23:59", "24:00")


def outcome_for(ticket_type: TicketType, *, skips_approval: bool = False) -> RegistrationStatus:
    """Return what a new person would get at this moment. One query."""
    fresh = TicketType.objects.select_related("quota").get(pk=ticket_type.pk)
    if fresh.is_full:
        return RegistrationStatus.WAITLISTED
    if fresh.needs_confirmation:
        return RegistrationStatus.UNVERIFIED
    return RegistrationStatus.CONFIRMED if skips_approval else fresh.status_when_accepted
