"""Passing a place on to a colleague."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connections

from events.enums import EventStatus
from forum_site.lib.errors import DomainError
from forum_site.mail.compose import compose
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.answers import Given
from registrations.domain.bookings import choose, leave
from registrations.domain.cancel import cancel
from registrations.domain.decisions import confirm
from registrations.domain.transfer import decline_transfer, forget_dead_transfers, offer_transfer, take_back, take_over
from registrations.domain.ways_in import WayIn
from registrations.enums import BookingState, RegistrationStatus
from registrations.models import Answer, Registration, Transfer
from tests.factories import (
    make_bookable,
    make_code,
    make_event,
    make_question,
    make_registration,
    make_session,
    make_ticket_type,
)
from tests.registrations.domain.test_races import at_once, check_seats

pytestmark = pytest.mark.django_db


def offer(registration: Registration, **fields: Any) -> Transfer:
    defaults = {"full_name": "Grace Hopper", "email": "grace@example.org", "language": "en"}
    return offer_transfer(registration, **(defaults | fields))


def accept(transfer: Transfer, **fields: Any) -> Registration:
    defaults: dict[str, Any] = {
        "full_name": transfer.full_name,
        "organization": "Navy",
        "country": "US",
        "language": "en",
        "consent_text": "I agree, says Grace.",
    }
    return take_over(transfer, **(defaults | fields))


def kinds(about: Any) -> list[str]:
    found = EmailMessage.objects.filter(reference=letters.reference_of(about)).order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_the_place_goes_over_when_the_colleague_accepts():
    ticket_type = make_ticket_type(capacity=1)
    first, waiting = make_registration(ticket_type), make_registration(ticket_type)

    new = accept(offer(first))

    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.status, new.status) == (RegistrationStatus.CANCELLED, RegistrationStatus.CONFIRMED)
    assert waiting.status == RegistrationStatus.WAITLISTED
    assert new.secret != first.secret
    assert new.code != first.code
    assert (new.consent_text, new.email, new.country.code) == ("I agree, says Grace.", "grace@example.org", "US")
    assert not Transfer.objects.exists()
    check_seats(ticket_type)


def test_both_get_their_mails_and_both_histories_tell_it():
    first = make_registration()
    transfer = offer(first)

    assert kinds(first) == ["registration_confirmed", "registration_transfer_offered"]
    assert kinds(transfer) == ["transfer"]
    new = accept(transfer)

    assert kinds(first)[-1] == "registration_handed_over"
    assert kinds(new)[-1] == "registration_confirmed"
    assert [change.reason for change in first.status_changes.all()] == ["", "Passed on to a colleague"]
    assert [change.reason for change in new.status_changes.all()] == [f"Taken over from {first.code}"]


def test_the_colleague_learns_nothing_but_the_name():
    first = make_registration(full_name="Ada Lovelace", email="ada@example.org", organization="Society")
    transfer = offer(first)

    mail = compose(EmailMessage.objects.get(kind="transfer"))

    assert "Dear Grace Hopper" in mail.text
    assert "Ada Lovelace" in mail.text
    assert transfer.secret in mail.text
    for private in (first.secret, first.code, "ada@example.org", "Society"):
        assert private not in mail.text + mail.html


def test_until_then_the_first_keeps_it_and_may_take_it_back():
    first = make_registration()
    transfer = offer(first)

    take_back(first)
    take_back(first)

    first.refresh_from_db()
    assert first.status == RegistrationStatus.CONFIRMED
    assert not EmailMessage.objects.filter(recipient="grace@example.org").exists()
    with pytest.raises(DomainError):
        accept(transfer)
    assert offer(first).pk != transfer.pk


def test_answers_are_the_colleagues_own_and_an_option_keeps_its_place():
    event = make_event()
    ticket_type = make_ticket_type(event)
    diet = make_question(event, is_sensitive=True, slug="diet")
    workshop = make_question(event, "choice", options={"loom": 1}, slug="workshop")
    loom = workshop.options.get()
    first = make_registration(ticket_type, answers=[Given(diet, "No nuts"), Given(workshop, options=(loom,))])

    new = accept(offer(first), answers=[Given(workshop, options=(loom,))])

    loom.refresh_from_db()
    assert loom.taken == 1
    assert list(new.answers.values_list("question__slug", flat=True)) == ["workshop"]
    assert Answer.objects.get(question=diet).registration == first
    cancel(new)
    loom.refresh_from_db()
    assert loom.taken == 0


def test_declining_ends_the_offer_and_tells_the_giver():
    first = make_registration()
    transfer = offer(first)

    decline_transfer(transfer)

    first.refresh_from_db()
    assert first.status == RegistrationStatus.CONFIRMED
    assert kinds(first)[-1] == "registration_transfer_declined"
    assert not EmailMessage.objects.filter(recipient="grace@example.org").exists()
    for rule in (accept, decline_transfer):
        with pytest.raises(DomainError, match="does not stand"):
            rule(transfer)


def test_chosen_sessions_go_over_with_places_numbers_and_offers():
    event = make_event()
    ticket_type = make_ticket_type(event)
    booked, waited, offered = (
        make_bookable(make_session(event, start=f"{hour:02}:00", end=f"{hour:02}:30"), capacity=1)
        for hour in (9, 10, 11)
    )
    first, other, behind = (make_registration(ticket_type) for _ in range(3))
    choose(other, book=[waited, offered])
    choose(first, book=[booked, waited, offered])
    choose(behind, book=[booked, waited])
    leave(other, bookable=offered)

    new = accept(offer(first))

    found = {one.bookable: one for one in new.bookings.all()}
    assert {one.state for one in first.bookings.all()} == {BookingState.CANCELLED}
    assert {one.reason for one in first.bookings.all()} == {"Passed on to a colleague"}
    assert {one.reason for one in found.values()} == {f"Taken over from {first.code}"}
    assert {bookable: one.state for bookable, one in found.items()} == {
        booked: BookingState.BOOKED,
        waited: BookingState.WAITING,
        offered: BookingState.OFFERED,
    }
    assert found[waited].waiting_position() == 1
    assert {one.state for one in behind.bookings.all()} == {BookingState.WAITING}
    assert "session_offered" in kinds(new)
    for bookable in (booked, waited, offered):
        bookable.refresh_from_db()
        assert bookable.seats_taken == 1


def test_sessions_of_somebody_who_must_be_approved_anew_go_to_whoever_waits():
    ticket_type = make_ticket_type(needs_approval=True)
    bookable = make_bookable(make_session(ticket_type.event, start="09:00", end="10:00"), capacity=1)
    first, behind = make_registration(ticket_type), make_registration(ticket_type)
    for one in (first, behind):
        confirm(one)
        choose(one, book=[bookable])

    new = accept(offer(first))

    assert not new.bookings.exists()
    assert behind.bookings.get().state == BookingState.OFFERED


def test_a_code_makes_up_for_approval_only_where_it_was_given_for():
    event = make_event()
    open_to_all, by_code = make_ticket_type(event, needs_approval=True), make_ticket_type(event, needs_approval=True)
    code = make_code(by_code)
    first, second = (make_registration(one, way_in=WayIn(code=code)) for one in (open_to_all, by_code))
    confirm(first)

    looked_at = accept(offer(first, email="one@example.org"))
    known = accept(offer(second, email="two@example.org"))

    assert (looked_at.status, known.status) == (RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED)
    assert (looked_at.access_code, known.access_code) == (None, code)


def test_nobody_learns_at_the_offer_whether_somebody_is_registered():
    first, other = make_registration(), None
    other = make_registration(first.ticket_type, email="Grace@example.org")
    transfer = offer(first)

    with pytest.raises(DomainError, match="registered with this address already"):
        accept(transfer)

    first.refresh_from_db()
    assert first.status == other.status == RegistrationStatus.CONFIRMED


def test_an_offer_to_oneself_a_second_one_and_one_of_a_waiting_person_are_refused():
    ticket_type = make_ticket_type(capacity=1)
    first, waiting = make_registration(ticket_type, email="ada@example.org"), make_registration(ticket_type)
    with pytest.raises(DomainError, match="own address"):
        offer(first, email=" ADA@example.org")
    offer(first)
    with pytest.raises(DomainError, match="already"):
        offer(first, email="third@example.org")
    with pytest.raises(DomainError, match="kept for you"):
        offer(waiting)
    assert Transfer.objects.count() == 1


def test_an_offer_ends_with_the_place_the_edition_and_the_setting():
    first = make_registration(make_ticket_type(may_transfer=False))
    with pytest.raises(DomainError, match="cannot be passed on"):
        offer(first)
    second = make_registration()
    transfer = offer(second)
    cancel(second)
    with pytest.raises(DomainError, match="does not stand"):
        accept(transfer)
    third = make_registration()
    transfer = offer(third)
    with time_machine.travel(f"{third.event.ends_on.year + 1}-12-31"), pytest.raises(DomainError, match="stand"):
        accept(transfer)
    third.event.status = EventStatus.CANCELLED
    third.event.save()
    assert forget_dead_transfers() == 2
    assert not Transfer.objects.exists()


def test_an_approval_is_not_passed_on():
    ticket_type = make_ticket_type(needs_approval=True)
    first = make_registration(ticket_type)
    Registration.objects.filter(pk=first.pk).update(status=RegistrationStatus.CONFIRMED)
    first.refresh_from_db()

    assert accept(offer(first)).status == RegistrationStatus.PENDING


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_accepted_and_taken_back_and_cancelled_at_once_leaves_one_place_with_one_person():
    ticket_type = make_ticket_type(capacity=1)
    first = make_registration(ticket_type)
    make_registration(ticket_type)
    transfer = offer(first)

    def tried(rule: Any, subject: Any) -> bool:
        try:
            rule(type(subject).objects.select_related(*related(subject)).get(pk=subject.pk))
        except (DomainError, Transfer.DoesNotExist):
            return False
        return True

    at_once(
        *[lambda: tried(accept, transfer)] * 3,
        lambda: tried(take_back, first),
        lambda: tried(cancel, first),
    )

    check_seats(ticket_type)
    assert Registration.objects.holding_a_seat().count() == 1
    connections.close_all()


def related(subject: Any) -> tuple[str, ...]:
    return ("registration__ticket_type", "registration__event") if isinstance(subject, Transfer) else ("ticket_type",)
