"""Answers to many at once: in short transactions, each person answered once, whoever else presses too."""

from __future__ import annotations

import pytest

from forum_site.mail.models import EmailMessage
from registrations.domain.batches import AT_ONCE
from registrations.domain.cancel import cancel_all
from registrations.domain.decisions import confirm_all, decline_all
from registrations.domain.reasons import Reason
from registrations.enums import RegistrationStatus
from registrations.models import Registration, StatusChange, TicketType
from tests.factories import make_event, make_quota, make_registration, make_ticket_type
from tests.registrations.domain.test_races import at_once

pytestmark = pytest.mark.django_db


def people_of(ticket_type: TicketType, count: int) -> list[Registration]:
    return [make_registration(ticket_type) for _number in range(count)]


def test_more_people_than_one_batch_are_answered():
    people = people_of(make_ticket_type(needs_approval=True), AT_ONCE + 3)

    outcome = decline_all(people, reason=Reason("Full", "已满"))

    assert (len(outcome.done), outcome.unchanged, outcome.refused) == (AT_ONCE + 3, [], [])
    assert Registration.objects.filter(status=RegistrationStatus.DECLINED).count() == AT_ONCE + 3


def test_each_is_answered_by_the_rule_that_holds_for_one():
    event = make_event()
    asked = make_ticket_type(event, needs_approval=True, quota=make_quota(event))
    [pending, done] = people_of(asked, 2)
    confirmed = make_registration(make_ticket_type(event))
    decline_all([done], reason="Full")

    outcome = decline_all([pending, done, confirmed], reason="Full")

    assert (outcome.done, outcome.unchanged) == ([pending], [done])
    assert [(one, sentence[:36]) for one, sentence in outcome.refused] == [
        (confirmed, "This registration is confirmed alrea")
    ]


def test_seats_of_many_who_are_cancelled_go_to_the_people_waiting():
    ticket_type = make_ticket_type(capacity=3, promotes_at_once=True)
    people, line = people_of(ticket_type, 3), people_of(ticket_type, 2)

    cancel_all(people, reason="Full")

    ticket_type.refresh_from_db()
    assert {one.status for one in Registration.objects.filter(pk__in=[one.pk for one in line])} == {"confirmed"}
    assert ticket_type.seats_taken == 2


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_organizers_at_once_answer_everybody_once():
    people = people_of(make_ticket_type(needs_approval=True), 12)
    EmailMessage.objects.all().delete()

    first, second = at_once(lambda: confirm_all(people), lambda: decline_all(people, reason="Full"))

    assert {len(first.done), len(second.done)} == {12, 0}
    assert [first.unchanged, second.unchanged] == [[], []]
    assert len(first.refused) + len(second.refused) == 12
    assert StatusChange.objects.exclude(old_status="").count() == 12
    assert EmailMessage.objects.count() == 12
