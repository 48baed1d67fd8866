"""Offers of free places, deadlines, priorities and jumps."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfoNotFoundError

import pytest
import time_machine
from django.utils import timezone

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel
from registrations.domain.deadlines import answer_until
from registrations.domain.jumps import change_priority, offer_place
from registrations.jobs import hand_on_places
from registrations.models import Registration, StatusChange
from tests.factories import (
    at,
    make_event,
    make_quota,
    make_registration,
    make_session,
    make_ticket_type,
    make_user,
)

pytestmark = pytest.mark.django_db


def statuses(*registrations):
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def history(registration):
    return list(registration.status_changes.values_list("old_status", "new_status", "actor", "reason_en"))


def let_time_pass(registration):
    Registration.objects.filter(pk=registration.pk).update(expires_at=timezone.now())


def full(count=2, **fields):
    """A ticket type with one place, and so many people who came for it."""
    ticket_type = make_ticket_type(capacity=1, **fields)
    return ticket_type, [make_registration(ticket_type) for _ in range(count)]


def test_a_free_place_is_offered_and_accepted():
    ticket_type, (first, second) = full()

    cancel(first)
    assert statuses(second) == ["offered"]
    accept(second)
    accept(second)

    assert statuses(second) == ["confirmed"]
    assert second.expires_at is None
    assert history(second) == [
        ("", "waitlisted", "attendee", ""),
        ("waitlisted", "offered", "system", ""),
        ("offered", "confirmed", "attendee", ""),
    ]
    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == 1


def test_an_offer_that_nobody_accepts_goes_to_the_next_person():
    _ticket_type, (first, second, third) = full(3)
    cancel(first)
    let_time_pass(second)

    hand_on_places()

    assert statuses(second, third) == ["expired", "offered"]
    assert history(second)[-1] == ("offered", "expired", "schedule", "")
    assert EmailMessage.objects.filter(kind="registration_expired", recipient=second.email).count() == 1


def test_an_edition_in_trouble_keeps_no_other_from_its_places():
    for _edition in range(2):
        _ticket_type, (first, second, third) = full(3)
        cancel(first)
        let_time_pass(second)
        if third.event_id == Event.objects.order_by("pk")[0].pk:
            Event.objects.filter(pk=third.event_id).update(timezone_name="No/Where")

    with pytest.raises(ZoneInfoNotFoundError):
        hand_on_places()

    assert statuses(second, third) == ["expired", "offered"]


def test_whoever_accepts_too_late_has_expired():
    _ticket_type, (first, second, third) = full(3)
    cancel(first)
    let_time_pass(second)

    assert accept(second).status == "expired"
    assert statuses(third) == ["offered"]
    with pytest.raises(DomainError, match="over"):
        accept(second)


def test_an_offer_that_is_declined_goes_to_the_next_person():
    _ticket_type, (first, second, third) = full(3)
    cancel(first)

    cancel(second)

    assert statuses(second, third) == ["cancelled", "offered"]


def test_whoever_registers_gets_a_place_that_was_not_accepted_only_after_those_who_wait():
    _ticket_type, (first, second, third) = full(3)
    cancel(first)
    let_time_pass(second)

    late = make_registration(first.ticket_type)

    assert statuses(second, third, late) == ["expired", "offered", "waitlisted"]


def test_an_unconfirmed_address_loses_its_place():
    ticket_type, (first, second) = full(needs_confirmation=True)
    assert statuses(first, second) == ["unverified", "waitlisted"]
    let_time_pass(first)

    hand_on_places()

    assert statuses(first, second) == ["expired", "offered"]
    assert accept(second).status == "confirmed"
    assert ticket_type.registrations.holding_a_seat().count() == 1


def test_a_confirmed_address_waits_for_approval_where_that_is_needed():
    registration = make_registration(make_ticket_type(needs_confirmation=True, needs_approval=True))

    assert registration.expires_at - registration.created_at == dt.timedelta(hours=24)
    assert accept(registration).status == "pending"


def test_accept_refuses_whoever_still_waits():
    _ticket_type, (_first, second) = full()

    with pytest.raises(DomainError, match="No place is free yet"):
        accept(second)


@pytest.mark.parametrize(
    ("days_before", "hours"), [(100, 48), (8, 48), (4, 24), (1, 6), (0.5, 3), (0.1, 1), (0, 1), (-1, 1)]
)
def test_a_deadline_is_shorter_near_the_edition(days_before, hours):
    event = make_event(starts_on=dt.date(2026, 12, 10))
    begins_at = dt.datetime(2026, 12, 10, tzinfo=event.zone)
    now = begins_at - dt.timedelta(days=days_before)

    assert answer_until(event, hours=48, at=now) - now == dt.timedelta(hours=hours)


def test_a_priority_goes_before_the_number():
    _ticket_type, (first, second, third, fourth) = full(4)

    change_priority(fourth, priority=5, reason="Keynote speaker")
    change_priority(second, priority=-1, reason="Asked to wait")

    assert [one.waiting_position() for one in (third, fourth, second)] == [2, 1, 3]
    assert history(fourth)[-1] == ("waitlisted", "waitlisted", "organizer", "Keynote speaker")
    cancel(first)
    assert statuses(second, third, fourth) == ["waitlisted", "waitlisted", "offered"]


def test_nobody_is_put_forward_without_a_reason():
    _ticket_type, (_first, second, third) = full(3)

    with pytest.raises(DomainError, match="give a reason"):
        change_priority(third, priority=5, reason="")
    with pytest.raises(DomainError, match="give a reason"):
        offer_place(third, reason="", adds_place=True)

    third.refresh_from_db()
    assert [third.priority, third.status] == [0, "waitlisted"]
    assert [second.waiting_position(), third.waiting_position()] == [1, 2]


def test_a_place_out_of_order_is_added_where_none_is_free():
    ticket_type, (_first, second, third) = full(3)
    user = make_user()

    with pytest.raises(DomainError, match="No place is free"):
        offer_place(third, reason="Minister")
    offer_place(third, reason="Minister", user=user, adds_place=True)

    assert statuses(second, third) == ["waitlisted", "offered"]
    assert history(third)[-1] == ("waitlisted", "offered", "organizer", "Minister")
    assert StatusChange.objects.get(actor="organizer").user == user
    ticket_type.refresh_from_db()
    assert (ticket_type.capacity, ticket_type.seats_taken) == (2, 2)


def test_a_free_place_of_a_quota_goes_to_the_longest_waiting_of_all_its_ticket_types():
    event = make_event()
    quota = make_quota(event, capacity=2)
    hall, gallery = (make_ticket_type(event, quota=quota, **fields) for fields in ({"capacity": 1}, {}))
    first, second = make_registration(hall), make_registration(gallery)
    in_hall, in_gallery, later = (make_registration(each) for each in (hall, gallery, gallery))
    assert statuses(in_hall, in_gallery, later) == ["waitlisted"] * 3
    assert [one.waiting_number for one in (in_hall, in_gallery, later)] == [1, 2, 3]
    assert [one.waiting_position() for one in (in_hall, in_gallery, later)] == [1, 1, 2]

    cancel(second)
    assert statuses(in_hall, in_gallery) == ["waitlisted", "offered"]  # the hall itself is full
    cancel(first)
    assert statuses(in_hall, later) == ["offered", "waitlisted"]


@pytest.mark.parametrize(
    ("clock", "closes", "expected"),
    [
        ("16:59", None, "offered"),
        ("17:00", None, "waitlisted"),
        ("17:00", "12:00", "waitlisted"),
        ("16:59", "12:00", "offered"),
        ("17:00", "18:00", "offered"),
    ],
)
def test_nothing_is_offered_after_the_last_session_unless_registration_is_open(clock, closes, expected):
    event = make_event(starts_on=dt.date(2026, 12, 9))
    make_session(event, day=0, start="09:00", end="23:00")
    make_session(event, day=1, start="09:00", end="17:00")
    _, (first, second) = full(event=event, closes_at=at(event, closes, day=1) if closes else None)

    with time_machine.travel(at(event, clock, day=1), tick=False):
        cancel(first)
        hand_on_places()

    assert statuses(second) == [expected]
