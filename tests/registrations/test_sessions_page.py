"""Choosing sessions by the personal link, and what the other pages say of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from events.queries.filters import short_name
from registrations.domain.bookings import book, leave
from registrations.domain.cancel import cancel
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


@pytest.fixture
def event() -> Event:
    return make_event(slug="forum")


@pytest.fixture
def registration(event: Event) -> Registration:
    return make_registration(make_ticket_type(event), timezone_name="Africa/Nairobi")


def workshop(event: Event, start: str = "09:00", end: str = "10:00", **fields: Any) -> BookableSession:
    return make_bookable(make_session(event, start=start, end=end), **fields)


def url(registration: Registration, rest: str = "", language: str = "en") -> str:
    return f"/{language}/registrations/{registration.secret}/{rest}"


def key(bookable: BookableSession) -> str:
    return short_name(bookable.session)


def save(client: Client, registration: Registration, *ticked: BookableSession, had: Any = ()) -> Any:
    data = {"session": [key(one) for one in ticked], "had": [key(one) for one in had]}
    return client.post(url(registration, "sessions/"), data)


def chosen(registration: Registration) -> dict[BookableSession, str]:
    return {one.bookable: one.state for one in registration.bookings.active()}


def page(client: Client, registration: Registration, rest: str = "") -> str:
    return client.get(url(registration, rest)).content.decode()


def test_ticked_sessions_are_booked_and_stand_on_the_personal_page(client, event, registration):
    bookable = workshop(event, capacity=2)
    assert "2 of 2 places left" in page(client, registration, "sessions/")

    response = save(client, registration, bookable)

    assert response["Location"] == f"{url(registration)}?done=sessions#my-sessions"
    assert "no-store" in response["Cache-Control"]
    shown = client.get(response["Location"]).content.decode()
    assert "Your sessions are saved." in shown
    assert f"Give up my place: {bookable.session.title}" in shown
    assert f'value="{key(bookable)}" checked' in page(client, registration, "sessions/")


def test_edition_without_such_sessions_does_not_speak_of_them(client, event, registration):
    make_session(event)

    assert "My sessions" not in page(client, registration)
    assert "no sessions to choose" in page(client, registration, "sessions/")


def test_clash_is_said_beside_the_session_and_nothing_is_changed(client, event, registration):
    first, second = workshop(event), workshop(event, "09:30", "10:30")
    save(client, registration, first)

    response = save(client, registration, first, second, had=[first])

    shown = response.content.decode()
    assert response.status_code == 200
    assert f"It runs at the same time as “{first.session.title}”" in shown
    assert f'aria-describedby="problem-{key(second)}"' in shown
    assert f'href="#choice-{key(second)}"' in shown
    assert chosen(registration) == {first: "booked"}


def test_only_what_the_form_showed_is_given_up(client, event, registration):
    """A form from before another was sent takes nothing away, and sent twice it changes nothing more."""
    first, second = workshop(event), workshop(event, "11:00", "12:00")
    save(client, registration, first)

    for _time in range(2):
        save(client, registration, second)
        assert chosen(registration) == {first: "booked", second: "booked"}

    for _time in range(2):
        save(client, registration, second, had=[first, second])
        assert chosen(registration) == {second: "booked"}


def test_full_session_has_a_waiting_list_with_positions(client, event, registration):
    bookable = workshop(event, capacity=1)
    book(make_registration(registration.ticket_type), bookable=bookable)
    assert "Full, waiting list open" in page(client, registration, "sessions/")

    save(client, registration, bookable)

    assert "Waiting list, place 1" in page(client, registration)
    assert "You are on the waiting list." in page(client, registration, "sessions/")


@pytest.mark.parametrize("answer", ["accept", "leave"])
def test_offer_is_answered_by_one_click(client, event, registration, answer):
    bookable = workshop(event, capacity=1)
    other = make_registration(registration.ticket_type)
    book(other, bookable=bookable)
    book(registration, bookable=bookable)
    leave(other, bookable=bookable)
    shown = page(client, registration)
    assert "Accept the place" in shown
    assert "Kept for you until" in shown

    for _time in range(2):
        response = client.post(url(registration, "sessions/answer/"), {answer: key(bookable)})

    assert chosen(registration) == ({bookable: "booked"} if answer == "accept" else {})
    assert response.status_code in {200, 302}


def test_offer_that_clashes_says_with_what(client, event, registration):
    full, mine = workshop(event, capacity=1), workshop(event)
    other = make_registration(registration.ticket_type)
    book(other, bookable=full)
    book(registration, bookable=full)
    book(registration, bookable=mine)
    leave(other, bookable=full)

    response = client.post(url(registration, "sessions/answer/"), {"accept": key(full)})

    assert f"It runs at the same time as “{mine.session.title}”" in response.content.decode()
    assert chosen(registration) == {full: "offered", mine: "booked"}


def test_late_answer_is_told(client, event, registration):
    bookable = workshop(event, capacity=1)
    other = make_registration(registration.ticket_type)
    book(other, bookable=bookable)
    book(registration, bookable=bookable)
    leave(other, bookable=bookable)
    SessionBooking.objects.filter(state="offered").update(expires_at=timezone.now())
    assert "Accept the place" not in page(client, registration)

    response = client.post(url(registration, "sessions/answer/"), {"accept": key(bookable)}, follow=True)

    assert "The time to accept was over." in response.content.decode()


def test_moved_sessions_that_clash_are_marked(client, event, registration):
    first, second = workshop(event), workshop(event, "11:00", "12:00")
    save(client, registration, first, second)
    second.session.starts_at, second.session.ends_at = first.session.starts_at, first.session.ends_at
    second.session.save()

    assert f"At the same time as “{first.session.title}”" in page(client, registration)


def test_hidden_session_is_shown_as_cancelled_and_can_be_given_up(client, event, registration):
    bookable = workshop(event)
    save(client, registration, bookable)
    bookable.session.status = "draft"
    bookable.session.save()

    assert "Cancelled" in page(client, registration)
    assert f'href="{bookable.session.get_absolute_url()}"' not in page(client, registration)
    client.post(url(registration, "sessions/answer/"), {"leave": key(bookable)})
    assert chosen(registration) == {}


def test_how_many_are_asked_for_is_said_and_after_the_deadline_missed(client, event, registration):
    bookable = workshop(event)
    rules = make_booking_rules(event, least=2, most=3, books_until=timezone.now() + dt.timedelta(days=1))
    assert "Please choose at least 2 sessions. You can book at most 3 sessions." in page(client, registration)

    rules.books_until = timezone.now()
    rules.save()

    assert "You have chosen fewer sessions than the 2" in page(client, registration)
    shown = page(client, registration, "sessions/")
    assert "The time to book this session is over." in shown
    assert f'value="{key(bookable)}" disabled' in shown
    save(client, registration, bookable)
    assert chosen(registration) == {}


def test_bad_input_changes_nothing(client, event, registration):
    bookable, foreign = workshop(event, capacity=1), workshop(make_event())
    hidden = make_bookable(make_session(event, status="draft"))
    other = make_registration(registration.ticket_type)
    book(other, bookable=bookable)

    for bad in (key(foreign), key(hidden), str(bookable.pk), "x" * 5000, "\0", "", "<b>"):
        assert client.post(url(registration, "sessions/"), {"session": [bad], "had": [bad]}).status_code == 302
        for name in ("accept", "leave"):
            assert client.post(url(registration, "sessions/answer/"), {name: bad}).status_code == 302
    assert client.post(url(registration, "sessions/answer/"), {"leave": key(bookable)}).status_code == 302

    assert chosen(registration) == {}
    assert chosen(other) == {bookable: "booked"}
    assert not foreign.bookings.exists()


def test_only_the_page_itself_may_ask(client, event, registration):
    bookable = workshop(event)
    data = {"session": key(bookable), "accept": key(bookable)}

    for rest in ("sessions/", "sessions/answer/"):
        assert client.post(url(registration, rest), data, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
        assert client.post(f"/en/registrations/wrong/{rest}", data).status_code == 404
    assert client.get(url(registration, "sessions/answer/")).status_code == 405
    assert chosen(registration) == {}


def test_unconfirmed_people_choose_nothing(client, event):
    bookable = workshop(event)
    pending = make_registration(make_ticket_type(event, needs_approval=True))

    assert save(client, pending, bookable)["Location"] == url(pending)
    assert client.get(url(pending, "sessions/")).status_code == 302
    assert client.post(url(pending, "sessions/answer/"), {"accept": key(bookable)}).status_code == 200
    assert "once your registration is confirmed" in page(client, pending)
    assert chosen(pending) == {}


def test_booked_sessions_are_part_of_the_agenda_and_its_calendar(client, event, registration):
    bookable = workshop(event)
    save(client, registration, bookable)

    calendar = page(client, registration, "programme.ics")
    assert f"UID:{bookable.session.guid}@" in calendar
    assert f"?mine={key(bookable)}" in page(client, registration)
    assert "Take out of my agenda" not in page(client, registration)
    cancel(registration)
    assert f"UID:{bookable.session.guid}@" not in page(client, registration, "programme.ics")


def test_public_pages_say_that_places_are_limited_and_nothing_of_people(client, event, registration):
    bookable, plain = workshop(event, capacity=3), make_session(event)
    book(registration, bookable=bookable)

    session = client.get(f"/en/events/forum/sessions/{bookable.session.slug}/").content.decode()
    agenda = client.get("/en/events/forum/agenda/").content.decode()
    assert "Places are limited: choose this session in your registration." in session
    assert agenda.count("Places are limited") == 1
    assert "Places are limited" not in client.get(f"/en/events/forum/sessions/{plain.slug}/").content.decode()

    bookable.books_until = timezone.now()
    bookable.save()
    assert "Places are limited" not in client.get("/en/events/forum/agenda/").content.decode()


def test_page_speaks_chinese(client, event):
    bookable = workshop(event, capacity=5)
    registration = make_registration(make_ticket_type(event), language="zh-hans")
    book(registration, bookable=bookable)

    shown = client.get(url(registration, language="zh-hans")).content.decode()

    assert "我的场次" in shown
    assert "已预订" in shown


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(("rest", "queries"), [("", 13), ("sessions/", 8)])
def test_queries_do_not_grow(client, event, registration, django_assert_max_num_queries: Any, count, rest, queries):
    make_booking_rules(event)
    for number in range(count):
        bookable = workshop(event, f"{number:02}:00", f"{number:02}:30", capacity=count + 1)
        bookable.ticket_types.add(registration.ticket_type)
        book(registration, bookable=bookable)
    page(client, registration, rest)

    with django_assert_max_num_queries(queries):
        page(client, registration, rest)


@pytest.mark.parametrize("count", [1, 8])
def test_queries_of_saving_grow_only_with_what_is_booked(client, event, registration, count):
    sessions = [workshop(event, f"{number:02}:00", f"{number:02}:30", capacity=5) for number in range(8)]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        save(client, registration, *sessions[:count])

    assert len(asked) <= 14 + 3 * count
