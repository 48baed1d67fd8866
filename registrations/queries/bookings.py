"""What somebody can choose, has chosen and waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.enums import EventStatus, SessionStatus
from events.models import Event, Session
from events.queries.filters import short_name
from events.queries.phase import midnight
from forum_site.lib.moments import is_chinese, present
from registrations.enums import BookingState, OfferState, RegistrationStatus
from registrations.models import BookableSession, BookingRules, Registration, SessionBooking
from registrations.queries.clashes import clash_of
from registrations.queries.offers import deadline_label, known_offer, state_of_event
from registrations.queries.spans import deadline_words

DAY = dt.timedelta(days=1)


# --- Rules --------------------------------------------------------------------------------------------------------


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


# --- The page to choose on ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SessionChoice:
    """A session to choose: ``note`` says how many places are left, ``problem`` why it cannot be had as asked for."""

    bookable: BookableSession
    booking: SessionBooking | None
    note: str
    refusal: str
    is_checked: bool
    problem: str = ""

    @property
    def session(self) -> Session:
        """The session itself."""
        return self.bookable.session

    @property
    def key(self) -> str:
        """Its short name."""
        return short_name(self.session)

    @property
    def is_open(self) -> bool:
        """Whether the person can take or drop it here."""
        return not self.refusal or self.booking is not None


@dataclass(frozen=True)
class ChoosingDay:
    """The sessions to choose of one day, in the order of the programme."""

    date: dt.date
    choices: list[SessionChoice]


def bookable_sessions(event: Event) -> QuerySet[BookableSession]:
    """Return the sessions to choose that visitors can see, in the order of the programme, with who may book them."""
    visible = Session.objects.public().filter(event=event, parent=None)
    found = BookableSession.objects.filter(session__in=visible).select_related("session__room", "session__track")
    order = ("session__day", F("session__starts_at").asc(nulls_last=True), "session__position", "session_id")
    return found.prefetch_related("ticket_types").order_by(*order)


def choosing_days(
    registration: Registration, *, asked: frozenset[str] | None = None, problems: dict[int, str] | None = None
) -> list[ChoosingDay]:
    """Return what can be chosen; ``asked`` are the short names that were ticked, ``problems`` what was refused.

    Four queries.
    """
    event, now = registration.event, timezone.now()
    mine = {one.bookable_id: one for one in registration.bookings.active()}
    found = list(bookable_sessions(event))
    choices = []
    for bookable in found:
        bookable.session.event = event
        booking = mine.get(bookable.pk)
        is_checked = booking is not None if asked is None else short_name(bookable.session) in asked
        refusal = refusal_to_book(registration, bookable, now)
        note = "" if refusal and booking is None else places_words(bookable, booking)
        problem = (problems or {}).get(bookable.pk, "")
        choices.append(SessionChoice(bookable, booking, note, refusal, is_checked, problem))
    grouped = groupby(choices, key=lambda choice: choice.session.day)
    return [ChoosingDay(day, list(group)) for day, group in grouped]


def places_words(bookable: BookableSession, booking: SessionBooking | None) -> str:
    """Say where the person stands, else how many places are left."""
    if booking is not None:
        return {
            BookingState.BOOKED: _("You have a place."),
            BookingState.OFFERED: _("A place is offered to you."),
            BookingState.WAITING: _("You are on the waiting list."),
        }.get(BookingState(booking.state), "")
    left = bookable.seats_left
    if left is None:
        return ""
    if left == 0:
        return _("Full, waiting list open")
    return _("%(left)s of %(all)s places left") % {"left": left, "all": bookable.capacity}


def named_bookables(registration: Registration, names: Iterable[str]) -> list[BookableSession]:
    """Return the sessions with these short names that can be chosen, or are chosen already though nobody sees them.

    Others are ignored. At most two queries.
    """
    wanted = set(names) - {""}
    if not wanted:
        return []
    found = BookableSession.objects.filter(session__event=registration.event_id).select_related("session")
    seen = Q(session__in=Session.objects.public()) | Q(pk__in=registration.bookings.active().values("bookable"))
    return [one for one in found.filter(seen).order_by("pk") if short_name(one.session) in wanted]


# --- What somebody has ------------------------------------------------------------------------------------------


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


# --- What the public pages say ----------------------------------------------------------------------------------


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
