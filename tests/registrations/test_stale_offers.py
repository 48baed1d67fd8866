"""Forms that were open while the offer changed: nobody is registered for what they did not choose."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from registrations.models import Registration, TicketType
from tests.factories import make_code, make_event, make_ticket_type
from tests.registrations.test_register_page import answers, url

pytestmark = pytest.mark.django_db
SENTENCE = "What you had chosen is closed now. Open: Online."


@pytest.fixture(autouse=True)
def without_haste(settings: Any) -> None:
    settings.FORM_MINIMUM_SECONDS = 0


@pytest.fixture
def online() -> TicketType:
    return make_ticket_type(make_event(slug="forum"), slug="online", name_en="Online", most_in_group=3)


def group_answers(**fields: str) -> dict[str, str]:
    people = {"contact_name": "Ada", "contact_email": "ada@example.org", "name-1": "Bo", "email-1": "bo@example.org"}
    return people | {"organization": "Society", "country": "GB", "waits": "single", "consent": "on"} | fields


def test_the_only_way_to_attend_stands_in_the_form(client, online):
    page = client.get(url(online.event)).content.decode()

    assert '<input type="hidden" name="ticket_type" value="online">' in page


@pytest.mark.parametrize("rest", ["", "group/"])
def test_whoever_chose_what_has_closed_is_asked_anew(client, online, rest):
    sent = group_answers() if rest else answers()

    refused = client.post(url(online.event, rest), sent | {"ticket_type": "onsite"}).content.decode()
    assert SENTENCE in refused
    assert 'value="online"' in refused
    assert not Registration.objects.exists()

    accepted = client.post(url(online.event, rest), sent | {"ticket_type": "online"})
    assert accepted.status_code == 302
    assert Registration.objects.get().ticket_type == online


def test_a_code_that_has_expired_meanwhile_registers_nobody_otherwise(client, online):
    vip = make_ticket_type(online.event, slug="vip", is_hidden=True, position=2)
    make_code(vip, closes_at=timezone.now())

    page = client.post(url(online.event), answers(online, code="OPEN-SESAME")).content.decode()

    assert page.count("This code is not valid.") == 2  # in the summary and beside the code
    assert not Registration.objects.exists()


def test_whoever_used_the_last_of_a_code_by_a_double_click_is_thanked(client, online):
    vip = make_ticket_type(online.event, slug="vip", is_hidden=True, position=2)
    make_code(vip, most_uses=1)

    for _click in range(2):
        response = client.post(url(online.event), answers(vip, code="OPEN-SESAME"))
        assert response.status_code == 302
        assert "/done/" in response.url

    assert Registration.objects.get().ticket_type == vip
