"""Who has come: each scan counts once, also when it is repeated, and a mistaken one is not forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.db.models import ProtectedError
from django.utils.translation import override

from forum_site.lib.errors import DomainError
from registrations.domain.cancel import cancel
from registrations.domain.check_in import check_in, check_out, undo
from registrations.domain.erase import erase
from registrations.domain.transfer import forget_dead_transfers, offer_transfer
from registrations.enums import CheckInKind
from registrations.models import CheckIn, Registration, Transfer
from registrations.queries.check_ins import has_come, inside_since, with_arrival
from tests.factories import at, make_event, make_registration, make_session, make_ticket_type, make_user
from tests.registrations.domain.test_races import at_once

pytestmark = pytest.mark.django_db
KINDS = [CheckInKind.ENTRY, CheckInKind.EXIT, CheckInKind.ENTRY]


def come(person: Registration, **fields: Any) -> CheckIn:
    return check_in(person, **({"by": None, "nonce": uuid4()} | fields))


def here() -> set[Registration]:
    return set(Registration.objects.filter(has_come()))


def test_whoever_comes_is_noted_with_moment_and_user():
    person, user = make_registration(), make_user()
    moment = at(person.event, "09:02")

    one = come(person, by=user, at=moment)

    assert (one.kind, one.at, one.user, one.session) == (CheckInKind.ENTRY, moment, user, None)
    assert with_arrival(Registration.objects.all()).get().arrived_at == moment
    assert inside_since(person) == one


def test_the_same_scan_counts_once_even_when_it_was_taken_back_meanwhile():
    person, nonce = make_registration(), uuid4()

    first = come(person, nonce=nonce)
    assert come(person, nonce=nonce) == first
    undo(first, by=None)
    assert come(person, nonce=nonce) == first

    assert CheckIn.objects.count() == 1
    assert here() == set()
    cancel(person)
    assert come(person, nonce=nonce) == first  # it was accepted when it was made


def test_a_scan_stands_for_one_person_and_one_place():
    event, nonce = make_event(), uuid4()
    person, other = (make_registration(make_ticket_type(event)) for _ in range(2))
    come(person, nonce=nonce)

    for who, where in ((other, None), (person, make_session(event))):
        with pytest.raises(DomainError, match="another person or place"):
            come(who, nonce=nonce, session=where)
    with pytest.raises(DomainError, match="another person or place"):
        check_out(person, by=None, nonce=nonce)
    assert CheckIn.objects.count() == 1


def test_nobody_comes_twice_without_leaving():
    person = make_registration()
    nine, ten, eleven = (at(person.event, clock) for clock in ("09:02", "10:00", "11:00"))
    come(person, at=nine)

    with pytest.raises(DomainError, match=r"Checked in already: .*09:02"):
        come(person, at=ten)
    with override("zh-hans"), pytest.raises(DomainError, match=r"已于.*09:02.*签到"):
        come(person, at=ten)
    check_out(person, by=None, nonce=uuid4(), at=ten)
    with pytest.raises(DomainError, match="cannot be checked out"):
        check_out(person, by=None, nonce=uuid4(), at=eleven)
    come(person, at=eleven)

    assert [one.kind for one in person.check_ins.order_by("pk")] == KINDS
    assert here() == {person}


def test_the_door_and_each_session_are_places_of_their_own():
    event = make_event()
    person = make_registration(make_ticket_type(event))
    first, second = make_session(event), make_session(event)

    for place in (None, first, second):
        come(person, session=place)

    assert [bool(inside_since(person, place)) for place in (None, first, second)] == [True] * 3
    with pytest.raises(DomainError, match="another edition"):
        come(person, session=make_session(make_event()))
    with pytest.raises(ProtectedError):
        first.delete()


def test_only_confirmed_people_are_checked_in():
    ticket_type = make_ticket_type(capacity=1)
    first, waiting = make_registration(ticket_type), make_registration(ticket_type)
    pending = make_registration(make_ticket_type(ticket_type.event, needs_approval=True))
    erased = erase(make_registration())

    with pytest.raises(DomainError, match="On the waiting list"):
        come(waiting)
    with pytest.raises(DomainError, match="To be approved"):
        come(pending)
    with pytest.raises(DomainError, match="erased"):
        come(erased)
    stale = Registration.objects.get(pk=first.pk)
    cancel(first)
    with pytest.raises(DomainError, match="Cancelled"):
        come(stale)
    assert not CheckIn.objects.exists()


def test_a_mistaken_one_is_taken_back_once_and_stays_known():
    person, user = make_registration(), make_user()
    one = come(person)

    undone_at = undo(one, by=user).undone_at
    assert undo(one, by=None).undone_at == undone_at

    one.refresh_from_db()
    assert (one.undone_by, here(), inside_since(person)) == (user, set(), None)
    assert come(person) != one
    assert here() == {person}


def test_arrival_is_the_first_entry_that_stands():
    person = make_registration()
    early, late = (at(person.event, clock) for clock in ("08:00", "09:00"))
    mistaken = come(person, at=early)
    undo(mistaken, by=None)
    come(person, at=late)
    check_out(person, by=None, nonce=uuid4(), at=late + dt.timedelta(hours=1))

    assert with_arrival(Registration.objects.all()).get().arrived_at == late


def test_erased_people_stay_in_the_counts_without_a_name():
    person = make_registration()
    one = come(person)

    erase(person)

    assert [row.erased_at is not None for row in here()] == [True]
    assert CheckIn.objects.get() == one


def test_whoever_has_come_does_not_pass_the_place_on():
    person = make_registration()
    offer_transfer(person, full_name="Grace Hopper", email="grace@example.org", language="en")
    one = come(person)

    assert forget_dead_transfers() == 1
    with pytest.raises(DomainError, match="checked in"):
        offer_transfer(person, full_name="Grace Hopper", email="grace@example.org", language="en")
    undo(one, by=None)
    assert offer_transfer(person, full_name="Grace Hopper", email="grace@example.org", language="en")
    assert Transfer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_eight_scanners_at_once_let_one_person_in_once():
    person, nonce = make_registration(), uuid4()

    def scan(drawn: Any) -> bool:
        try:
            return bool(come(Registration.objects.get(pk=person.pk), nonce=drawn))
        except DomainError:
            return False
        finally:
            connections.close_all()

    drawn = [nonce, nonce, nonce, nonce, uuid4(), uuid4(), uuid4(), uuid4()]
    answers = at_once(*(lambda one=one: scan(one) for one in drawn))

    assert CheckIn.objects.count() == 1
    assert answers.count(True) in {1, 4}
