"""Registering: one short transaction that takes a seat or a place on the waiting list, and writes the mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Unpack

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.lib.turns import short_transaction
from registrations.domain.answers import Given, exchange_places, files_only_if_kept, keep_answers
from registrations.domain.links import send_existing_link
from registrations.domain.newcomers import Details, newcomer
from registrations.domain.seats import FreeSeats, NoSeatFree
from registrations.domain.status import Change, move
from registrations.domain.waiting import holding, settle
from registrations.domain.ways_in import UsedUp, WayIn, kept, note_accepted
from registrations.enums import Actor, OfferState, RegistrationStatus
from registrations.models import Registration, TicketType
from registrations.queries.offers import state_of_event, window_of


def register(
    event: Event,
    *,
    ticket_type: TicketType,
    answers: Sequence[Given] = (),
    way_in: WayIn | None = None,
    at: dt.datetime | None = None,
    by: Actor = Actor.ATTENDEE,
    user: Any = None,
    **details: Unpack[Details],
) -> Registration:
    """Return the person's registration: confirmed, to be approved, on the waiting list, or with an unconfirmed address.

    ``way_in`` is the code or invitation by which the person comes, if any; hidden ticket types need one.
    An address that is registered already gets its registration back untouched, and its link by mail. Raises
    ``DomainError`` where registration is not open or an answer cannot be kept. Whether the address is registered is
    left to the constraint of the database. Seven queries, at most four more for answers, beside the transaction itself.
    """
    now = at or timezone.now()
    refuse_closed(event, ticket_type, now)
    if ticket_type.is_hidden and by == Actor.ATTENDEE and not (way_in and way_in.opens(ticket_type)):
        raise DomainError(_("This way to attend is not open to you."))
    if way_in and not way_in.opens(ticket_type):
        way_in = None  # what it was given for stays there for somebody else
    registration = newcomer(event, ticket_type=ticket_type, at=now, way_in=way_in, **details)
    return _store(registration, answers, way_in, actor=by, user=user, at=now)


def refuse_closed(event: Event, ticket_type: TicketType, at: dt.datetime) -> None:
    """Raise ``DomainError`` unless somebody can register there at this moment."""
    if ticket_type.event_id != event.pk:
        raise DomainError(_("This way to attend belongs to another edition."))
    state = state_of_event(event, at) or window_of(ticket_type, at)
    if state != OfferState.OPEN:
        raise DomainError(refusal(state))


def refusal(state: OfferState) -> str:
    """Return the sentence with which registration is refused."""
    return {
        OfferState.CANCELLED: _("This edition is cancelled. Nobody can register any more."),
        OfferState.POSTPONED: _("This edition is postponed. Registration opens again when the new dates are known."),
        OfferState.PAST: _("This edition is over. Nobody can register any more."),
        OfferState.NOT_YET: _("Registration has not opened yet."),
        OfferState.CLOSED: _("Registration is closed."),
    }.get(state, _("There is no registration for this edition."))


def _store(registration: Registration, answers: Sequence[Given], way_in: WayIn | None, **made: Any) -> Registration:
    try:
        with files_only_if_kept(registration, answers), kept(way_in, registration):
            if not _took_free_seat(registration, answers, way_in, **made):
                _take_turn(registration, answers, way_in, **made)
    except (IntegrityError, UsedUp) as error:
        known = Registration.objects.active_for(registration.event, registration.email).first()
        is_by_it = way_in is not None and known is not None and way_in.has_brought(known)
        if known is None or (isinstance(error, UsedUp) and not is_by_it):
            raise  # whether others are registered is told to nobody whose way in is used up
        if way_in and way_in.knows(registration.email):
            note_accepted(way_in, known)
        return send_existing_link(known)
    return registration


def _took_free_seat(
    registration: Registration, answers: Sequence[Given], way_in: WayIn | None, *, at: dt.datetime, **by: Any
) -> bool:
    """Register where nobody waits and seats are free; ``False``, with nothing written, if there are none after all."""
    ticket_type = registration.ticket_type
    if not FreeSeats.are_likely(ticket_type):
        return False
    status = _status_with_seat(registration, way_in, by["actor"])
    change = Change.plan(registration, status, ticket_type=ticket_type, at=at, **by)
    try:
        with short_transaction():
            pool = FreeSeats(ticket_type)
            change.make(pool)
            keep_answers(registration, answers, pool=pool)
            exchange_places(pool)
    except NoSeatFree:
        return False
    return True


def _take_turn(
    registration: Registration, answers: Sequence[Given], way_in: WayIn | None, *, at: dt.datetime, **by: Any
) -> None:
    """Register behind whoever waits. Seats that were not accepted in time go to these first, then to others."""
    with holding(registration.ticket_type, at=at) as pool:
        ticket_type = registration.ticket_type = pool.the(registration.ticket_type)
        if ticket_type.is_full or ticket_type.last_waiting_number:
            settle(pool, at)
        must_wait = ticket_type.is_full or pool.has_more
        status = RegistrationStatus.WAITLISTED if must_wait else _status_with_seat(registration, way_in, by["actor"])
        move(registration, status, pool=pool, at=at, **by)
        keep_answers(registration, answers, pool=pool)


def _status_with_seat(registration: Registration, way_in: WayIn | None, actor: Actor) -> RegistrationStatus:
    knows_address = actor != Actor.ATTENDEE or bool(way_in and way_in.knows(registration.email))
    if registration.ticket_type.needs_confirmation and not knows_address:
        return RegistrationStatus.UNVERIFIED
    return registration.status_when_accepted
