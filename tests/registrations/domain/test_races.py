"""Several people at once, on real connections: the rules hold on both databases."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain.answers import AnswerRefused, Given
from registrations.domain.cancel import cancel
from registrations.domain.details import answer
from registrations.domain.places import change_capacity
from registrations.domain.ways_in import WayIn
from registrations.enums import RegistrationStatus
from registrations.jobs import hand_on_places
from registrations.models import AnswerChoice, QuestionOption, Registration, TicketType
from tests.factories import (
    make_code,
    make_delegation,
    make_event,
    make_invitation,
    make_question,
    make_registration,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run all of them at the same time, each on a connection of its own."""

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(on_own_connection, actions))


def on_own_connection(action: Callable[[], Any]) -> Any:
    """Do it in a thread, and close the connection that this has opened."""
    try:
        return action()
    finally:
        connections.close_all()


def check_seats(ticket_type: TicketType) -> None:
    """As many seats are taken as people hold, and nobody waits while one is free."""
    ticket_type.refresh_from_db()
    holding = Registration.objects.holding_a_seat().filter(ticket_type=ticket_type).count()
    waiting = Registration.objects.waiting().filter(ticket_type=ticket_type).count()
    assert ticket_type.seats_taken == holding <= ticket_type.capacity
    assert not waiting or ticket_type.is_full


def test_one_address_that_registers_eight_times_at_once_is_registered_once():
    ticket_type = make_ticket_type(capacity=5)

    found = at_once(*[lambda: make_registration(ticket_type, email="ada@example.org")] * 8)

    assert len({registration.pk for registration in found}) == 1
    assert Registration.objects.count() == 1
    check_seats(ticket_type)
    assert Counter(EmailMessage.objects.values_list("kind", flat=True))["registration_confirmed"] == 1


@pytest.mark.parametrize("way", ["code", "invitation", "delegation"])
def test_who_registers_eight_times_at_once_by_what_lets_one_in_is_refused_no_time(way):
    ticket_type = make_ticket_type(capacity=5)
    if way == "code":
        way_in = WayIn(code=make_code(ticket_type, most_uses=1))
    elif way == "invitation":
        way_in = WayIn(invitation=make_invitation(ticket_type))
    else:
        way_in = WayIn(delegation=make_delegation(ticket_type, places=1))

    found = at_once(*[lambda: make_registration(ticket_type, email="ada@example.org", way_in=way_in)] * 8)

    assert len({registration.pk for registration in found}) == 1
    assert Registration.objects.count() == 1
    with pytest.raises(DomainError):
        make_registration(ticket_type, way_in=way_in)


def test_people_come_and_go_at_once_and_no_seat_is_lost():
    ticket_type = make_ticket_type(capacity=4)
    people = [make_registration(ticket_type) for _ in range(8)]
    coming = [lambda: make_registration(ticket_type) for _ in range(6)]
    going = [lambda one=one: cancel(Registration.objects.get(pk=one.pk)) for one in people[:5]]
    actions = [*coming, *going, *going, lambda: change_capacity(ticket_type, capacity=6)]
    random.Random(7).shuffle(actions)

    at_once(*actions)

    check_seats(ticket_type)
    assert Registration.objects.filter(status=RegistrationStatus.CANCELLED).count() == 5
    assert EmailMessage.objects.filter(kind="registration_cancelled").count() == 5
    assert ticket_type.capacity == 6


def test_options_are_taken_and_given_back_at_once_and_none_twice():
    event = make_event()
    types = [make_ticket_type(event) for _ in range(2)]
    question = make_question(event, "several", options={"boat": 3, "bus": 5, "foot": None})
    both = tuple(question.options.filter(key__in=["boat", "bus"]))
    other_way = Given(question, options=tuple(reversed(both)))
    people = [make_registration(types[0], answers=[Given(question, options=both)]) for _ in range(2)]
    walkers = [make_registration(types[1], answers=[Given(question, options=(question.options.get(key="foot"),))])]

    def come(ticket_type: TicketType) -> bool:
        try:
            make_registration(ticket_type, answers=[other_way])
        except AnswerRefused:
            return False
        return True

    def change(registration: Registration) -> None:
        with contextlib.suppress(AnswerRefused):
            answer(registration, answers=[other_way], asked=[question])

    coming = [lambda one=one: come(one) for one in types * 4]
    leaving = [lambda one=one: cancel(one) for one in people]
    at_once(*coming, *leaving, *[lambda one=one: change(one) for one in walkers])

    active = Registration.objects.active()
    for option in question.options.all():
        chosen = AnswerChoice.objects.filter(option=option, answer__registration__in=active).count()
        assert option.taken == chosen
        assert option.capacity is None or chosen <= option.capacity


@pytest.mark.postgresql
def test_options_of_everybody_who_ends_are_locked_in_one_order():
    event = make_event()
    ticket_type = make_ticket_type(event, needs_confirmation=True)
    question = make_question(event, "several", options={"boat": 3, "bus": 5})
    boat, bus = question.options.order_by("pk")
    for option in (bus, boat):  # whoever has chosen the second one ends first
        make_registration(ticket_type, answers=[Given(question, options=(option,))])
    Registration.objects.update(expires_at=timezone.now())

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        QuestionOption.objects.select_for_update(no_key=True).get(pk=boat.pk)
        schedule = pool.submit(on_own_connection, hand_on_places)
        wait_for_a_lock()
        QuestionOption.objects.select_for_update(no_key=True, nowait=True).get(pk=bus.pk)
        transaction.set_rollback(True)
    schedule.result()

    assert list(question.options.values_list("taken", flat=True)) == [0, 0]


def wait_for_a_lock() -> None:
    """Return when somebody waits for a row that another one keeps."""
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
