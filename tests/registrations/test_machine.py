"""The whole machine of registrations, driven by thousands of random actions and steps of the clock.

Ways to come and to go are in ``machine_ways``, places in sessions in ``test_booking_machine``.
``MACHINE_EXAMPLES`` in the environment asks for longer runs, such as 500.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.decisions import confirm, decline
from registrations.domain.jumps import change_priority, offer_place
from registrations.domain.places import change_capacity, change_quota, change_quota_capacity
from registrations.domain.status import STEPS
from registrations.enums import HOLDS_A_SEAT, IS_ACTIVE, MUST_ANSWER, Actor, RegistrationStatus
from registrations.jobs import hand_on_places
from registrations.models import Quota, Registration, StatusChange, TicketType
from registrations.queries.type_changes import CAN_CHANGE
from tests.factories import make_event, make_quota, make_registration, make_ticket_type
from tests.registrations.machine_ways import Colleagues, Groups, WaysIn

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES") or 12)
STEPS_EACH = 50
BEGIN = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
#: Ways to attend of every kind; the first two share a quota.
KINDS = [
    {"capacity": 2},
    {"capacity": 2, "attendance_mode": "online", "overbooking": 50},
    {"capacity": 1, "needs_approval": True, "promotes_at_once": True},
    {"capacity": 2, "needs_confirmation": True},
    {"needs_approval": True},
]
KINDS_OF_A_STEP = {*(step.letter for step in STEPS.values()), letters.HANDED_OVER} - {""}
OWN = "registration:"
people, ticket_types = st.integers(1, 40), st.integers(0, len(KINDS) - 1)
actors = st.sampled_from([Actor.ATTENDEE, Actor.ORGANIZER])


class Machine(Groups, WaysIn, Colleagues, RuleBasedStateMachine):
    """One edition; every action may be refused with a sentence, but never leaves anything half done."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.now = BEGIN
        with self.clock():
            self.event = make_event(starts_on=dt.date(2026, 6, 15))
            self.quota = make_quota(self.event, capacity=3)
            rows = [make_ticket_type(self.event, **fields) for fields in KINDS]
            TicketType.objects.filter(pk__in=[one.pk for one in rows[:2]]).update(quota=self.quota)
            self.pks = [one.pk for one in rows]
            self.make_ways(*(self.ticket_type(index) for index in (0, 1, 2)))
        self.lines = self.waiting_lines()
        self.seen = self.looks = 0
        self.served: set[int] = set()
        self.claimed: dict[int, tuple[int, str]] = {}

    def teardown(self):
        try:
            self.every_change_has_one_entry_in_the_history_and_its_mail()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    # --- Actions ------------------------------------------------------------------------------------------------

    @initialize(crowd=st.lists(ticket_types, min_size=10, max_size=16))
    def open_the_doors(self, crowd):
        for index in crowd:
            self.register([index], Actor.ATTENDEE)

    @rule(group=st.lists(ticket_types, min_size=1, max_size=3), by=actors)
    def register(self, group, by):
        for index in group:
            with self.action():
                make_registration(self.ticket_type(index), by=by)
            self.the_first_in_line_came_first()

    @rule(index=people)
    def register_again(self, index):
        with self.action(index) as one:
            make_registration(self.ticket_type(0), email=one.email)

    @rule(index=people)
    def accept(self, index):
        with self.action(index, MUST_ANSWER) as one:
            accept(one)

    @rule(index=people, by=actors)
    def cancel(self, index, by):
        with self.action(index, HOLDS_A_SEAT) as one:
            cancel(one, by=by)

    @rule(index=people)
    def confirm(self, index):
        with self.action(index, [RegistrationStatus.PENDING]) as one:
            confirm(one)

    @rule(index=people)
    def decline(self, index):
        with self.action(index, [RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED]) as one:
            decline(one, reason="Full")

    @rule(index=people, adds_place=st.booleans(), reason=st.sampled_from(["Speaker", ""]))
    def offer(self, index, adds_place, reason):
        with self.action(index, [RegistrationStatus.WAITLISTED]) as one:
            offer_place(one, reason=reason, adds_place=adds_place)

    @rule(index=people, priority=st.integers(-1, 2))
    def prioritize(self, index, priority):
        with self.action(index, [RegistrationStatus.WAITLISTED]) as one:
            change_priority(one, priority=priority, reason="Speaker")
        self.lines = self.waiting_lines()

    @rule(index=people, to=ticket_types, by=actors)
    def change_type(self, index, to, by):
        with self.action(index, CAN_CHANGE) as one:
            change_type(one, ticket_type=self.ticket_type(to), by=by)

    @rule(index=ticket_types, capacity=st.one_of(st.none(), st.integers(1, 6)))
    def change_capacity(self, index, capacity):
        with self.action():
            change_capacity(self.ticket_type(index), capacity=capacity)

    @rule(capacity=st.integers(1, 8))
    def change_quota_capacity(self, capacity):
        with self.action():
            change_quota_capacity(Quota.objects.get(), capacity=capacity)

    @rule(index=ticket_types, shares=st.booleans())
    def change_quota(self, index, shares):
        with self.action():
            change_quota(self.ticket_type(index), quota=Quota.objects.get() if shares else None)

    @rule(minutes=st.sampled_from([1, 59, 60, 24 * 60, 49 * 60]))
    @precondition(lambda self: self.now < BEGIN + dt.timedelta(days=12))
    def let_time_pass(self, minutes):
        self.now += dt.timedelta(minutes=minutes)

    @rule()
    def run_the_schedule(self):
        with self.action():
            hand_on_places()
        assert not Registration.objects.overdue(self.now).exists()

    @rule()
    def call_off_and_take_place_after_all(self):
        for status in (EventStatus.CANCELLED, EventStatus.PUBLISHED):
            self.event.status = status
            self.event.save()
            one = Registration.objects.holding_a_seat().first()
            if one and status == EventStatus.CANCELLED:
                with self.action() as _:
                    cancel(one)
        self.run_the_schedule()

    # --- What is always true ------------------------------------------------------------------------------------

    @invariant()
    def seats_are_counted_and_never_too_many(self):
        held = dict(
            Registration.objects.holding_a_seat().order_by().values_list("ticket_type").annotate(number=Count("pk"))
        )
        for one in TicketType.objects.all():
            assert one.seats_taken == held.get(one.pk, 0)
            assert one.own_places is None or one.seats_taken <= one.own_places
        quota = Quota.objects.annotate(sum=Sum("ticket_types__seats_taken")).get()
        assert quota.seats_taken == (quota.sum or 0) <= quota.capacity

    @invariant()
    def no_seat_is_free_while_somebody_waits_for_it(self):
        rows = Registration.objects.waiting().order_by().values_list("ticket_type", "group", "group__waits_together")
        waiting = Counter(rows)
        types = TicketType.objects.select_related("quota").in_bulk({pk for pk, _group, _together in waiting})
        for (pk, _group, waits_together), size in waiting.items():
            assert types[pk].is_full or (waits_together and size > types[pk].seats_left)

    @invariant()
    def the_first_in_line_came_first(self):
        """Whoever was offered a seat by the site since the last action stood before all who still wait for one.

        A group that waits together lets others pass while there is not a seat for each of its members.
        """
        served = self.changes_since().filter(actor=Actor.SYSTEM, old_status=RegistrationStatus.WAITLISTED)
        self.served, lines = set(served.values_list("registration", flat=True)), self.waiting_lines()
        together = set(Registration.objects.filter(group__waits_together=True).values_list("pk", flat=True))
        for pk, line in self.lines.items():
            left = [one for one in line if one not in together and (one in self.served or one in lines.get(pk, []))]
            assert left == sorted(left, key=lambda one: one not in self.served)
        self.no_group_that_waits_together_was_divided()
        self.lines, self.seen = lines, StatusChange.objects.count()

    @invariant()
    def positions_are_dense_and_ordered(self):
        for line in self.waiting_lines().values():
            ends = Registration.objects.in_bulk({line[0], line[-1]})
            assert [ends[line[0]].waiting_position(), ends[line[-1]].waiting_position()] == [1, len(line)]

    @invariant()
    def the_history_is_whole(self):
        """It is long: every fourth time is often enough, and the last."""
        self.looks += 1
        if self.looks % 4 == 0:
            self.every_change_has_one_entry_in_the_history_and_its_mail()

    def every_change_has_one_entry_in_the_history_and_its_mail(self):
        histories: dict[int, list[StatusChange]] = {}
        for change in StatusChange.objects.order_by("pk"):
            histories.setdefault(change.registration_id, []).append(change)
        mails = EmailMessage.objects.filter(kind__in=KINDS_OF_A_STEP, reference__startswith=OWN)
        sent = Counter(mails.values_list("reference", "kind"))
        expected: Counter[tuple[str, str]] = Counter()
        for one in Registration.objects.all():
            steps = histories[one.pk]
            assert [step.old_status for step in steps] == ["", *(step.new_status for step in steps[:-1])]
            assert steps[-1].new_status == one.status
            assert (one.expires_at is not None) == (one.status in MUST_ANSWER)
            assert all(step.actor in STEPS[step.old_status, step.new_status].by for step in steps)
            expected.update((letters.reference_of(one), kind) for kind in self.letters_to(one, steps))
        assert sent == expected

    # --- Helpers ------------------------------------------------------------------------------------------------

    def letters_to(self, one, steps):
        """The mails of the steps; before a place gets its name they are the contact's, who gets none for the first."""
        known, first = self.claimed.get(one.pk, (int(one.is_unclaimed), ""))
        kinds = [first, *(STEPS[step.old_status, step.new_status].letter for step in steps[known:])]
        if steps[-1].reason.startswith("Passed on"):
            kinds[-1] = letters.HANDED_OVER
        return filter(None, kinds)

    def clock(self):
        return time_machine.travel(self.now, tick=False)

    @contextmanager
    def action(self, index=None, usual=IS_ACTIVE, among=None):
        """Do something at the moment of the machine, with a person by number, where there is one; or be refused."""
        one = None if index is None else self.person(index, usual, among)
        before = dict(Registration.objects.values_list("pk", "status"))
        try:
            with self.clock():
                yield one
        except DomainError:
            assert dict(Registration.objects.values_list("pk", "status")) == before
        except AttributeError:
            assert index is not None
            assert one is None

    def person(self, index, usual, among):
        """Mostly somebody to whom the action is usually done, now and then anybody; or one of those ``among`` whom."""
        everybody = Registration.objects.order_by("pk") if among is None else among.order_by("pk")
        usual = usual if among is None else ()
        found = (list(everybody.filter(status__in=usual)) if index % 4 else []) or list(everybody)
        return found[index % len(found)] if found else None

    def ticket_type(self, index):
        return TicketType.objects.select_related("event", "quota").get(pk=self.pks[index])

    def changes_since(self):
        return StatusChange.objects.filter(pk__in=StatusChange.objects.order_by("pk").values("pk")[self.seen :])

    def waiting_lines(self):
        lines: dict[int, list[int]] = {}
        for pk, ticket_type in Registration.objects.waiting().values_list("pk", "ticket_type"):
            lines.setdefault(ticket_type, []).append(pk)
        return lines


@pytest.mark.django_db
def test_the_machine_keeps_its_promises():
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS_EACH,
            deadline=None,
            suppress_health_check=quiet,
            database=None,
            print_blob=False,
            derandomize=EXAMPLES <= 12,
        ),
    )
