"""Several people at once, on real connections: the rules hold on both databases."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from forum_site.mail.models import EmailMessage
from registrations.domain.cancel import cancel
from registrations.domain.places import change_capacity
from registrations.enums import RegistrationStatus
from registrations.models import Registration, TicketType
from tests.factories import make_registration, make_ticket_type

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run all of them at the same time, each on a connection of its own."""

    def run(action: Callable[[], Any]) -> Any:
        try:
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


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
