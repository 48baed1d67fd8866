"""Numbers of places: quotas, overbooking, and other ways to attend."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain import waiting
from registrations.domain.change_type import change_type
from registrations.domain.places import change_capacity, change_quota, change_quota_capacity
from registrations.enums import Actor
from registrations.jobs import hand_on_places
from registrations.models import Quota, Registration, TicketType
from registrations.queries.type_changes import types_to_go_to
from tests.factories import make_event, make_quota, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


def taken(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.seats_taken for row in rows]


def statuses(*registrations):
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def test_a_seat_needs_the_ticket_type_and_its_quota():
    event = make_event()
    quota = make_quota(event, capacity=3)
    hall, gallery = make_ticket_type(event, quota=quota, capacity=2), make_ticket_type(event, quota=quota)

    people = [make_registration(each) for each in (hall, hall, hall, gallery, gallery)]

    assert statuses(*people) == ["confirmed", "confirmed", "waitlisted", "confirmed", "waitlisted"]
    assert taken(quota, hall, gallery) == [3, 2, 1]


def test_places_online_are_overbooked():
    ticket_type = make_ticket_type(attendance_mode="online", capacity=3, overbooking=50)

    people = [make_registration(ticket_type) for _ in range(5)]

    assert statuses(*people) == ["confirmed"] * 4 + ["waitlisted"]
    with pytest.raises(DomainError, match="4 places are taken already"):
        change_capacity(ticket_type, capacity=3, overbooking=0)
    change_capacity(ticket_type, capacity=3, overbooking=70)
    assert statuses(people[-1]) == ["offered"]


def test_the_database_forbids_one_seat_too_many():
    ticket_type, quota = make_ticket_type(capacity=3, overbooking=50, attendance_mode="online"), make_quota(capacity=2)

    TicketType.objects.update(seats_taken=4)
    Quota.objects.update(seats_taken=2)
    for row, seats in ((ticket_type, 5), (quota, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(seats_taken=seats)
    with pytest.raises(IntegrityError), transaction.atomic():
        TicketType.objects.update(attendance_mode="onsite")


def test_a_larger_quota_goes_to_the_people_waiting():
    event = make_event()
    quota = make_quota(event, capacity=1)
    ticket_types = [make_ticket_type(event, quota=quota) for _ in range(2)]
    people = [make_registration(each) for each in (*ticket_types, *ticket_types)]

    change_quota_capacity(quota, capacity=3)

    assert statuses(*people) == ["confirmed", "offered", "offered", "waitlisted"]
    with pytest.raises(DomainError, match="3 places are taken already"):
        change_quota_capacity(quota, capacity=2)


def test_a_ticket_type_takes_its_seats_into_a_quota_and_out_of_it():
    event = make_event()
    small, large = make_quota(event, capacity=1), make_quota(event, capacity=5)
    ticket_type, other = make_ticket_type(event, capacity=2), make_ticket_type(event, quota=small)
    people = [make_registration(ticket_type) for _ in range(3)]
    waits = [make_registration(other) for _ in range(2)][1]

    with pytest.raises(DomainError, match="0 free places, but 2"):
        change_quota(ticket_type, quota=small)
    change_quota(ticket_type, quota=large)
    assert taken(small, large) == [1, 2]
    change_quota(TicketType.objects.get(pk=other.pk), quota=large)
    assert taken(small, large) == [0, 4]
    assert statuses(waits, people[2]) == ["offered", "waitlisted"]
    change_quota(TicketType.objects.get(pk=ticket_type.pk), quota=None)
    assert taken(small, large, ticket_type, other) == [0, 2, 2, 2]


def test_a_quota_of_another_edition_is_refused():
    with pytest.raises(DomainError, match="another edition"):
        change_quota(make_ticket_type(), quota=make_quota())


def test_change_type_takes_the_new_seat_and_gives_the_old_one_to_the_next():
    event = make_event()
    hall, online = make_ticket_type(event, name_en="Hall", capacity=1), make_ticket_type(event, name_en="Online")
    first, second = make_registration(hall), make_registration(hall)

    change_type(first, ticket_type=online)

    assert statuses(first, second) == ["confirmed", "offered"]
    assert first.ticket_type == online
    assert first.calendar_sequence == 1
    assert first.status_changes.last().reason == "Hall → Online"
    assert taken(hall, online) == [1, 1]
    assert EmailMessage.objects.filter(kind="registration_changed").count() == 1


def test_change_type_within_a_full_quota_keeps_its_place():
    event = make_event()
    quota = make_quota(event, capacity=1)
    one, other = make_ticket_type(event, quota=quota), make_ticket_type(event, quota=quota)
    registration = make_registration(one)

    change_type(registration, ticket_type=other)

    assert taken(quota, one, other) == [1, 0, 1]


def test_change_type_to_a_full_one_changes_nothing():
    event = make_event()
    hall, online = make_ticket_type(event, capacity=1), make_ticket_type(event)
    make_registration(hall)
    registration = make_registration(online)

    with pytest.raises(DomainError, match="No place is free"):
        change_type(registration, ticket_type=hall)

    registration.refresh_from_db()
    assert registration.ticket_type == online
    assert taken(hall, online) == [1, 1]


def test_change_type_to_one_on_approval_waits_for_it_and_back_does_not():
    event = make_event()
    instant, approved = make_ticket_type(event), make_ticket_type(event, needs_approval=True)
    registration = make_registration(instant)

    assert change_type(registration, ticket_type=approved).status == "pending"
    assert change_type(registration, ticket_type=instant).status == "confirmed"
    assert registration.status_changes.last().actor == Actor.SYSTEM


def test_change_type_from_the_waiting_list_takes_a_free_place():
    event = make_event()
    hall, online = make_ticket_type(event, capacity=1), make_ticket_type(event)
    make_registration(hall)
    waiting = make_registration(hall)

    assert change_type(waiting, ticket_type=online).status == "confirmed"
    assert waiting.waiting_number is None


def test_change_type_has_its_deadline_and_its_choice():
    now = timezone.now()
    event = make_event()
    mine = make_ticket_type(event, changes_until=now + dt.timedelta(days=1))
    open_one = make_ticket_type(event)
    closed = make_ticket_type(event, closes_at=now)
    hidden = make_ticket_type(event, is_hidden=True)
    later = make_ticket_type(event, opens_at=now + dt.timedelta(hours=1))
    registration = make_registration(mine)

    assert types_to_go_to(registration, now) == [open_one, closed]
    assert types_to_go_to(registration, now + dt.timedelta(days=1)) == []
    for refused in (hidden, later, make_ticket_type()):
        with pytest.raises(DomainError):
            change_type(registration, ticket_type=refused)
    assert change_type(registration, ticket_type=hidden, by=Actor.ORGANIZER).ticket_type == hidden


def test_many_new_places_are_handed_on_some_at_a_time_and_nobody_comes_between(monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    ticket_type = make_ticket_type(capacity=1)
    people = [make_registration(ticket_type) for _ in range(8)]

    change_capacity(ticket_type, capacity=8)
    assert statuses(*people[1:]) == ["offered"] * 2 + ["waitlisted"] * 5
    assert [one.func() for one in OrmQ.objects.all()].count("registrations.jobs.hand_on_places") == 1
    late = make_registration(ticket_type)
    assert late.status == "waitlisted"
    with pytest.raises(DomainError, match="No place is free"):
        change_type(make_registration(make_ticket_type(ticket_type.event)), ticket_type=ticket_type)

    hand_on_places()
    assert statuses(*people[1:], late) == ["offered"] * 7 + ["waitlisted"]
    assert taken(ticket_type) == [8]


def test_many_offers_that_expire_are_taken_back_some_at_a_time(monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 2)
    ticket_type = make_ticket_type(capacity=1)
    people = [make_registration(ticket_type) for _ in range(12)]
    change_capacity(ticket_type, capacity=6)
    hand_on_places()
    assert statuses(*people[1:6]) == ["offered"] * 5
    Registration.objects.filter(status="offered").update(expires_at=timezone.now())

    hand_on_places()

    assert statuses(*people[1:]) == ["expired"] * 5 + ["offered"] * 5 + ["waitlisted"]
    assert taken(ticket_type) == [6]
