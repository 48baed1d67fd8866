"""The sessions that somebody has booked, waits for or is offered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.enums import SessionStatus
from events.models import Session
from events.queries.filters import short_name
from forum_site.lib.moments import is_chinese
from registrations.enums import BookingState, RegistrationStatus
from registrations.models import BookableSession, BookingRules, Registration, SessionBooking
from registrations.queries.booking_rules import rules_of
from registrations.queries.clashes import clash_of
from registrations.queries.offers import deadline_label
from registrations.queries.spans import deadline_words


@dataclass(frozen=True)
class MyBooking:
    """A session that somebody has booked, waits for or is offered; ``clash`` is booked and runs at the same time."""

    booking: SessionBooking
    session: Session
    position: int | None
    until: str
    clash: Session | None

    @property
    def key(self) -> str:
        """The session's short name."""
        return short_name(self.session)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.booking.state

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.session.status != SessionStatus.PUBLISHED


@dataclass(frozen=True)
class MySessions:
    """The sessions somebody has chosen, and what the edition asks for in a few sentences."""

    bookings: list[MyBooking]
    can_choose: bool
    hint: str
    is_below_least: bool


def sessions_of(registration: Registration) -> MySessions | None:
    """Return what stands under "My sessions"; ``None`` where the edition has no sessions to choose.

    Three queries, one where there is nothing to choose.
    """
    event, now = registration.event, timezone.now()
    if not BookableSession.objects.filter(session__event=event).exists():
        return None
    rules, mine = rules_of(event), _described(registration, _bookings_of(registration), now)
    can_choose = registration.status == RegistrationStatus.CONFIRMED
    booked = [one for one in mine if one.state == BookingState.BOOKED and not one.is_off]
    is_below = can_choose and len(booked) < rules.least
    return MySessions(mine, can_choose and not event.is_past, _hint(rules, is_below, now), is_below)


def _bookings_of(registration: Registration) -> list[SessionBooking]:
    ahead = Q(
        bookable__bookings__state=BookingState.WAITING, bookable__bookings__waiting_number__lt=F("waiting_number")
    )
    found = registration.bookings.active().annotate(ahead=Count("bookable__bookings", filter=ahead))
    related = found.select_related("bookable__session__room", "bookable__session__track")
    order = ("bookable__session__day", F("bookable__session__starts_at").asc(nulls_last=True), "pk")
    return list(related.order_by(*order))


def _described(registration: Registration, bookings: list[SessionBooking], now: dt.datetime) -> list[MyBooking]:
    for one in bookings:
        one.bookable.session.event = registration.event
    booked = [one.bookable.session for one in bookings if one.state == BookingState.BOOKED]
    return [
        MyBooking(
            booking=one,
            session=one.bookable.session,
            position=one.ahead + 1 if one.state == BookingState.WAITING else None,  # type: ignore[attr-defined]
            until=deadline_words(registration, one.expires_at) if one.expires_at else "",
            clash=clash_of(one.bookable.session, booked),
        )
        for one in bookings
        if not (one.expires_at and one.expires_at <= now)  # expired, even if the worker has not come by yet
    ]


def hint_for(registration: Registration) -> str:
    """Return how many sessions are to be chosen, and until when, in a few sentences."""
    return _hint(rules_of(registration.event), is_below=False, now=timezone.now())


def lack_of_sessions(registration: Registration) -> str:
    """Return the reminder for somebody who has booked fewer sessions than the edition asks for; else "".

    Two queries, one where nothing is asked for.
    """
    rules, now = rules_of(registration.event), timezone.now()
    if not rules.least or registration.status != RegistrationStatus.CONFIRMED:
        return ""
    booked = registration.bookings.booked().filter(bookable__session__status=SessionStatus.PUBLISHED).count()
    if booked >= rules.least:
        return ""
    between = "" if is_chinese(get_language() or "en") else " "
    numbers = {"booked": booked, "least": rules.least}
    lack = _("Sessions that you have chosen: %(booked)s. Asked for: at least %(least)s.") % numbers
    if rules.books_until is None:
        return between.join([lack, _("Please choose by the link below.")])
    if rules.books_until <= now:
        return between.join([lack, _("Please write to the organizers.")])
    moment = deadline_words(registration, rules.books_until)
    return between.join([lack, _("Please choose by the link below until %(moment)s.") % {"moment": moment}])


def _hint(rules: BookingRules, is_below: bool, now: dt.datetime) -> str:
    between = "" if is_chinese(get_language() or "en") else " "
    return between.join([_("The places in these sessions are limited."), *_hints(rules, is_below, now)])


def _hints(rules: BookingRules, is_below: bool, now: dt.datetime) -> list[str]:
    until = rules.books_until
    hints = []
    if is_below and until and until <= now:
        hints.append(
            ngettext(
                "You have chosen fewer sessions than the %(count)s that is asked for. Please write to the organizers.",
                "You have chosen fewer sessions than the %(count)s that are asked for. Please write to the organizers.",
                rules.least,
            )
            % {"count": rules.least}
        )
        return hints
    if rules.least:
        least = ngettext(
            "Please choose at least %(count)s session.", "Please choose at least %(count)s sessions.", rules.least
        )
        hints.append(least % {"count": rules.least})
    if rules.most:
        most = ngettext(
            "You can book at most %(count)s session.", "You can book at most %(count)s sessions.", rules.most
        )
        hints.append(most % {"count": rules.most})
    if until and until > now:
        moment = deadline_label(until, rules.event.timezone_name, get_language() or "en")
        hints.append(_("You can choose until %(moment)s.") % {"moment": moment})
    return hints
