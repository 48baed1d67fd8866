"""What registration offers at an edition, and in which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from events.enums import EventStatus
from events.models import Event
from forum_site.lib.moments import local_day
from registrations.enums import IS_OPEN, OfferState
from registrations.models import TicketType


@dataclass(frozen=True)
class Offer:
    """What somebody who comes now finds.

    ``ticket_types`` are those to choose from; ``opens_at`` is the next opening, ``closed_at`` the last closing.
    """

    state: OfferState
    ticket_types: list[TicketType] = field(default_factory=list)
    opens_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether a registration can be left now, be it for the waiting list."""
        return self.state in IS_OPEN


def offer_of(event: Event, at: dt.datetime | None = None) -> Offer:
    """Return what registration offers at this moment. At most one query."""
    now = at or timezone.now()
    if state := state_of_event(event, now):
        return Offer(state)
    ticket_types = list(TicketType.objects.filter(event=event, is_hidden=False).order_by("position"))
    if not ticket_types:
        return Offer(OfferState.NONE)
    chosen = [ticket_type for ticket_type in ticket_types if window_of(ticket_type, now) == OfferState.OPEN]
    if chosen:
        is_full = all(ticket_type.is_full for ticket_type in chosen)
        return Offer(OfferState.FULL if is_full else OfferState.OPEN, chosen)
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
    """Return where the moment lies: before, in or after the window of the ticket type."""
    if ticket_type.opens_at and ticket_type.opens_at > at:
        return OfferState.NOT_YET
    if ticket_type.closes_at and ticket_type.closes_at <= at:
        return OfferState.CLOSED
    return OfferState.OPEN


def _closed_offer(ticket_types: list[TicketType], now: dt.datetime) -> Offer:
    openings = [ticket_type.opens_at for ticket_type in ticket_types if ticket_type.opens_at]
    if coming := [moment for moment in openings if moment > now]:
        return Offer(OfferState.NOT_YET, opens_at=min(coming))
    closings = [ticket_type.closes_at for ticket_type in ticket_types if ticket_type.closes_at]
    return Offer(OfferState.CLOSED, closed_at=max(closings, default=None))
