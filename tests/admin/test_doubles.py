"""What may stand only once in an edition, and what must stand at all, is refused beside the form in plain words."""

from __future__ import annotations

import pytest

from events.models import Page, Session, Track
from registrations.models import TicketType
from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import (
    make_event,
    make_page,
    make_partner,
    make_partnership,
    make_role,
    make_session,
    make_ticket_type,
    make_track,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "model", "name"),
    [
        (make_session, Session, "slug"),
        (make_track, Track, "slug"),
        (make_track, Track, "position"),
        (make_page, Page, "slug"),
        (make_page, Page, "position"),
        (make_ticket_type, TicketType, "slug"),
        (make_ticket_type, TicketType, "position"),
    ],
)
def test_address_and_position_of_another_are_refused(make, model, name):
    event = make_event()
    first, second = make(event), make(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(first, "change")), f"{model._meta.model_name}_form")

    response = client.post(url(first, "change"), data | {name: getattr(second, name)})

    assert response.status_code == 200
    assert "already exists" in str(response.context["errors"])
    assert getattr(model.objects.get(pk=first.pk), name) == getattr(first, name)


def test_address_of_another_edition_is_free():
    event, taken = make_event(), make_page(make_event())
    page = make_page(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(page, "change")), "page_form")

    response = client.post(url(page, "change"), data | {"slug": taken.slug, "position": taken.position})

    assert response.status_code == 302


def test_partner_cannot_have_a_role_twice():
    event = make_event()
    first, second = make_partnership(event, role="host"), make_partnership(event, make_partner(), role="host")
    client = signed_in(organizer(event))
    data = form_data(client.get(url(first, "change")), "partnership_form")

    response = client.post(url(first, "change"), data | {"partner": second.partner_id})

    assert "has this role already" in str(response.context["errors"])


@pytest.mark.parametrize("everywhere", [False, True])
def test_person_cannot_have_a_role_twice(everywhere):
    event = None if everywhere else make_event()
    user = make_user()
    make_role(user, event, "owner")
    role = make_role(user, event, "viewer")
    client = signed_in(make_user(is_superuser=True))

    response = client.post(url(role, "change"), {"role": "owner"})

    assert response.status_code == 200
    assert "already" in str(response.context["errors"])


def test_missing_name_is_said_in_plain_words():
    event = make_event()
    session = make_session(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(session, "change")), "session_form")

    response = client.post(url(session, "change"), data | {"title_en": "", "title_zh_hans": ""})

    assert "Enter the title in at least one language." in str(response.context["errors"])
