"""The organizers' pages of sessions to choose."""

from __future__ import annotations

import pytest

from forum_site.accounts.enums import Role
from forum_site.mail.models import EmailMessage
from registrations.domain.bookings import book
from registrations.models import BookableSession, BookingRules, SessionBooking
from tests.admin.worlds import organizer, signed_in, url
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
def bookable() -> BookableSession:
    """A workshop with one place, one person in it and one who waits."""
    event = make_event()
    found = make_bookable(make_session(event, start="09:00", end="10:00"), capacity=1)
    ticket_type = make_ticket_type(event)
    for name in ("Ann Lee", "Bo Chen"):
        book(make_registration(ticket_type, full_name=name), bookable=found)
    return found


def test_more_places_are_offered_and_fewer_than_taken_refused(bookable):
    client = signed_in(organizer(bookable.session.event))

    client.post(url(bookable, "change"), {"capacity": 2})
    bookable.refresh_from_db()
    assert (bookable.capacity, bookable.seats_taken) == (2, 2)
    shown = client.post(url(bookable, "change"), {"capacity": 1}).content.decode()

    bookable.refresh_from_db()
    assert "2 places are taken already." in shown
    assert bookable.capacity == 2


def test_places_are_given_to_a_session_of_the_own_edition(bookable):
    event, other = bookable.session.event, make_session(make_event(), start="09:00")
    session, part = make_session(event), make_session(event, type="part")
    client = signed_in(organizer(event))
    form = client.get(f"{url(bookable, 'add')}?event={event.pk}").content.decode()
    assert f">{session.title}</option>" in form
    for refused in (other, part, bookable.session):
        assert f">{refused}</option>" not in form
        client.post(url(bookable, "add"), {"session": refused.pk, "event": refused.event_id})

    client.post(url(bookable, "add"), {"session": session.pk, "capacity": 5, "event": event.pk})

    assert BookableSession.objects.get(session=session).capacity == 5
    assert BookableSession.objects.count() == 2


def test_ticket_types_of_another_edition_are_refused(bookable):
    foreign = make_ticket_type()
    client = signed_in(organizer(None))

    client.post(url(bookable, "change"), {"capacity": 1, "ticket_types": [foreign.pk]})

    assert not bookable.ticket_types.exists()


def test_place_is_taken_back_with_a_reason_by_those_who_handle_registrations(bookable):
    booking = bookable.bookings.get(state="booked")
    address = f"{url(booking, 'change').removesuffix('change/')}do/cancel/"
    for role, code in ((Role.VIEWER, 404), (Role.EDITOR, 404), (Role.REGISTRAR, 302)):
        client = signed_in(organizer(bookable.session.event, role))
        assert client.post(address, {"reason": "Room is smaller"}).status_code in {code, 403 if code == 404 else code}

    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("cancelled", "Room is smaller")
    assert bookable.bookings.get(state="offered").registration.full_name == "Bo Chen"
    assert EmailMessage.objects.filter(kind="session_withdrawn").count() == 1


def test_bookings_are_filtered_and_exported(bookable):
    event = bookable.session.event
    client = signed_in(organizer(event))
    listed = client.get(f"{url(bookable.bookings.first(), 'changelist')}?edition={event.pk}&state=waiting")
    assert "Bo Chen" in listed.content.decode()
    assert "Ann Lee" not in listed.content.decode()

    chosen = list(SessionBooking.objects.values_list("pk", flat=True))
    data = {"action": "export_csv", "_selected_action": chosen}
    response = client.post(url(bookable.bookings.first(), "changelist"), data)
    text = b"".join(response.streaming_content).decode()

    assert text.count(bookable.session.title) == 2
    assert "Ann Lee" in text


def test_registrations_are_exported_with_their_sessions_and_filtered_by_them(bookable):
    event = bookable.session.event
    make_booking_rules(event, least=1)
    client = signed_in(organizer(event))
    registrations = f"/admin/registrations/registration/?edition={event.pk}"

    text = b"".join(client.get(f"/admin/registrations/registration/export/{event.pk}.csv").streaming_content).decode()
    few = client.get(f"{registrations}&chosen=few").content.decode()

    assert text.count(bookable.session.title) == 1
    assert "Bo Chen" in few
    assert "Ann Lee" not in few


def test_session_with_bookings_is_cancelled_not_deleted(bookable):
    client = signed_in(organizer(bookable.session.event))

    client.post(url(bookable.session, "delete"), {"post": "yes"})
    client.post(url(bookable, "delete"), {"post": "yes"})

    assert SessionBooking.objects.count() == 2


def test_rules_that_nobody_can_keep_are_refused(bookable):
    event = bookable.session.event
    client = signed_in(organizer(event))

    page = client.post("/admin/registrations/bookingrules/add/", {"event": event.pk, "least": 3, "most": 2})

    assert "at most so few sessions" in page.content.decode()
    assert not BookingRules.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_list_queries_do_not_grow(bookable, django_assert_max_num_queries, count):
    for _ in range(count):
        book(make_registration(bookable.session.event.ticket_types.get()), bookable=bookable)
        make_bookable(make_session(bookable.session.event))
    client = signed_in(organizer(bookable.session.event))
    event = bookable.session.event
    for thing in (bookable, bookable.bookings.first()):
        address = f"{url(thing, 'changelist')}?edition={event.pk}"
        client.get(address)
        with django_assert_max_num_queries(14):
            client.get(address)
