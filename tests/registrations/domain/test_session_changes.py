"""Telling people of sessions that are not as they know them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from events.domain.moving import move_session
from events.enums import SessionStatus
from events.models import CalendarRecord
from forum_site.mail.compose import compose
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.bookings import book, leave
from registrations.domain.erase import erase
from registrations.domain.session_changes import QUIET, tell_of_changes
from registrations.domain.session_places import change_places, settle_due
from registrations.enums import Actor, BookingState
from registrations.jobs import look_after_sessions
from registrations.models import BookableSession
from registrations.queries.booking_rules import facts_of
from tests.factories import make_bookable, make_event, make_registration, make_room, make_session, make_ticket_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def bookable() -> BookableSession:
    event = make_event(name_en="The Forum", name_zh_hans="论坛")
    session = make_session(event, start="09:00", end="10:00", title_en="Workshop", title_zh_hans="工作坊")
    return make_bookable(session, capacity=1)


def later() -> dt.datetime:
    return timezone.now() + QUIET + dt.timedelta(seconds=5)


def told(kind: str) -> list[EmailMessage]:
    return list(EmailMessage.objects.filter(kind=kind).order_by("pk"))


def calendar_of(message: EmailMessage) -> str:
    [attachment] = compose(message).attachments
    return attachment.content if isinstance(attachment.content, str) else attachment.content.decode()


def sequence(text: str) -> int:
    return int(text.split("SEQUENCE:")[1].split()[0])


def move(bookable: BookableSession, hour: int) -> None:
    bookable.session.refresh_from_db()
    move_session(bookable.session, day=bookable.session.day, start=dt.time(hour))


def set_status(bookable: BookableSession, status: SessionStatus) -> None:
    bookable.session.refresh_from_db()
    bookable.session.status = status
    bookable.session.save()


def test_move_is_told_once_with_an_updated_calendar(bookable):
    person = make_registration(make_ticket_type(bookable.session.event))
    book(person, bookable=bookable)
    before = CalendarRecord.objects.get(guid=bookable.session.guid).sequence

    move(bookable, 14)
    assert tell_of_changes(timezone.now()) == 0
    assert tell_of_changes(later()) == 1
    assert tell_of_changes(later()) == 0

    [mail] = told(letters.SESSION_MOVED)
    composed, calendar = compose(mail), calendar_of(mail)
    assert composed.subject == "Moved: Workshop"
    assert "14:00" in composed.text
    assert "Before: " in composed.text
    assert "09:00" in composed.text
    assert "METHOD:PUBLISH" in calendar
    assert "T140000" in calendar
    assert f"UID:{bookable.session.guid}@" in calendar
    assert sequence(calendar) > before


def test_move_there_and_back_is_no_mail(bookable):
    book(make_registration(make_ticket_type(bookable.session.event)), bookable=bookable)

    move(bookable, 14)
    move(bookable, 9)

    assert tell_of_changes(later()) == 0


def test_other_room_is_told_and_another_abstract_is_not(bookable):
    book(make_registration(make_ticket_type(bookable.session.event)), bookable=bookable)
    session = bookable.session
    session.abstract_en = "New words"
    session.save()
    assert tell_of_changes(later()) == 0

    session.room = make_room(name_en="Tide Room")
    session.save()

    assert tell_of_changes(later()) == 1
    assert " · Tide Room" in compose(told(letters.SESSION_MOVED)[0]).text


def test_move_that_clashes_drops_nobody_and_says_so(bookable):
    event = bookable.session.event
    person = make_registration(make_ticket_type(event))
    other = make_bookable(make_session(event, start="14:00", end="15:00", title_en="The other one"))
    book(person, bookable=bookable)
    book(person, bookable=other)

    move(bookable, 14)
    tell_of_changes(later())

    assert person.bookings.booked().count() == 2
    assert "same time as “The other one”" in compose(told(letters.SESSION_MOVED)[0]).text


def test_cancelled_session_is_taken_out_of_calendars_and_comes_back(bookable):
    first, second = (make_registration(make_ticket_type(bookable.session.event)) for _ in range(2))
    book(first, bookable=bookable)
    book(second, bookable=bookable)

    set_status(bookable, SessionStatus.CANCELLED)
    assert tell_of_changes(later()) == 2
    booked, waiting = told(letters.SESSION_CANCELLED)
    assert "METHOD:CANCEL" in calendar_of(booked)
    assert "STATUS:CANCELLED" in calendar_of(booked)
    assert (waiting.recipient, compose(waiting).attachments) == (second.email, [])

    set_status(bookable, SessionStatus.PUBLISHED)
    assert tell_of_changes(later()) == 2
    assert compose(told(letters.SESSION_MOVED)[0]).subject == "Takes place after all: Workshop"
    assert first.bookings.get().state == BookingState.BOOKED


def test_hidden_session_is_a_cancelled_one_for_those_who_booked_it(bookable):
    book(make_registration(make_ticket_type(bookable.session.event), language="zh-hans"), bookable=bookable)

    set_status(bookable, SessionStatus.DRAFT)
    tell_of_changes(later())

    [mail] = told(letters.SESSION_CANCELLED)
    assert "工作坊" in compose(mail).subject
    assert "METHOD:CANCEL" in calendar_of(mail)


def test_offer_of_a_cancelled_session_waits_again_and_is_renewed(bookable):
    first, second = (make_registration(make_ticket_type(bookable.session.event)) for _ in range(2))
    book(first, bookable=bookable)
    book(second, bookable=bookable)
    leave(first, bookable=bookable)

    set_status(bookable, SessionStatus.CANCELLED)
    tell_of_changes(later())
    assert second.bookings.get().state == BookingState.WAITING

    set_status(bookable, SessionStatus.PUBLISHED)
    tell_of_changes(later())
    assert second.bookings.get().state == BookingState.OFFERED


def test_who_books_after_the_change_knows_it_already(bookable):
    BookableSession.objects.update(capacity=None)
    first, second = (make_registration(make_ticket_type(bookable.session.event)) for _ in range(2))
    book(first, bookable=bookable)
    move(bookable, 14)
    book(second, bookable=bookable)

    assert tell_of_changes(later()) == 1
    assert tell_of_changes(later()) == 0
    assert [mail.recipient for mail in told(letters.SESSION_MOVED)] == [first.email]
    bookable.refresh_from_db()
    assert bookable.known_facts == facts_of(bookable.session)


def test_who_books_between_a_move_there_and_back_is_told_of_the_way_back(bookable):
    BookableSession.objects.update(capacity=None)
    first, second = (make_registration(make_ticket_type(bookable.session.event)) for _ in range(2))
    book(first, bookable=bookable)
    move(bookable, 14)
    book(second, bookable=bookable)
    move(bookable, 9)

    assert tell_of_changes(later()) == 1
    [mail] = told(letters.SESSION_MOVED)
    assert mail.recipient == second.email
    assert "14:00" in compose(mail).text


def test_the_job_does_nothing_where_nothing_changed(bookable, django_assert_max_num_queries: Any):
    book(make_registration(make_ticket_type(bookable.session.event)), bookable=bookable)

    with django_assert_max_num_queries(3):
        assert look_after_sessions() == 0


def test_nobody_writes_to_an_erased_person_even_when_the_edition_moves(bookable):
    event = bookable.session.event
    ticket_type = make_ticket_type(event)
    person, waiting = make_registration(ticket_type), make_registration(ticket_type)
    for one in (person, waiting):
        book(one, bookable=bookable)
    with time_machine.travel(dt.datetime.combine(event.ends_on + dt.timedelta(days=2), dt.time(), tzinfo=dt.UTC)):
        for one in (person, waiting):
            one.refresh_from_db()
            erase(one, by=Actor.SCHEDULE, with_mail=False)
    known = EmailMessage.objects.count()

    move(bookable, 14)
    assert tell_of_changes(later()) == 0
    set_status(bookable, SessionStatus.CANCELLED)
    assert tell_of_changes(later()) == 0
    set_status(bookable, SessionStatus.PUBLISHED)
    change_places(bookable, capacity=5)
    assert settle_due(later()) == 0
    assert EmailMessage.objects.count() == known
    assert not EmailMessage.objects.filter(recipient="", state__in=["queued", "held"]).exists()
