"""Registering."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from events.enums import EventStatus
from forum_site.lib.codes import digest
from forum_site.lib.errors import DomainError
from forum_site.mail.models import EmailMessage
from registrations.domain.register import register
from registrations.enums import RegistrationStatus
from registrations.models import Registration, TicketType
from tests.factories import make_event, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


def join(ticket_type: TicketType, **fields: Any) -> Registration:
    return make_registration(ticket_type, **fields)


def seats(ticket_type: TicketType) -> int:
    ticket_type.refresh_from_db()
    return ticket_type.seats_taken


def test_register_confirms_and_takes_a_seat():
    ticket_type = make_ticket_type(capacity=2)

    registration = join(ticket_type, email=" Ada@Example.org ", timezone_name="Africa/Nairobi")

    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CONFIRMED
    assert (registration.email, registration.email_key) == ("Ada@Example.org", "ada@example.org")
    assert registration.secret_digest == digest(registration.secret)
    assert Registration.objects.with_secret(registration.secret).get() == registration
    assert seats(ticket_type) == 1


def test_register_writes_one_mail_and_one_job():
    registration = join(make_ticket_type(), language="zh-hans")

    message = EmailMessage.objects.get()
    assert (message.kind, message.recipient) == ("registration_confirmed", registration.email)
    assert (message.language, message.event) == ("zh-hans", registration.event)
    assert message.reference == f"registration:{registration.guid}"
    assert OrmQ.objects.count() == 1


def test_register_keeps_a_seat_for_whoever_needs_approval():
    ticket_type = make_ticket_type(capacity=1, needs_approval=True)

    assert join(ticket_type).status == RegistrationStatus.PENDING
    assert join(ticket_type).status == RegistrationStatus.WAITLISTED
    assert [message.kind for message in EmailMessage.objects.order_by("pk")] == [
        "registration_pending",
        "registration_waitlisted",
    ]


def test_register_puts_people_on_the_waiting_list_in_order():
    ticket_type = make_ticket_type(capacity=1)
    join(ticket_type)

    waiting = [join(ticket_type) for _ in range(3)]

    assert [one.status for one in waiting] == [RegistrationStatus.WAITLISTED] * 3
    assert [one.waiting_number for one in waiting] == [1, 2, 3]
    assert [one.waiting_position() for one in waiting] == [1, 2, 3]
    assert seats(ticket_type) == 1


def test_register_lets_nobody_overtake_the_waiting_list():
    ticket_type = make_ticket_type(capacity=1)
    join(ticket_type)
    join(ticket_type)
    TicketType.objects.filter(pk=ticket_type.pk).update(capacity=5)

    late = join(ticket_type)

    assert late.status == RegistrationStatus.CONFIRMED
    assert Registration.objects.filter(status=RegistrationStatus.OFFERED).count() == 1


def test_register_again_gives_the_existing_registration_untouched():
    ticket_type = make_ticket_type()
    first = join(ticket_type, email="ada@example.org", full_name="Ada")

    second = join(ticket_type, email="ADA@example.org", full_name="Somebody else")

    assert second == first
    assert Registration.objects.get().full_name == "Ada"
    assert seats(ticket_type) == 1
    assert EmailMessage.objects.filter(kind="registration_existing", recipient="ada@example.org").count() == 1


def test_register_again_with_another_ticket_type_changes_nothing():
    event = make_event()
    first = join(make_ticket_type(event), email="ada@example.org")
    other = make_ticket_type(event)

    assert join(other, email="ada@example.org").ticket_type == first.ticket_type
    assert seats(other) == 0


def test_register_again_and_again_does_not_fill_the_inbox(settings):
    settings.REGISTRATIONS_PER_EMAIL = 2
    ticket_type = make_ticket_type()

    for _ in range(6):
        join(ticket_type, email="ada@example.org")

    assert EmailMessage.objects.filter(kind="registration_existing").count() == 2


def test_register_anew_after_a_cancellation():
    from registrations.domain.cancel import cancel

    ticket_type = make_ticket_type()
    first = cancel(join(ticket_type, email="ada@example.org"))

    second = join(ticket_type, email="ada@example.org")

    assert second != first
    assert second.secret != first.secret


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.DRAFT])
def test_register_refuses_an_edition_that_does_not_take_place(status):
    ticket_type = make_ticket_type(make_event(status=status))

    with pytest.raises(DomainError):
        join(ticket_type)
    assert not Registration.objects.exists()


def test_register_refuses_a_past_edition_by_its_own_clock():
    event = make_event(starts_on=dt.date(2026, 12, 10), ends_on=dt.date(2026, 12, 10))
    ticket_type = make_ticket_type(event)
    last_minute = dt.datetime(2026, 12, 10, 15, 59, tzinfo=dt.UTC)

    assert join(ticket_type, at=last_minute)
    with pytest.raises(DomainError, match="over"):
        join(ticket_type, at=last_minute + dt.timedelta(minutes=1))


def test_register_refuses_before_and_after_the_window():
    opens_at = timezone.now()
    closes_at = opens_at + dt.timedelta(days=1)
    ticket_type = make_ticket_type(opens_at=opens_at, closes_at=closes_at)

    with pytest.raises(DomainError, match="not opened yet"):
        join(ticket_type, at=opens_at - dt.timedelta(seconds=1))
    with pytest.raises(DomainError, match="closed"):
        join(ticket_type, at=closes_at)
    assert join(ticket_type, at=opens_at)


def test_register_refuses_a_ticket_type_of_another_edition():
    with pytest.raises(DomainError, match="another edition"):
        register(
            make_event(),
            ticket_type=make_ticket_type(),
            full_name="Ada",
            email="ada@example.org",
            organization="",
            country="KE",
            language="en",
            consent_text="I agree.",
        )


@pytest.mark.parametrize("others", [0, 1, 3])
def test_register_makes_nine_queries_at_most(others, django_assert_max_num_queries):
    ticket_type = make_ticket_type(capacity=1)
    for _ in range(others):
        join(ticket_type)

    ticket_type.refresh_from_db()  # as the page reads it
    with django_assert_max_num_queries(11):  # with the savepoint and its release, which stand for BEGIN and COMMIT
        join(ticket_type)


@pytest.mark.parametrize("capacity", [None, 2, 1])
def test_a_code_that_somebody_has_is_exchanged_and_nothing_is_lost(capacity, django_assert_max_num_queries):
    ticket_type = make_ticket_type(capacity=capacity)
    first = join(ticket_type)

    ticket_type.refresh_from_db()
    with django_assert_max_num_queries(12):  # one more than usual
        second = join(ticket_type, code=first.code)

    second.refresh_from_db()
    assert second.code != first.code
    assert second.status == (RegistrationStatus.WAITLISTED if capacity == 1 else RegistrationStatus.CONFIRMED)
    assert second.status_changes.count() == 1
    assert EmailMessage.objects.filter(reference=f"registration:{second.guid}").count() == 1
    assert seats(ticket_type) == (1 if capacity == 1 else 2)
