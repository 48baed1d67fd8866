"""Several people at once, and waiting together."""

from __future__ import annotations

import random
from typing import Any

import pytest

from forum_site.lib.errors import DomainError
from forum_site.mail.compose import compose
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.cancel import cancel
from registrations.domain.erase import erase
from registrations.domain.groups import Person, cancel_member, claim, register_group
from registrations.domain.places import change_capacity
from registrations.enums import RegistrationStatus
from registrations.models import Registration, RegistrationGroup, TicketType
from tests.factories import make_registration, make_ticket_type
from tests.registrations.domain.test_races import at_once

pytestmark = pytest.mark.django_db
CONFIRMED, WAITLISTED, OFFERED = RegistrationStatus.CONFIRMED, RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED
CLAIM: dict[str, Any] = {
    "full_name": "Grace Hopper",
    "organization": "Navy",
    "country": "US",
    "language": "en",
    "consent_text": "I agree, says Grace.",
}


def group_of(ticket_type: TicketType, *names: str, together: bool = False, unnamed: int = 0) -> RegistrationGroup:
    people = [Person(name.title(), f"{name}@example.org", "Institute", "KE") for name in names]
    return register_group(
        ticket_type.event,
        ticket_type=ticket_type,
        contact_name="Ada Lovelace",
        contact_email="ada@example.org",
        people=people + [Person("", "", "Institute", "KE")] * unnamed,
        waits_together=together,
        language="en",
        consent_text="They agree.",
    )


def statuses(group: RegistrationGroup) -> list[str]:
    return list(group.members.order_by("pk").values_list("status", flat=True))


def check(ticket_type: TicketType) -> None:
    """Seats are counted, and nobody waits who could have one: a single person, or a whole group that waits together."""
    ticket_type.refresh_from_db()
    assert ticket_type.seats_taken == Registration.objects.holding_a_seat().filter(ticket_type=ticket_type).count()
    assert ticket_type.seats_taken <= ticket_type.capacity
    waiting = list(Registration.objects.waiting().filter(ticket_type=ticket_type).select_related("group"))
    for one in waiting:
        together = one.group and one.group.waits_together
        need = sum(other.group_id == one.group_id for other in waiting) if together else 1
        assert ticket_type.capacity - ticket_type.seats_taken < need


def test_everybody_gets_a_place_a_mail_and_a_link():
    ticket_type = make_ticket_type(capacity=5)

    group = group_of(ticket_type, "bo", "cy", "di")

    people = list(group.members.order_by("pk"))
    assert statuses(group) == [CONFIRMED] * 3
    assert len({one.secret for one in people}) == 3
    sent = EmailMessage.objects.filter(kind="registration_confirmed").values_list("recipient", flat=True)
    assert set(sent) == {"bo@example.org", "cy@example.org", "di@example.org"}
    mail = compose(EmailMessage.objects.get(recipient="ada@example.org"))
    assert group.secret in mail.text
    assert not any(one.secret in mail.text for one in people)
    check(ticket_type)


def test_as_many_as_possible_get_a_place():
    ticket_type = make_ticket_type(capacity=2)

    assert statuses(group_of(ticket_type, "bo", "cy", "di")) == [CONFIRMED, CONFIRMED, WAITLISTED]


def test_all_or_nobody_waits_and_is_passed_over_while_too_few_seats_are_free():
    ticket_type = make_ticket_type(capacity=3)
    first = [make_registration(ticket_type) for _ in range(2)]
    group = group_of(ticket_type, "bo", "cy", together=True)
    assert statuses(group) == [WAITLISTED] * 2
    single = make_registration(ticket_type)
    assert single.status == CONFIRMED  # the group cannot use one seat

    cancel(first[0])
    behind = make_registration(ticket_type)
    assert (statuses(group), behind.status) == ([WAITLISTED] * 2, CONFIRMED)
    last = make_registration(ticket_type)
    assert last.status == WAITLISTED
    change_capacity(ticket_type, capacity=5)

    last.refresh_from_db()
    assert statuses(group) == [OFFERED] * 2  # it has kept its place before the last one
    assert last.status == WAITLISTED
    check(ticket_type)


def test_a_group_that_becomes_smaller_gets_what_is_free():
    ticket_type = make_ticket_type(capacity=2)
    make_registration(ticket_type)
    group = group_of(ticket_type, "bo", "cy", together=True)

    cancel(group.members.last())

    assert sorted(statuses(group)) == sorted([OFFERED, "cancelled"])
    check(ticket_type)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_waits_who_could_have_a_seat_whatever_happens(seed):
    chance = random.Random(seed)
    ticket_type = make_ticket_type(capacity=4, promotes_at_once=bool(seed % 2))
    for number in range(25):
        active = list(Registration.objects.active().select_related("ticket_type"))
        step = chance.random()
        if step < 0.35:
            names = [f"p{number}-{one}" for one in range(chance.randint(1, 4))]
            group_of(ticket_type, *names, together=chance.random() < 0.6)
        elif step < 0.5:
            make_registration(ticket_type)
        elif step < 0.9 and active:
            cancel(chance.choice(active))
        else:
            ticket_type.refresh_from_db()
            change_capacity(ticket_type, capacity=max(ticket_type.seats_taken, chance.randint(1, 8)))
        check(ticket_type)


def test_one_seat_of_several_is_cancelled():
    ticket_type = make_ticket_type(capacity=2)
    group = group_of(ticket_type, "bo", "cy")
    waiting = make_registration(ticket_type)
    bo = group.members.get(email="bo@example.org")

    cancel_member(group, bo)

    waiting.refresh_from_db()
    assert statuses(group) == ["cancelled", CONFIRMED]
    assert waiting.status == OFFERED
    mail = compose(EmailMessage.objects.get(kind="registration_cancelled"))
    assert "Cancelled by Ada Lovelace, who registered you" in mail.text
    with pytest.raises(DomainError):
        cancel_member(group, waiting)


def test_whoever_is_registered_already_stays_as_they_are():
    ticket_type = make_ticket_type()
    known = make_registration(ticket_type, full_name="Bo", email="bo@example.org")

    group = group_of(ticket_type, "bo", "cy")

    assert [one.email for one in group.members.all()] == ["cy@example.org"]
    known.refresh_from_db()
    assert known.group is None
    assert EmailMessage.objects.filter(kind="registration_existing").count() == 1


def test_too_many_nobody_and_hidden_types_are_refused():
    ticket_type = make_ticket_type(most_in_group=2)
    for wrong in (["bo", "cy", "di"], []):
        with pytest.raises(DomainError):
            group_of(ticket_type, *wrong)
    with pytest.raises(DomainError):
        group_of(make_ticket_type(is_hidden=True), "bo")
    assert not RegistrationGroup.objects.exists()
    assert not Registration.objects.exists()


def test_a_place_without_a_name_is_claimed_once():
    ticket_type = make_ticket_type(capacity=3)
    group = group_of(ticket_type, unnamed=2)
    place, other = group.members.order_by("pk")
    deliver_due()
    assert place.full_name == "Guest of Ada Lovelace"
    assert set(EmailMessage.objects.values_list("recipient", "kind")) == {("ada@example.org", "registration_group")}
    old = place.secret

    claim(place, email="grace@example.org", **CLAIM)

    place.refresh_from_db()
    assert (place.full_name, place.email, place.is_unclaimed) == ("Grace Hopper", "grace@example.org", False)
    assert place.secret != old
    assert (place.consent_text, place.status) == ("I agree, says Grace.", CONFIRMED)
    sent = EmailMessage.objects.filter(reference=letters.reference_of(place))
    assert [(mail.recipient, mail.kind) for mail in sent] == [("grace@example.org", "registration_confirmed")]
    with pytest.raises(DomainError):
        claim(place, email="other@example.org", **CLAIM)
    assert claim(other, email="GRACE@example.org", **CLAIM) == place
    other.refresh_from_db()
    assert other.is_unclaimed
    check(ticket_type)


def test_the_contact_is_erased_with_the_last_of_the_group():
    group = group_of(make_ticket_type(), "bo", "cy")
    for one, left in zip(group.members.order_by("pk"), ("Ada Lovelace", ""), strict=True):
        erase(one)
        group.refresh_from_db()
        assert group.contact_name == left
    assert not EmailMessage.objects.filter(recipient="ada@example.org").exists()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_groups_and_single_people_at_once_are_never_too_many():
    ticket_type = make_ticket_type(capacity=6)
    groups = [
        lambda number=number: group_of(
            ticket_type, *[f"g{number}-{one}" for one in range(3)], together=bool(number % 2)
        )
        for number in range(4)
    ]

    at_once(*groups, *[lambda: make_registration(ticket_type)] * 4)
    check(ticket_type)
    leaving = list(Registration.objects.holding_a_seat().select_related("ticket_type"))[:4]
    at_once(*[lambda one=one: cancel(one) for one in leaving])

    check(ticket_type)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_place_claimed_by_several_at_once_goes_to_one():
    place = group_of(make_ticket_type(), unnamed=1).members.get()

    def tried(number: int) -> bool:
        mine = Registration.objects.select_related("ticket_type", "event").get(pk=place.pk)
        try:
            claim(mine, email=f"p{number}@example.org", **CLAIM)
        except DomainError:
            return False
        return True

    assert sum(at_once(*[lambda number=number: tried(number) for number in range(5)])) == 1
