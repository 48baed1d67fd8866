"""Ways to come and go for the machine of ``test_machine``: groups, delegations, codes, invitations, colleagues."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from registrations.domain.delegations import cancel_delegate, name_person
from registrations.domain.groups import LETTER_OF, Person, cancel_member, claim, register_group
from registrations.domain.invitations import Guest
from registrations.domain.register import register
from registrations.domain.transfer import forget_dead_transfers, offer_transfer, take_back, take_over
from registrations.domain.ways_in import WayIn
from registrations.models import Invitation, Registration
from registrations.queries.transfers import CAN_PASS_ON
from tests.factories import make_code, make_delegation, make_invitation

numbers, people = itertools.count(1), st.integers(1, 40)
WORDS = {"organization": "Institute", "country": "KE", "language": "en", "consent_text": "Yes."}


def somebody() -> dict[str, str]:
    """The name and the address of somebody who is not registered."""
    number = next(numbers)
    return {"full_name": f"Colleague {number}", "email": f"colleague{number}@example.org"}


class Groups:
    """Several people at once, some of whose names come later."""

    @rule(index=st.integers(0, 4), named=st.lists(st.booleans(), min_size=1, max_size=4), together=st.booleans())
    def register_group(self, index, named, together):
        known = [somebody() if is_named else {"full_name": "", "email": ""} for is_named in named]
        entered = [Person(**one, organization="Institute", country="KE") for one in known]
        contact = {"contact_name": "Ada", "contact_email": "ada@example.org", "language": "en", "consent_text": "Yes."}
        kind = self.ticket_type(index)
        with self.action():
            register_group(self.event, ticket_type=kind, people=entered, waits_together=together, **contact)

    @rule(index=people)
    def claim(self, index):
        with self.action(index, among=Registration.objects.active().filter(is_unclaimed=True)) as one:
            claim(one, **somebody(), **WORDS)
            self.claimed[one.pk] = len(self.histories[one.pk]), LETTER_OF[one.status]

    @rule(index=people)
    def cancel_member(self, index):
        with self.action(index, among=Registration.objects.active().exclude(group=None)) as one:
            cancel_member(one.group, one)


class WaysIn:
    """A delegation with two places, a code for two, and one invitation at a time."""

    def make_ways(self, *ticket_types: Any) -> None:
        self.delegation = make_delegation(ticket_types[0])
        self.code = make_code(*ticket_types[1:3], most_uses=2, skips_approval=True)
        self.invited_for = ticket_types[2]

    @rule()
    def name_person(self):
        with self.action():
            name_person(self.delegation, Guest(**somebody()), country="KE", consent_text="Yes.")

    @rule(index=people)
    def cancel_delegate(self, index):
        with self.action(index, among=Registration.objects.active().exclude(delegation=None)) as one:
            cancel_delegate(one.delegation, one)

    @rule(index=st.integers(0, 3))
    def use_code(self, index):
        self.come_by(WayIn(code=self.code), index)

    @rule()
    def answer_invitation(self):
        """Answer the last invitation; whoever was erased took theirs along."""
        invitation = Invitation.objects.select_related("ticket_type").last() or make_invitation(self.invited_for)
        self.come_by(WayIn(invitation=invitation), 2)

    def come_by(self, way_in, index):
        with self.action():
            register(self.event, ticket_type=self.ticket_type(index), way_in=way_in, **somebody(), **WORDS)


class Colleagues:
    """Places that are passed on."""

    @rule(index=people)
    def offer_transfer(self, index):
        with self.action(index, CAN_PASS_ON) as one:
            offer_transfer(one, **somebody(), language="en")

    @rule(index=people)
    def take_back(self, index):
        with self.action(index, among=Registration.objects.filter(transfer__isnull=False)) as one:
            take_back(one)

    @rule(index=people)
    def take_over(self, index):
        with self.action(index, among=Registration.objects.filter(transfer__isnull=False)) as one:
            new = take_over(one.transfer, full_name="Colleague", **WORDS)
            assert new.group_id == one.group_id

    @rule()
    def forget_dead_transfers(self):
        with self.action():
            forget_dead_transfers()
