"""Places in sessions, driven by random actions and steps of the clock; see ``test_machine`` for the registrations."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import contextmanager
from itertools import combinations

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count, Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from events.enums import SessionStatus
from events.models import Session
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.bookings import accept, choose, leave
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.session_places import change_places
from registrations.enums import BookingState, RegistrationStatus
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

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES") or 12)
BEGIN = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
PEOPLE, MOST = 8, 2
#: The first two clash, the last is for people on site only.
SESSIONS = [("09:00", "10:00", 1), ("09:30", "10:30", 2), ("10:30", "11:30", 1), ("14:00", "15:00", None)]
people, sessions = st.integers(0, PEOPLE - 1), st.integers(0, len(SESSIONS) - 1)


class Machine(RuleBasedStateMachine):
    """One edition with a few sessions, for which there are more people than places."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = BEGIN
        with self.clock():
            event = make_event(starts_on=dt.date(2026, 6, 15))
            make_booking_rules(event, most=MOST)
            self.types = [make_ticket_type(event, attendance_mode=mode) for mode in ("onsite", "online")]
            self.sessions = [
                make_bookable(make_session(event, start=start, end=end), capacity=capacity).pk
                for start, end, capacity in SESSIONS
            ]
            BookableSession.objects.filter(pk=self.sessions[-1]).update(is_onsite_only=True)
            self.people = [make_registration(self.types[0]).pk for _ in range(PEOPLE)]
        self.offers = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- Actions ------------------------------------------------------------------------------------------------

    @initialize(wishes=st.lists(st.tuples(people, sessions), min_size=10, max_size=20))
    def rush(self, wishes):
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
        one = self.person(person)
        with self.action():
            cancel(one)
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
        with self.action():
            one, holder = self.session(session), SessionBooking.objects.booked().first()
            one.session.status = SessionStatus.CANCELLED
            one.session.save()
            if holder:
                leave(holder.registration, bookable=holder.bookable)
            look_after_sessions()
            one.session.status = SessionStatus.PUBLISHED
            one.session.save()
            look_after_sessions()

    @rule(minutes=st.sampled_from([1, 60, 24 * 60, 49 * 60]))
    @precondition(lambda self: self.now < BEGIN + dt.timedelta(days=11))
    def let_time_pass(self, minutes):
        self.now += dt.timedelta(minutes=minutes)

    @rule()
    def run_the_schedule(self):
        with self.action():
            look_after_sessions()
        assert not SessionBooking.objects.overdue(self.now).exists()

    # --- What is always true ------------------------------------------------------------------------------------

    @invariant()
    def places_are_counted_and_never_too_many(self):
        places = Q(bookings__state__in=[BookingState.BOOKED, BookingState.OFFERED])
        for one in BookableSession.objects.annotate(held=Count("bookings", filter=places)):
            assert one.seats_taken == one.held
            assert one.capacity is None or one.held <= one.capacity

    @invariant()
    def no_place_is_free_while_somebody_waits_for_it(self):
        waiting = SessionBooking.objects.waiting().order_by().values("bookable")
        assert all(one.is_full for one in BookableSession.objects.filter(pk__in=waiting))

    @invariant()
    def the_first_in_line_came_first(self):
        """Whoever was offered a place since the last action stood before all who still wait for one."""
        offered = SessionBooking.objects.filter(state=BookingState.OFFERED)
        for one in offered.exclude(pk__in=self.offers):
            ahead = SessionBooking.objects.waiting().filter(bookable=one.bookable_id)
            assert not ahead.filter(waiting_number__lt=one.waiting_number).exists()
        self.offers = set(offered.values_list("pk", flat=True))

    @invariant()
    def only_confirmed_people_have_what_they_may_have(self):
        for one in SessionBooking.objects.active().select_related("registration__ticket_type", "bookable"):
            assert one.registration.status == RegistrationStatus.CONFIRMED
            assert one.bookable.admits(one.registration.ticket_type)

    @invariant()
    def nobody_is_in_two_places_or_in_too_many(self):
        mine: dict[int, list[Session]] = {}
        for one in SessionBooking.objects.booked().select_related("bookable__session"):
            mine.setdefault(one.registration_id, []).append(one.bookable.session)
        for chosen in mine.values():
            assert len(chosen) <= MOST
            assert not any(overlap(one, other) for one, other in combinations(chosen, 2))

    @invariant()
    def every_offer_was_written(self):
        was_offered = SessionBooking.objects.exclude(state=BookingState.WAITING).filter(waiting_number__isnull=False)
        ended = was_offered.filter(state=BookingState.CANCELLED).count()
        written = EmailMessage.objects.filter(kind=letters.SESSION_OFFERED).count()
        assert written >= was_offered.count() - ended
        expired = SessionBooking.objects.filter(state=BookingState.EXPIRED).count()
        assert EmailMessage.objects.filter(kind=letters.SESSION_EXPIRED).count() == expired

    # --- Helpers ------------------------------------------------------------------------------------------------

    def clock(self):
        return time_machine.travel(self.now, tick=False)

    @contextmanager
    def action(self):
        """Do something at the moment of the machine, or be refused and change nothing."""
        before = set(SessionBooking.objects.values_list("pk", "state"))
        try:
            with self.clock():
                yield
        except DomainError:
            assert set(SessionBooking.objects.values_list("pk", "state")) == before

    def person(self, index):
        return Registration.objects.select_related("event", "ticket_type").get(pk=self.people[index])

    def session(self, index):
        return BookableSession.objects.select_related("session__event").get(pk=self.sessions[index])


@pytest.mark.django_db
def test_places_in_sessions_keep_their_promises():
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=quiet,
            database=None,
            print_blob=False,
            derandomize=EXAMPLES <= 12,
        ),
    )
