"""Choosing sessions that have places of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_q.models import OrmQ

from events.enums import AttendanceMode, EventStatus, SessionStatus
from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain import letters, session_places
from registrations.domain.bookings import ChoiceRefused, accept, book, choose, leave
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.session_places import change_places, expire_due, keeping, settle_due
from registrations.enums import Actor, BookingState
from registrations.models import BookableSession, Registration, SessionBooking
from tests.factories import (
    make_bookable,
    make_booking_rules,
    make_event,
    make_registration,
    make_session,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db
BOOKED, WAITING, OFFERED = BookingState.BOOKED, BookingState.WAITING, BookingState.OFFERED
CANCELLED, EXPIRED = BookingState.CANCELLED, BookingState.EXPIRED


@pytest.fixture
def event() -> Event:
    return make_event()


def people(event: Event, count: int) -> list[Registration]:
    ticket_type = make_ticket_type(event)
    return [make_registration(ticket_type) for _ in range(count)]


def workshop(
    event: Event, start: str = "09:00", end: str = "10:00", *, title: str = "", **fields: Any
) -> BookableSession:
    words = {"title_en": title} if title else {}
    return make_bookable(make_session(event, start=start, end=end, **words), **fields)


def states(bookable: BookableSession) -> list[str]:
    return list(bookable.bookings.order_by("pk").values_list("state", flat=True))


def mails(kind: str) -> list[str]:
    return list(EmailMessage.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


def test_book_takes_a_place_and_the_next_one_waits(event):
    bookable = workshop(event, capacity=1)
    first, second, third = people(event, 3)

    assert [book(one, bookable=bookable).state for one in (first, second, third)] == [BOOKED, WAITING, WAITING]

    bookable.refresh_from_db()
    assert bookable.seats_taken == 1
    assert [one.waiting_position() for one in bookable.bookings.order_by("pk")] == [None, 1, 2]


def test_booking_twice_changes_nothing(event):
    bookable, [person] = workshop(event, capacity=5), people(event, 1)

    assert book(person, bookable=bookable) == book(person, bookable=bookable)

    bookable.refresh_from_db()
    assert (bookable.seats_taken, bookable.bookings.count()) == (1, 1)


def test_place_that_is_given_up_is_offered_with_a_deadline(event):
    bookable = workshop(event, capacity=1)
    first, second = people(event, 2)
    book(first, bookable=bookable)
    book(second, bookable=bookable)

    leave(first, bookable=bookable)
    leave(first, bookable=bookable)

    offered = bookable.bookings.get(registration=second)
    assert states(bookable) == [CANCELLED, OFFERED]
    assert timezone.now() < offered.expires_at <= timezone.now() + dt.timedelta(hours=48)
    assert mails(letters.SESSION_OFFERED) == [second.email]
    assert accept(second, bookable=bookable).state == BOOKED
    assert accept(second, bookable=bookable).state == BOOKED


def test_offer_that_is_not_accepted_goes_to_the_next(event):
    bookable = workshop(event, capacity=1)
    first, second, third = people(event, 3)
    for one in (first, second, third):
        book(one, bookable=bookable)
    leave(first, bookable=bookable)

    assert settle_due(timezone.now() + dt.timedelta(days=3)) == 1

    assert states(bookable) == [CANCELLED, EXPIRED, OFFERED]
    assert mails(letters.SESSION_EXPIRED) == [second.email]
    with pytest.raises(DomainError, match="not offered to you any more"):
        accept(second, bookable=bookable)


def test_who_accepts_too_late_finds_it_expired_and_the_place_handed_on(event):
    bookable = workshop(event, capacity=1)
    first, second, third = people(event, 3)
    for one in (first, second, third):
        book(one, bookable=bookable)
    leave(first, bookable=bookable)
    SessionBooking.objects.filter(state=OFFERED).update(expires_at=timezone.now())

    assert accept(second, bookable=bookable).state == EXPIRED

    assert states(bookable) == [CANCELLED, EXPIRED, OFFERED]


def test_nobody_overtakes_whoever_waits(event):
    bookable = workshop(event, capacity=1)
    first, second, third = people(event, 3)
    for one in (first, second):
        book(one, bookable=bookable)
    BookableSession.objects.filter(pk=bookable.pk).update(capacity=2)  # behind the rule's back

    assert book(third, bookable=bookable).state == WAITING
    assert states(bookable) == [BOOKED, OFFERED, WAITING]


def test_sessions_at_the_same_time_are_refused_by_name(event):
    [person] = people(event, 1)
    book(person, bookable=workshop(event, "09:00", "10:30", title="Writing a test plan"))

    with pytest.raises(ChoiceRefused, match="“Writing a test plan”, which you have booked"):
        book(person, bookable=workshop(event, "10:00", "11:00"))

    assert person.bookings.count() == 1


@pytest.mark.parametrize(
    ("times", "clashes"),
    [
        (("10:00", "11:00"), False),  # touching ends
        (("08:00", "09:00"), False),
        (("", ""), False),
        (("09:59", ""), True),
        (("10:00", ""), False),
        (("09:00", ""), True),
        (("08:00", "12:00"), True),
    ],
)
def test_only_what_overlaps_clashes(event, times, clashes):
    [person] = people(event, 1)
    book(person, bookable=workshop(event, "09:00", "10:00"))
    other = workshop(event, *times)

    if clashes:
        with pytest.raises(ChoiceRefused):
            book(person, bookable=other)
    else:
        assert book(person, bookable=other).state == BOOKED


def test_cancelled_session_does_not_clash(event):
    [person] = people(event, 1)
    first = workshop(event)
    book(person, bookable=first)
    first.session.status = SessionStatus.CANCELLED
    first.session.save()
    make_booking_rules(event, most=1)

    assert book(person, bookable=workshop(event)).state == BOOKED


def test_one_may_wait_beside_a_booked_session_but_not_accept(event):
    first, second = people(event, 2)
    full, other = workshop(event, capacity=1), workshop(event, title="The other one")
    book(first, bookable=full)
    book(second, bookable=other)

    assert book(second, bookable=full).state == WAITING
    leave(first, bookable=full)
    with pytest.raises(DomainError, match="The other one"):
        accept(second, bookable=full)
    choose(second, leave=[other])
    assert accept(second, bookable=full).state == BOOKED


def test_sessions_are_exchanged_in_one_step(event):
    [person] = people(event, 1)
    old, new = workshop(event, capacity=1), workshop(event, capacity=1)
    book(person, bookable=old)

    choose(person, book=[new], leave=[old])

    assert [one.bookable for one in person.bookings.active()] == [new]


def test_a_choice_is_stored_as_a_whole_or_not_at_all(event):
    [person] = people(event, 1)
    kept, good = workshop(event, "07:00", "08:00"), workshop(event, "11:00", "12:00")
    book(person, bookable=kept)
    clash = workshop(event, "11:30", "12:30")

    with pytest.raises(ChoiceRefused) as refused:
        choose(person, book=[good, clash], leave=[kept])

    assert list(refused.value.problems) == [clash.pk]
    assert [one.bookable for one in person.bookings.active()] == [kept]
    kept.refresh_from_db()
    assert kept.seats_taken == 1


def test_most_is_enforced_and_least_is_not(event):
    [person] = people(event, 1)
    make_booking_rules(event, least=1, most=2)
    first, second, third = (workshop(event, f"{hour}:00", f"{hour}:30") for hour in ("09", "10", "11"))

    choose(person, book=[first, second])
    with pytest.raises(ChoiceRefused, match="at most 2 sessions"):
        book(person, bookable=third)
    choose(person, leave=[first, second])

    assert not person.bookings.active().exists()


@pytest.mark.parametrize("until", ["own", "rules", "begin"])
def test_nobody_books_after_the_deadline(event, until):
    [person] = people(event, 1)
    now = timezone.now()
    bookable = workshop(event, books_until=now + dt.timedelta(hours=1) if until == "own" else None)
    make_booking_rules(event, books_until=now + dt.timedelta(hours=1) if until == "rules" else None)
    late = bookable.session.starts_at if until == "begin" else now + dt.timedelta(hours=1)

    with pytest.raises(ChoiceRefused, match=r"cannot be booked|is over"):
        book(person, bookable=bookable, at=late)
    assert book(person, bookable=bookable, at=late - dt.timedelta(seconds=1)).state == BOOKED
    choose(person, leave=[bookable], at=late)


def test_only_confirmed_people_of_the_edition_book(event):
    bookable = workshop(event)
    pending = make_registration(make_ticket_type(event, needs_approval=True))

    with pytest.raises(DomainError, match="once your registration is confirmed"):
        book(pending, bookable=bookable)
    with pytest.raises(ChoiceRefused, match="another edition"):
        book(make_registration(), bookable=bookable)


def test_who_may_book_depends_on_the_ticket_type(event):
    online = make_ticket_type(event, attendance_mode=AttendanceMode.ONLINE)
    onsite = make_ticket_type(event, attendance_mode=AttendanceMode.ONSITE)
    for bookable in (workshop(event, is_onsite_only=True), workshop(event, ticket_types=[onsite])):
        with pytest.raises(ChoiceRefused, match="Your way to attend"):
            book(make_registration(online), bookable=bookable)
        assert book(make_registration(onsite), bookable=bookable).state == BOOKED


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.DRAFT])
def test_nobody_books_at_an_edition_that_does_not_take_place(event, status):
    bookable, [person] = workshop(event), people(event, 1)
    event.status = status
    event.save()

    with pytest.raises(ChoiceRefused, match="cannot be booked"):
        book(person, bookable=bookable)


def test_sessions_end_with_the_registration_and_go_on(event):
    bookable = workshop(event, capacity=1)
    first, second = people(event, 2)
    book(first, bookable=bookable)
    book(second, bookable=bookable)

    cancel(first)

    assert states(bookable) == [CANCELLED, OFFERED]
    assert mails(letters.SESSION_WITHDRAWN) == []
    cancel(second)
    bookable.refresh_from_db()
    assert bookable.seats_taken == 0


def test_change_of_type_takes_only_what_the_new_one_does_not_include(event):
    onsite = make_ticket_type(event, attendance_mode=AttendanceMode.ONSITE)
    online = make_ticket_type(event, attendance_mode=AttendanceMode.ONLINE)
    kept, lost = workshop(event, "09:00", "10:00"), workshop(event, "11:00", "12:00", is_onsite_only=True)
    person = make_registration(onsite)
    choose(person, book=[kept, lost])

    change_type(person, ticket_type=online)

    assert [one.bookable for one in person.bookings.active()] == [kept]
    assert mails(letters.SESSION_WITHDRAWN) == [person.email]
    change_type(person, ticket_type=make_ticket_type(event, needs_approval=True))
    assert not person.bookings.active().exists()


def test_more_places_go_to_whoever_waits_and_fewer_than_taken_are_refused(event):
    bookable = workshop(event, capacity=1)
    for one in people(event, 4):
        book(one, bookable=bookable)

    change_places(bookable, capacity=3)
    with pytest.raises(DomainError, match="3 places are taken"):
        change_places(bookable, capacity=2)
    assert states(bookable) == [BOOKED, OFFERED, OFFERED, WAITING]
    change_places(bookable, capacity=None)

    assert states(bookable) == [BOOKED, OFFERED, OFFERED, OFFERED]
    assert bookable.seats_taken == 4


def test_many_new_places_are_handed_on_some_at_a_time_and_nobody_comes_between(event, monkeypatch):
    monkeypatch.setattr(session_places, "AT_ONCE", 2)
    bookable = workshop(event, capacity=1)
    *crowd, late = people(event, 8)
    for one in crowd:
        book(one, bookable=bookable)

    change_places(bookable, capacity=None)
    assert states(bookable) == [BOOKED] + [OFFERED] * 2 + [WAITING] * 4
    assert [one.func() for one in OrmQ.objects.all()].count("registrations.jobs.look_after_sessions") == 1
    assert book(late, bookable=bookable).state == WAITING  # which serves two before, and two after
    assert states(bookable) == [BOOKED] + [OFFERED] * 6 + [WAITING]

    assert settle_due(timezone.now()) == 1
    assert states(bookable) == [BOOKED] + [OFFERED] * 7
    assert len(mails(letters.SESSION_OFFERED)) == 7


def test_many_offers_that_expire_are_taken_back_some_at_a_time(event, monkeypatch):
    monkeypatch.setattr(session_places, "AT_ONCE", 2)
    bookable = workshop(event, capacity=1)
    for one in people(event, 12):
        book(one, bookable=bookable)
    change_places(bookable, capacity=6)
    settle_due(timezone.now())
    bookable.bookings.filter(state=OFFERED).update(expires_at=timezone.now())

    with keeping([bookable.pk], at=timezone.now()) as kept:
        assert len(expire_due(kept, timezone.now())) == 2
    assert states(bookable) == [BOOKED] + [EXPIRED] * 2 + [OFFERED] * 5 + [WAITING] * 4
    settle_due(timezone.now())

    assert states(bookable) == [BOOKED] + [EXPIRED] * 5 + [OFFERED] * 5 + [WAITING]
    bookable.refresh_from_db()
    assert bookable.seats_taken == 6


def test_organizer_takes_a_place_back_with_a_reason(event):
    bookable, [person] = workshop(event), people(event, 1)
    book(person, bookable=bookable)

    leave(person, bookable=bookable, by=Actor.ORGANIZER, reason="The room is smaller")

    booking = bookable.bookings.get()
    assert (booking.state, booking.changed_by, booking.reason) == (CANCELLED, "organizer", "The room is smaller")
    assert mails(letters.SESSION_WITHDRAWN) == [person.email]


def test_nothing_is_offered_of_a_session_that_does_not_take_place(event):
    bookable = workshop(event, capacity=1)
    first, second = people(event, 2)
    for one in (first, second):
        book(one, bookable=bookable)
    bookable.session.status = SessionStatus.CANCELLED
    bookable.session.save()

    leave(first, bookable=bookable)
    assert states(bookable) == [CANCELLED, WAITING]
    assert settle_due(timezone.now()) == 0

    bookable.session.status = SessionStatus.PUBLISHED
    bookable.session.save()
    assert settle_due(timezone.now()) == 1
    assert states(bookable) == [CANCELLED, OFFERED]


def test_an_offer_that_runs_out_while_the_session_is_off_is_made_again(event):
    bookable = workshop(event, capacity=1)
    first, second = people(event, 2)
    for one in (first, second):
        book(one, bookable=bookable)
    leave(first, bookable=bookable)
    bookable.bookings.filter(state=OFFERED).update(expires_at=timezone.now())

    for status, expected in ((SessionStatus.CANCELLED, WAITING), (SessionStatus.PUBLISHED, OFFERED)):
        bookable.session.status = status
        bookable.session.save()
        settle_due(timezone.now())
        assert states(bookable) == [CANCELLED, expected]
    assert not mails(letters.SESSION_EXPIRED)


def test_the_database_forbids_what_the_rules_forbid(event):
    bookable = workshop(event, capacity=1)
    [person] = people(event, 1)
    book(person, bookable=bookable)

    for change in (
        lambda: BookableSession.objects.update(seats_taken=2),
        lambda: SessionBooking.objects.create(registration=person, bookable=bookable, state=BOOKED),
        lambda: SessionBooking.objects.update(state=OFFERED),
        lambda: SessionBooking.objects.update(state=WAITING),
        lambda: SessionBooking.objects.update(state="maybe"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("count", [1, 8])
def test_queries_do_not_grow_with_the_people(event, django_assert_max_num_queries, count):
    bookable = workshop(event, capacity=count)
    *others, person = people(event, count + 1)
    for one in others:
        book(one, bookable=bookable)

    with django_assert_max_num_queries(12):
        assert book(person, bookable=bookable).state == WAITING
