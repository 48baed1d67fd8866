"""Places in sessions, driven by random actions and steps of the clock; see ``test_machine`` for the registrations."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import contextmanager
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from django.db.models import Count, QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from events.enums import SessionStatus
from forum_site.lib.errors import DomainError
from forum_site.lib.prepared import prepared
from forum_site.mail.models import EmailMessage
from registrations.domain import letters, session_places
from registrations.domain.bookings import accept, choose, leave
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.session_places import change_places
from registrations.enums import IS_CHOSEN, TAKES_A_PLACE, BookingState, RegistrationStatus
from registrations.jobs import look_after_sessions
from registrations.models import BookableSession, Registration, SessionBooking
from registrations.queries.clashes import overlap
from tests.factories import (
    make_bookable,
    make_booking_rules,
    make_event,
    make_registration,
    make_session,
    make_ticket_type,
)
from tests.registrations.machine_base import BEGIN, ClockedMachine, drive

EXAMPLES, STEPS_EACH, AT_LEAST = 11, 100, 1500
PEOPLE, MOST = 8, 2
MOST_AT_ONCE = session_places.AT_ONCE
#: The first two clash, the last is for people on site only.
SESSIONS = [("09:00", "10:00", 1), ("09:30", "10:30", 2), ("10:30", "11:30", 1), ("14:00", "15:00", None)]
people, sessions = st.integers(0, PEOPLE - 1), st.integers(0, len(SESSIONS) - 1)


class Row(NamedTuple):
    """A booking as it stands."""

    pk: int
    registration: int
    session: int
    state: str
    number: int | None
    expires_at: dt.datetime | None
    status: str
    ticket_type: int


COLUMNS = ("pk", "registration", "bookable", "state", "waiting_number", "expires_at")


@prepared
def _rows() -> QuerySet[SessionBooking, Any]:
    found = SessionBooking.objects.order_by("pk")
    return found.values_list(*COLUMNS, "registration__status", "registration__ticket_type")


@prepared
def _sessions() -> QuerySet[BookableSession]:
    return BookableSession.objects.select_related("session").order_by("pk")


class Machine(ClockedMachine):
    """One edition with a few sessions, for which there are more people than places."""

    def __init__(self):
        super().__init__()
        with self.clock():
            self.event = make_event(starts_on=dt.date(2026, 6, 15))
            make_booking_rules(self.event, most=MOST)
            self.types = [make_ticket_type(self.event, attendance_mode=mode) for mode in ("onsite", "online")]
            for start, end, capacity in SESSIONS:
                one = make_session(self.event, start=start, end=end)
                make_bookable(one, capacity=capacity, is_onsite_only=capacity is None)
            self.people = [make_registration(self.types[0]).pk for _ in range(PEOPLE)]
        self.rows, self.looks = {}, 0
        self.read_sessions()

    def look_at_the_end(self):
        session_places.AT_ONCE = MOST_AT_ONCE
        self.every_offer_was_written()

    # --- Actions ------------------------------------------------------------------------------------------------

    @initialize(
        wishes=st.lists(st.tuples(people, sessions), min_size=10, max_size=20),
        at_once=st.sampled_from([MOST_AT_ONCE, 1]),
    )
    def rush(self, wishes, at_once):
        session_places.AT_ONCE = at_once
        for person, session in wishes:
            self.choose(person, {session}, set())

    @rule(person=people, book=st.sets(sessions), gone=st.sets(sessions))
    def choose(self, person, book, gone):
        with self.action():
            wanted, left = ([self.session(one) for one in chosen] for chosen in (sorted(book - gone), sorted(gone)))
            choose(self.person(person), book=wanted, leave=left)

    @rule(person=people, session=sessions)
    def leave(self, person, session):
        with self.action():
            leave(self.person(person), bookable=self.session(session))

    @rule(person=people, session=sessions)
    def accept(self, person, session):
        offered = SessionBooking.objects.filter(state=BookingState.OFFERED).order_by("pk").first()
        with self.action():
            if offered and person % 2:
                accept(offered.registration, bookable=offered.bookable)
            else:
                accept(self.person(person), bookable=self.session(session))

    @rule(person=people)
    def cancel_and_register_again(self, person):
        with self.action():
            cancel(self.person(person))
        with self.action():
            self.people[person] = make_registration(self.types[0]).pk

    @rule(person=people, to=st.integers(0, 1))
    def change_type(self, person, to):
        with self.action():
            change_type(self.person(person), ticket_type=self.types[to])

    @rule(session=sessions, capacity=st.one_of(st.none(), st.integers(1, 4)))
    def change_places(self, session, capacity):
        with self.action():
            change_places(self.session(session), capacity=capacity)

    @rule(session=sessions)
    def call_off_and_take_place_after_all(self, session):
        for status in (SessionStatus.CANCELLED, SessionStatus.PUBLISHED):
            one = self.session(session).session
            one.status = status
            one.save()
            holders = [one.registration for one in self.in_state(BookingState.BOOKED)]
            if holders and status == SessionStatus.CANCELLED:
                with self.action():
                    holder = Registration.objects.get(pk=holders[0])
                    leave(holder, bookable=holder.bookings.booked().first().bookable)
            self.run_the_schedule(0)

    @rule(minutes=st.sampled_from([1, 60, 24 * 60, 49 * 60]))
    @precondition(lambda self: self.now < BEGIN + dt.timedelta(days=11))
    def let_time_pass(self, minutes):
        self.pass_time(minutes)

    @rule(minutes=st.sampled_from([0, 1, 24 * 60]))
    @precondition(lambda self: self.now < BEGIN + dt.timedelta(days=11))
    def run_the_schedule(self, minutes):
        if minutes:
            self.pass_time(minutes)
        with self.action(serves_all=True):
            look_after_sessions()
        assert not any(one.expires_at <= self.now for one in self.in_state(BookingState.OFFERED))

    # --- What is always true ------------------------------------------------------------------------------------

    def look(self, *, serves_all):
        """Read everything once, and check it against what was there before the last action."""
        before, self.rows = self.rows, self.read_rows()
        self.read_sessions()
        self.places_are_counted_and_never_too_many()
        if serves_all or session_places.AT_ONCE == MOST_AT_ONCE:
            self.no_place_is_free_while_somebody_waits_for_it()
        self.the_first_in_line_came_first(before)
        self.only_confirmed_people_have_what_they_may_have()
        self.nobody_is_in_two_places_or_in_too_many()
        self.looks += 1
        if self.looks % 8 == 0:
            self.every_offer_was_written()

    def read_rows(self):
        return {one[0]: Row(*one) for one in _rows()}

    def read_sessions(self):
        self.sessions = _sessions()
        for one in self.sessions:
            one.session.event = self.event

    def in_state(self, *states):
        return [one for one in self.rows.values() if one.state in states]

    def places_are_counted_and_never_too_many(self):
        held = Counter(one.session for one in self.in_state(*TAKES_A_PLACE))
        for one in self.sessions:
            assert one.seats_taken == held[one.pk]
            assert one.capacity is None or held[one.pk] <= one.capacity

    def no_place_is_free_while_somebody_waits_for_it(self):
        """Where only a few are served at once, the others are when the schedule has run."""
        waited_for = {one.session for one in self.in_state(BookingState.WAITING)}
        for one in self.sessions:
            assert one.is_full or one.pk not in waited_for or one.session.status == SessionStatus.CANCELLED

    def the_first_in_line_came_first(self, before):
        """Whoever was offered a place since the last action stood before all who still wait for one.

        Whoever comes anew gets none before them.
        """
        waiting = self.in_state(BookingState.WAITING)
        for one in self.in_state(BookingState.OFFERED):
            if one.pk not in before or before[one.pk].state != BookingState.OFFERED:
                assert not any(other.number < one.number for other in waiting if other.session == one.session)
        waited = {one.session for one in waiting if one.pk in before}
        came = [one for one in self.in_state(BookingState.BOOKED) if one.pk not in before]
        assert not waited & {one.session for one in came}

    def only_confirmed_people_have_what_they_may_have(self):
        onsite, onsite_only = self.types[0].pk, {one.pk for one in self.sessions if one.is_onsite_only}
        for one in self.in_state(*IS_CHOSEN):
            assert one.status == RegistrationStatus.CONFIRMED
            assert one.ticket_type == onsite or one.session not in onsite_only

    def nobody_is_in_two_places_or_in_too_many(self):
        sessions = {one.pk: one.session for one in self.sessions}
        mine = {}
        for one in self.in_state(BookingState.BOOKED):
            mine.setdefault(one.registration, []).append(sessions[one.session])
        for chosen in mine.values():
            assert len(chosen) <= MOST
            assert not any(overlap(one, other) for one, other in combinations(chosen, 2))

    def every_offer_was_written(self):
        offered = [one for one in self.rows.values() if one.number and one.state != BookingState.WAITING]
        ended = len([one for one in offered if one.state == BookingState.CANCELLED])
        kinds = EmailMessage.objects.order_by().values_list("kind").annotate(number=Count("pk"))
        written = Counter(dict(kinds))
        assert written[letters.SESSION_OFFERED] >= len(offered) - ended
        assert written[letters.SESSION_EXPIRED] == len(self.in_state(BookingState.EXPIRED))

    # --- Helpers ------------------------------------------------------------------------------------------------

    @contextmanager
    def action(self, *, serves_all=False):
        """Do something at the moment of the machine, or be refused and change nothing."""
        self.count()
        try:
            with self.clock():
                yield
        except DomainError:
            assert self.read_rows() == self.rows
        else:
            self.look(serves_all=serves_all)

    def person(self, index):
        return Registration.objects.select_related("event", "ticket_type").get(pk=self.people[index])

    def session(self, index):
        return self.sessions[index]


@pytest.mark.django_db
def test_places_in_sessions_keep_their_promises():
    assert drive(Machine, examples=EXAMPLES, steps=STEPS_EACH) >= AT_LEAST
