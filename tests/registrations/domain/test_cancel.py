"""Cancelling, the waiting list and the organizer's answers."""

from __future__ import annotations

import pytest

from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain.cancel import cancel
from registrations.domain.decisions import confirm, decline
from registrations.domain.details import edit_details
from registrations.domain.links import resend_link
from registrations.domain.places import change_capacity
from registrations.enums import RegistrationStatus
from registrations.models import Registration, TicketType
from tests.factories import make_event, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


def mails(registration: Registration) -> list[str]:
    reference = f"registration:{registration.guid}"
    return list(EmailMessage.objects.filter(reference=reference).order_by("pk").values_list("kind", flat=True))


def statuses(*registrations: Registration) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.status for registration in registrations]


def test_cancel_gives_the_seat_to_the_next_person_waiting():
    ticket_type = make_ticket_type(capacity=1, promotes_at_once=True)
    first, second, third = (make_registration(ticket_type) for _ in range(3))

    cancel(first, reason="Travel")

    assert statuses(first, second, third) == ["cancelled", "confirmed", "waitlisted"]
    assert third.waiting_position() == 1
    assert mails(first) == ["registration_confirmed", "registration_cancelled"]
    assert mails(second) == ["registration_waitlisted", "registration_promoted"]
    assert (first.calendar_sequence, first.status_reason) == (1, "Travel")
    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == 1


def test_cancel_twice_changes_nothing_the_second_time():
    ticket_type = make_ticket_type(capacity=2)
    registration, other = make_registration(ticket_type), make_registration(ticket_type)

    cancel(registration)
    cancel(registration)

    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == 1
    assert mails(registration) == ["registration_confirmed", "registration_cancelled"]
    assert statuses(other) == ["confirmed"]


def test_cancel_lets_somebody_leave_the_waiting_list():
    ticket_type = make_ticket_type(capacity=1)
    first, second, third = (make_registration(ticket_type) for _ in range(3))

    cancel(second)

    assert statuses(first, second, third) == ["confirmed", "cancelled", "waitlisted"]
    assert third.waiting_position() == 1
    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == 1


def test_cancel_promotes_to_pending_where_approval_is_needed():
    ticket_type = make_ticket_type(capacity=1, needs_approval=True, promotes_at_once=True)
    first, second = make_registration(ticket_type), make_registration(ticket_type)

    cancel(first)

    assert statuses(second) == ["pending"]


def test_cancel_at_a_cancelled_edition_promotes_nobody():
    ticket_type = make_ticket_type(capacity=1)
    first, second = make_registration(ticket_type), make_registration(ticket_type)
    ticket_type.event.status = EventStatus.CANCELLED
    ticket_type.event.save()

    cancel(Registration.objects.get(pk=first.pk))

    assert statuses(second) == ["waitlisted"]


def test_change_capacity_gives_new_places_to_the_first_in_line():
    ticket_type = make_ticket_type(capacity=1)
    people = [make_registration(ticket_type) for _ in range(4)]

    change_capacity(ticket_type, capacity=3)

    assert statuses(*people) == ["confirmed", "offered", "offered", "waitlisted"]
    assert (ticket_type.capacity, ticket_type.seats_taken) == (3, 3)


def test_change_capacity_without_limit_empties_the_waiting_list():
    ticket_type = make_ticket_type(capacity=1)
    people = [make_registration(ticket_type) for _ in range(4)]

    change_capacity(ticket_type, capacity=None)

    assert statuses(*people) == ["confirmed", "offered", "offered", "offered"]
    assert make_registration(ticket_type).status == RegistrationStatus.CONFIRMED


def test_change_capacity_refuses_less_than_is_taken():
    ticket_type = make_ticket_type(capacity=2)
    make_registration(ticket_type)
    make_registration(ticket_type)

    with pytest.raises(DomainError, match="2 places are taken already"):
        change_capacity(ticket_type, capacity=1)
    assert TicketType.objects.get().capacity == 2


def test_confirm_keeps_the_seat_and_mails_once():
    ticket_type = make_ticket_type(capacity=1, needs_approval=True)
    registration = make_registration(ticket_type)

    confirm(registration)
    confirm(registration)

    assert statuses(registration) == ["confirmed"]
    assert mails(registration) == ["registration_pending", "registration_confirmed"]
    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == 1


def test_confirm_refuses_whoever_waits_or_is_gone():
    ticket_type = make_ticket_type(capacity=1)
    first, waiting = make_registration(ticket_type), make_registration(ticket_type)

    with pytest.raises(DomainError, match="No place is free"):
        confirm(waiting)
    cancel(first)
    with pytest.raises(DomainError, match="over"):
        confirm(first)


def test_decline_hands_the_seat_on():
    ticket_type = make_ticket_type(capacity=1, needs_approval=True)
    first, second = make_registration(ticket_type), make_registration(ticket_type)

    decline(first, reason="For members only")
    decline(first, reason="Again")

    assert statuses(first, second) == ["declined", "offered"]
    assert first.status_reason == "For members only"
    assert mails(first) == ["registration_pending", "registration_declined"]


def test_decline_refuses_a_confirmed_registration():
    with pytest.raises(DomainError, match="Cancel it instead"):
        decline(make_registration(), reason="")


def test_edit_details_stores_everything_but_the_address():
    registration = make_registration(email="ada@example.org")

    edit_details(
        registration,
        full_name="Ada L.",
        organization="Society",
        country="CN",
        language="zh-hans",
        timezone_name="Asia/Shanghai",
    )

    registration.refresh_from_db()
    assert (registration.full_name, registration.organization) == ("Ada L.", "Society")
    assert (registration.country.code, registration.language) == ("CN", "zh-hans")
    assert (registration.timezone_name, registration.email) == ("Asia/Shanghai", "ada@example.org")


def test_edit_details_refuses_a_cancelled_registration():
    registration = cancel(make_registration())

    with pytest.raises(DomainError):
        edit_details(registration, full_name="A", organization="", country="CN", language="en", timezone_name="")


def test_resend_link_mails_only_whoever_is_registered_there():
    registration = make_registration(email="ada@example.org")

    resend_link(registration.event, email=" ADA@example.org")
    resend_link(registration.event, email="nobody@example.org")
    resend_link(make_event(), email="ada@example.org")

    assert mails(registration) == ["registration_confirmed", "registration_existing"]
    assert EmailMessage.objects.count() == 2
