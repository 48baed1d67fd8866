"""Wherever the admin offers ticket types they are those of one edition, also to whoever sends others."""

from __future__ import annotations

from typing import Any

import pytest

from registrations.models import Registration
from tests.admin.forms import form_data
from tests.admin.worlds import signed_in, url
from tests.factories import (
    make_bookable,
    make_code,
    make_delegation,
    make_invitation,
    make_session,
    make_ticket_type,
    make_user,
)

pytestmark = pytest.mark.django_db


def code(ticket_type: Any) -> Any:
    return make_code(ticket_type), "ticket_types"


def session(ticket_type: Any) -> Any:
    return make_bookable(make_session(ticket_type.event, start="09:00", end="10:00")), "ticket_types"


def invitation(ticket_type: Any) -> Any:
    return make_invitation(ticket_type, state="draft"), "ticket_type"


def delegation(ticket_type: Any) -> Any:
    return make_delegation(ticket_type), "ticket_type"


@pytest.mark.parametrize("make", [code, session, invitation, delegation])
def test_foreign_ticket_type_is_no_choice_and_an_own_one_is(make):
    own, foreign = make_ticket_type(), make_ticket_type()
    thing, field = make(own)
    client = signed_in(make_user(is_superuser=True))
    data = form_data(client.get(url(thing, "change")), f"{thing._meta.model_name}_form")

    refused = client.post(url(thing, "change"), data | {field: foreign.pk}).content.decode()
    taken = client.post(url(thing, "change"), data | {field: own.pk})

    assert "Select a valid choice" in refused
    assert taken.status_code == 302


def test_foreign_ticket_type_is_no_choice_by_hand():
    own, foreign = make_ticket_type(), make_ticket_type()
    client = signed_in(make_user(is_superuser=True))
    person = {"full_name": "Ada", "email": "ada@example.org", "organization": "A", "country": "CN", "language": "en"}
    data = person | {"event": own.event_id, "ticket_type": foreign.pk, "consent_text": "Yes"}

    shown = client.post(url(Registration, "add"), data).content.decode()

    assert "Select a valid choice" in shown
    assert not Registration.objects.exists()
