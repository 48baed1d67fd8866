"""The pages for several people: the form, the contact's page, and claiming a place."""

from __future__ import annotations

from typing import Any

import pytest

from forum_site.lib.codes import new_secret
from forum_site.lib.errors import DomainError
from forum_site.mail.compose import compose
from forum_site.mail.models import EmailMessage
from registrations.domain.groups import decline_claim
from registrations.models import Registration, RegistrationGroup
from tests.factories import make_registration, make_ticket_type
from tests.registrations.domain.test_groups import group_of

pytestmark = pytest.mark.django_db
OWN = {"full_name": "Grace Hopper", "organization": "Navy", "country": "US", "consent": "on"}


@pytest.fixture(autouse=True)
def _no_minimum(settings: Any) -> None:
    settings.FORM_MINIMUM_SECONDS = 0


def url(ticket_type: Any, language: str = "en") -> str:
    return f"/{language}/events/{ticket_type.event.slug}/register/group/"


def data(**fields: str) -> dict[str, str]:
    people = {"name-1": "Bo Bo", "email-1": "bo@example.org", "name-2": "Cy Cy", "email-2": "cy@example.org"}
    contact = {"contact_name": "Ada Lovelace", "contact_email": "ada@example.org", "organization": "Society"}
    return contact | people | {"country": "GB", "waits": "single", "consent": "on", "unnamed": ""} | fields


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_form_is_found_and_registers(client, language):
    ticket_type = make_ticket_type()
    register = url(ticket_type, language).removesuffix("group/")
    assert f'href="{url(ticket_type, language)}"' in client.get(register).content.decode()
    page = client.get(url(ticket_type, language))
    assert not page.cookies

    answer = client.post(url(ticket_type, language), data(unnamed="1"))

    assert client.get(answer.url).status_code == 200
    group = RegistrationGroup.objects.get()
    found = group.members.order_by("pk").values_list("full_name", "organization", "country", "is_unclaimed", "language")
    assert list(found)[:2] == [
        ("Bo Bo", "Society", "GB", False, language),
        ("Cy Cy", "Society", "GB", False, language),
    ]
    assert group.members.count() == 3
    assert "agree" in group.members.first().consent_text or language == "zh-hans"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email-2": ""}, "Enter the e-mail address of this person"),
        ({"name-1": ""}, "Enter the full name of this person"),
        ({"email-2": "BO@example.org"}, "This address stands above already"),
        ({"email-1": "<b>"}, "Enter an e-mail address with an @"),
        ({"name-1": "https://spam.example"}, "Leave out the web address"),
        ({"name-1": "x" * 5000}, "at most 150"),
        ({"unnamed": "99"}, "less than or equal to 10"),
        ({"unnamed": "-1"}, "greater than or equal to 0"),
        ({"unnamed": "10"}, "At most 10 people at once"),
        ({"waits": "xx"}, "Select a valid choice"),
        ({"consent": ""}, "Say that the people agree"),
        ({"name-1": "", "email-1": "", "name-2": "", "email-2": ""}, "Enter at least one person"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, wrong, sentence):
    shown = client.post(url(make_ticket_type()), data(**wrong)).content.decode()

    assert sentence in shown
    assert "error-summary" in shown
    assert not Registration.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_person_may_have_another_organization_and_country(client, language):
    ticket_type = make_ticket_type()
    own = {"organization-2": "Navy", "country-2": "US", "organization-3": "Guild"}

    client.post(
        url(ticket_type, language), data(**own, **{"name-3": "Di Di", "email-3": "di@example.org"}, unnamed="1")
    )

    found = RegistrationGroup.objects.get().members.order_by("pk").values_list("organization", "country")
    assert list(found) == [("Society", "GB"), ("Navy", "US"), ("Guild", "GB"), ("Society", "GB")]


def test_what_is_entered_for_a_single_person_stands_open_and_wrong_values_are_named(client):
    wrong = {"organization-1": "https://spam.example", "country-2": "XX", "organization-9": "Nobody's"}
    shown = client.post(url(make_ticket_type()), data(**wrong)).content.decode()

    assert shown.count('<details class="form" open>') == 4  # three people, and the others around the third
    for sentence in ("Leave out the web address", "Choose a country or region", "Enter the full name of this person"):
        assert sentence in shown
    assert not Registration.objects.exists()


def test_machines_and_other_sites_register_nobody(client, settings):
    ticket_type = make_ticket_type()
    client.post(url(ticket_type), data(topic="buy"))
    assert client.post(url(ticket_type), data(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    settings.FORM_MINIMUM_SECONDS = 3
    assert "very quick" in client.post(url(ticket_type), data()).content.decode()
    assert not Registration.objects.exists()
    assert not EmailMessage.objects.exists()


def test_mails_to_an_address_are_limited(client, settings):
    settings.REGISTRATIONS_PER_EMAIL = 2
    ticket_type = make_ticket_type()

    codes = [client.post(url(ticket_type), data(contact_email=f"c{n}@example.org")).status_code for n in range(3)]

    assert codes == [302, 302, 429]


def test_without_groups_there_is_no_form(client):
    ticket_type = make_ticket_type(most_in_group=0)

    assert client.get(url(ticket_type)).status_code == 302
    assert "register/group/" not in client.get(url(ticket_type).removesuffix("group/")).content.decode()


def test_the_contact_sees_the_group_and_cancels_one(client):
    group = group_of(make_ticket_type(), "bo", "cy", unnamed=1)
    stranger = make_registration(group.event.ticket_types.get())
    place = group.members.get(is_unclaimed=True)
    bo = group.members.get(email="bo@example.org")
    page = f"/en/groups/{group.secret}/"

    response = client.get(page)
    shown = response.content.decode()

    assert response["Cache-Control"] == "no-store, private"
    assert place.claim_path() in shown
    assert bo.secret not in shown
    assert stranger.full_name not in shown
    answer = client.post(f"{page}cancel/{bo.code}/")
    assert "The place is cancelled" in client.get(answer.url).content.decode()
    bo.refresh_from_db()
    assert not bo.is_active
    assert client.post(f"{page}cancel/{stranger.code}/").status_code == 404
    assert client.post(f"/en/groups/{new_secret()}/cancel/{bo.code}/").status_code == 404
    assert client.get(f"/en/groups/{new_secret()}/").status_code == 404


def test_the_group_page_takes_the_same_queries_for_few_and_many(client, django_assert_max_num_queries):
    group = group_of(make_ticket_type(), *[f"p{number}" for number in range(9)])
    client.get(f"/en/groups/{group.secret}/")

    with django_assert_max_num_queries(6):
        client.get(f"/en/groups/{group.secret}/")


def test_a_place_is_claimed_by_its_link(client):
    place = group_of(make_ticket_type(), unnamed=1).members.get()
    path = place.claim_path()
    assert "A place is kept for you" in client.get(path).content.decode()
    shown = client.post(path, OWN | {"email": "nobody"}).content.decode()
    assert "Enter an e-mail address with an @" in shown

    answer = client.post(path, OWN | {"email": "grace@example.org"})

    place.refresh_from_db()
    assert place.email == "grace@example.org"
    assert "/register/done/" in answer.url
    assert client.get(path).status_code == 404
    assert client.get(place.claim_path()).status_code == 302


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "You have declined the place"), ("zh-hans", "您已谢绝该名额")]
)
def test_a_place_is_declined_and_its_contact_gets_a_new_link(client, language, heading):
    group = group_of(make_ticket_type(), unnamed=1)
    place = group.members.get()
    path = place.claim_path().replace("/en/", f"/{language}/")
    assert f'href="{path}decline/"' in client.get(path).content.decode()
    assert "Ada Lovelace" in client.get(f"{path}decline/").content.decode()

    assert heading in client.post(f"{path}decline/").content.decode()

    assert client.get(path).status_code == client.post(f"{path}decline/").status_code == 404
    place.refresh_from_db()
    assert place.is_unclaimed
    assert place.is_active
    assert place.claim_path() in client.get(f"/en/groups/{group.secret}/").content.decode()
    mail = EmailMessage.objects.get(kind="registration_claim_declined")
    assert mail.recipient == "ada@example.org"
    assert "was declined" in compose(mail).subject


def test_a_claimed_place_is_not_declined_by_the_old_link_or_the_new_one(client):
    place = group_of(make_ticket_type(), unnamed=1).members.get()
    old = place.claim_path()
    client.post(old, OWN | {"email": "grace@example.org"})
    place.refresh_from_db()

    assert client.post(f"{old}decline/").status_code == 404
    assert client.post(f"{place.claim_path()}decline/").status_code == 302
    with pytest.raises(DomainError, match="not free to be claimed"):
        decline_claim(place)
    assert not EmailMessage.objects.filter(kind="registration_claim_declined").exists()
