"""The whole machine of registrations, driven by thousands of random actions and steps of the clock.

Ways to come and to go are in ``machine_ways``, what must be true after each of them in ``machine_promises``, places in
sessions in ``test_booking_machine``.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from registrations.domain import waiting
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.decisions import confirm, decline
from registrations.domain.erase import erase
from registrations.domain.jumps import change_priority, offer_place
from registrations.domain.places import change_capacity, change_quota, change_quota_capacity
from registrations.enums import HOLDS_A_SEAT, IS_ACTIVE, IS_OVER, MUST_ANSWER, Actor, RegistrationStatus
from registrations.jobs import hand_on_places
from registrations.models import Quota, Registration, TicketType
from registrations.queries.type_changes import CAN_CHANGE
from tests.factories import make_event, make_quota, make_registration, make_ticket_type
from tests.registrations.machine_base import BEGIN, ClockedMachine, drive
from tests.registrations.machine_promises import Promises
from tests.registrations.machine_ways import Colleagues, Groups, WaysIn

EXAMPLES, STEPS_EACH, AT_LEAST = 25, 100, 2500
#: Ways to attend of every kind; the first two share a quota.
KINDS = [
    {"capacity": 2},
    {"capacity": 2, "attendance_mode": "online", "overbooking": 50},
    {"capacity": 1, "needs_approval": True, "promotes_at_once": True},
    {"capacity": 2, "needs_confirmation": True},
    {"needs_approval": True},
]
MOST_AT_ONCE = waiting.AT_ONCE
people, ticket_types = st.integers(1, 40), st.integers(0, len(KINDS) - 1)
actors = st.sampled_from([Actor.ATTENDEE, Actor.ORGANIZER])


class Machine(Groups, WaysIn, Colleagues, Promises, ClockedMachine):
    """One edition; every action may be refused with a sentence, but never leaves anything half done."""

    def __init__(self):
        super().__init__()
        with self.clock():
            self.event = make_event(starts_on=dt.date(2026, 6, 15))
            self.quota = make_quota(self.event, capacity=3)
            kinds = [make_ticket_type(self.event, **fields) for fields in KINDS]
            TicketType.objects.filter(pk__in=[one.pk for one in kinds[:2]]).update(quota=self.quota)
            self.pks = [one.pk for one in kinds]
            self.begin()
            self.make_ways(*(self.ticket_type(index) for index in (0, 1, 2)))

    def look_at_the_end(self):
        waiting.AT_ONCE = MOST_AT_ONCE
        if self.is_whole:
            self.every_change_has_its_mail()

    # --- Actions ------------------------------------------------------------------------------------------------

    @initialize(crowd=st.lists(ticket_types, min_size=10, max_size=16), at_once=st.sampled_from([MOST_AT_ONCE, 1, 2]))
    def open_the_doors(self, crowd, at_once):
        waiting.AT_ONCE = at_once
        for index in crowd:
            self.register([index], Actor.ATTENDEE)

    @rule(group=st.lists(ticket_types, min_size=1, max_size=3), by=actors)
    def register(self, group, by):
        for index in group:
            with self.action():
                make_registration(self.ticket_type(index), by=by)

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

    @rule(index=people)
    def erase(self, index):
        with self.action(index, IS_OVER) as one:
            erase(one)

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
        self.pass_time(minutes)

    @rule(minutes=st.sampled_from([0, 1, 24 * 60]))
    @precondition(lambda self: self.now < BEGIN + dt.timedelta(days=12))
    def run_the_schedule(self, minutes):
        if minutes:
            self.pass_time(minutes)
        with self.action(serves_all=True):
            hand_on_places()
        assert not any(one.expires_at and one.expires_at <= self.now for one in self.rows.values())

    @rule()
    def call_off_and_take_place_after_all(self):
        for status in (EventStatus.CANCELLED, EventStatus.PUBLISHED):
            self.event.status = status
            self.event.save()
            one = Registration.objects.holding_a_seat().first()
            if one and status == EventStatus.CANCELLED:
                with self.action() as _:
                    cancel(one)
        self.run_the_schedule(0)

    # --- Helpers ------------------------------------------------------------------------------------------------

    @contextmanager
    def action(self, index=None, usual=IS_ACTIVE, among=None, *, serves_all=False):
        """Do something at the moment of the machine, with a person by number, where there is one; or be refused."""
        one = None
        if index is not None and (one := self.person(index, usual, among)) is None:
            with pytest.raises(AttributeError):
                yield None
            return
        self.count()
        self.serves_all = serves_all or waiting.AT_ONCE == MOST_AT_ONCE
        try:
            with self.clock():
                yield one
        except DomainError:
            assert self.read_rows() == self.rows
        else:
            self.look()

    def person(self, index, usual, among):
        """Mostly somebody to whom the action is usually done, now and then anybody; or one of those ``among`` whom."""
        everybody = list(self.rows) if among is None else list(among.order_by("pk").values_list("pk", flat=True))
        usual = () if among is not None or index % 4 == 0 else usual
        found = [pk for pk in everybody if self.rows[pk].status in usual] or everybody
        if not found:
            return None
        one = Registration.objects.get(pk=found[index % len(found)])
        one.event, one.ticket_type = self.event, self.types[one.ticket_type_id]
        return one

    def ticket_type(self, index):
        return self.types[self.pks[index]]


@pytest.mark.django_db
def test_the_machine_keeps_its_promises():
    assert drive(Machine, examples=EXAMPLES, steps=STEPS_EACH) >= AT_LEAST
