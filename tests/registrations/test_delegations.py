"""Delegations: a focal point names the people of an organization, within its places."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from forum_site.accounts.enums import Role
from forum_site.lib.codes import new_secret
from forum_site.lib.errors import DomainError
from forum_site.mail.compose import compose
from forum_site.mail.models import EmailMessage
from registrations.domain.cancel import cancel
from registrations.domain.check_in import check_in
from registrations.domain.delegations import correct_delegate, name_person
from registrations.domain.erase import erase_due
from registrations.domain.invitations import Guest
from registrations.domain.ways_in import places_left
from registrations.enums import RegistrationStatus
from registrations.models import Delegation, Registration
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_delegation, make_event, make_registration, make_ticket_type
from tests.registrations.domain.test_races import at_once

pytestmark = pytest.mark.django_db
GUEST = Guest("Bo Berg", "bo@example.org")


def url(delegation: Delegation, language: str = "en") -> str:
    return f"/{language}/delegations/{delegation.secret}/"


def data(**fields: str) -> dict[str, str]:
    usual = {"full_name": "Bo Berg", "email": "bo@example.org", "pasted": "", "country": "KE", "language": "en"}
    return usual | {"consent": "on"} | fields


def name(delegation: Delegation, guest: Guest = GUEST) -> Registration:
    return name_person(delegation, guest, country="KE", consent_text="They agree.")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_focal_point_names_one_person(client, language):
    delegation = make_delegation(make_ticket_type(is_hidden=True, needs_approval=True))

    answer = client.post(url(delegation, language), data())

    shown = client.get(answer.url)
    one = Registration.objects.get()
    assert (one.status, one.delegation) == (RegistrationStatus.CONFIRMED, delegation)
    assert one.organization in {"Analytical Society", "分析学会"}
    assert "Bo Berg" in shown.content.decode()
    assert one.secret not in shown.content.decode()
    assert shown["Cache-Control"] == "no-store, private"
    assert not shown.cookies
    assert EmailMessage.objects.get().recipient == "bo@example.org"


def test_a_pasted_table_is_named_as_far_as_there_are_places(client):
    delegation = make_delegation()
    table = "name\te-mail\torganization\nBo\tbo@example.org\tInstitute\nCy\tcy@example.org\t\nDi\tdi@example.org\t"

    shown = client.post(url(delegation), data(full_name="", email="", pasted=table)).content.decode()

    found = Registration.objects.order_by("pk").values_list("full_name", "organization")
    assert list(found) == [("Bo", "Institute"), ("Cy", "Analytical Society")]
    assert "Di: All places of this delegation are taken." in shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": ""}, "Enter both the name and the e-mail address"),
        ({"full_name": "", "email": ""}, "Enter a person, or paste a table"),
        ({"email": "nobody"}, "Enter an e-mail address with an @"),
        ({"full_name": "www.spam.example"}, "Leave out the web address"),
        ({"country": "XX"}, "Select a valid choice"),
        ({"consent": ""}, "Say that the people agree"),
        ({"pasted": "Cy\tnobody"}, "Line 1"),
        ({"pasted": "Cy\tcy@example.org\t\tAtlantis"}, "“Atlantis” is not the name of a country or region."),
        ({"pasted": "Cy\tcy@example.org\nCy\tCY@example.org"}, "stands above already"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_registered(client, wrong, sentence):
    shown = client.post(url(make_delegation()), data(**wrong)).content.decode()

    assert sentence in shown
    assert not Registration.objects.exists()


def test_a_focal_point_sees_and_cancels_only_its_own_people(client):
    delegation = make_delegation()
    own, other = name(delegation), make_registration(delegation.ticket_type, full_name="Somebody Else")
    elsewhere = name(make_delegation(delegation.ticket_type, name_en="Other"), Guest("Eve Stranger", "eve@example.org"))

    shown = client.get(url(delegation)).content.decode()
    assert "Somebody Else" not in shown
    assert "Eve Stranger" not in shown
    for stranger in (other, elsewhere):
        assert client.post(f"{url(delegation)}cancel/{stranger.code}/").status_code == 404
    client.post(f"{url(delegation)}cancel/{own.code}/")

    own.refresh_from_db()
    assert not own.is_active
    assert "Cancelled by Analytical Society" in compose(EmailMessage.objects.get(kind="registration_cancelled")).text
    assert Registration.objects.active().count() == 2
    assert places_left(delegation) == 2
    assert client.get(f"/en/delegations/{new_secret()}/").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_focal_point_corrects_its_own_people(client, language):
    delegation = make_delegation()
    one = name(delegation)
    address = f"{url(delegation, language)}edit/{one.code}/"
    data = {"full_name": "Bo  Bergström", "organization": "Institute", "country": "SE", "email": "new@example.org"}

    assert address in client.get(url(delegation, language)).content.decode()
    assert 'value="Bo Berg"' in client.get(address).content.decode()
    answer = client.post(address, data)

    one.refresh_from_db()
    assert (one.full_name, one.organization, one.country.code) == ("Bo Bergström", "Institute", "SE")
    assert (one.email, one.language, one.status) == ("bo@example.org", "en", RegistrationStatus.CONFIRMED)
    assert 'role="status"' in client.get(answer.url).content.decode()


def test_nobody_else_is_corrected(client):
    delegation = make_delegation()
    other = make_registration(delegation.ticket_type)
    elsewhere = name(make_delegation(delegation.ticket_type), Guest("Eve Stranger", "eve@example.org"))
    data = {"full_name": "X", "organization": "X", "country": "SE"}

    for stranger in (other, elsewhere):
        address = f"{url(delegation)}edit/{stranger.code}/"
        assert [client.get(address).status_code, client.post(address, data).status_code] == [404, 404]
    with pytest.raises(DomainError, match="another delegation"):
        correct_delegate(delegation, elsewhere, full_name="X", organization="X", country="SE")
    own = f"{url(delegation)}edit/{name(delegation).code}/"
    assert client.post(own, data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Registration.objects.filter(full_name="X").exists()


def test_whoever_has_come_or_is_cancelled_is_corrected_no_more(client):
    delegation = make_delegation()
    came, gone = name(delegation), name(delegation, Guest("Cy", "cy@example.org"))
    check_in(came, by=organizer(delegation.event), nonce=uuid4())
    cancel(gone)
    data = {"full_name": "X", "organization": "X", "country": "SE"}

    for one, sentence in ((came, "has come already"), (gone, "This registration is over")):
        address = f"{url(delegation)}edit/{one.code}/"
        assert sentence in client.post(address, data).content.decode()
        assert address not in client.get(url(delegation)).content.decode()
    assert not Registration.objects.filter(full_name="X").exists()


@pytest.mark.parametrize("wrong", [{"full_name": ""}, {"full_name": "www.spam.example"}, {"country": "XX"}])
def test_a_correction_follows_the_rules_of_the_form(client, wrong):
    delegation = make_delegation()
    one = name(delegation)

    page = client.post(
        f"{url(delegation)}edit/{one.code}/", {"full_name": "X", "organization": "X", "country": "SE"} | wrong
    )

    one.refresh_from_db()
    assert (page.status_code, one.full_name) == (200, "Bo Berg")


def test_a_table_may_name_the_country_of_each(client):
    delegation = make_delegation(places=9)
    table = "Ann\tann@example.org\tInstitute\t中国\nBo\tbo@example.org\t\tswe\tzh\nCy\tcy@example.org\t\t\n"
    table += "Di\tdi@example.org\t\tfrance"

    client.post(url(delegation), data(full_name="", email="", pasted=table))

    found = Registration.objects.order_by("pk").values_list("full_name", "country", "language")
    assert list(found) == [("Ann", "CN", "en"), ("Bo", "SE", "zh-hans"), ("Cy", "KE", "en"), ("Di", "FR", "en")]


def test_a_form_on_another_site_names_nobody(client):
    assert client.post(url(make_delegation()), data(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_places_are_counted_and_come_back():
    delegation = make_delegation(places=1)
    one = name(delegation)

    with pytest.raises(DomainError, match="All places"):
        name(delegation, Guest("Cy", "cy@example.org"))
    cancel(one)
    assert name(delegation, Guest("Cy", "cy@example.org")).is_active


def test_nobody_is_named_after_the_moment(client):
    delegation = make_delegation(until=timezone.now() - dt.timedelta(minutes=1))

    with pytest.raises(DomainError, match="no longer"):
        name(delegation)
    assert "can no longer be named" in client.get(url(delegation)).content.decode()


def test_whoever_is_registered_already_takes_no_place():
    delegation = make_delegation()
    known = make_registration(delegation.ticket_type, email="bo@example.org")

    assert name(delegation) == known
    assert places_left(delegation) == 2


def test_a_delegation_waits_like_others_where_the_type_is_full():
    delegation = make_delegation(make_ticket_type(capacity=1))
    make_registration(delegation.ticket_type)

    assert name(delegation).status == RegistrationStatus.WAITLISTED


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_many_named_at_once_are_never_more_than_the_places():
    delegation = make_delegation(make_ticket_type(capacity=50), places=3)

    def tried(number: int) -> bool:
        try:
            name(delegation, Guest(f"Guest {number}", f"g{number}@example.org"))
        except DomainError:
            return False
        return True

    assert sum(at_once(*[lambda number=number: tried(number) for number in range(8)])) == 3
    assert Registration.objects.filter(delegation=delegation).count() == 3


def test_the_page_takes_the_same_queries_for_few_and_many(client, django_assert_max_num_queries):
    delegation = make_delegation(places=9)
    for number in range(8):
        name(delegation, Guest(f"Guest {number}", f"g{number}@example.org"))
    client.get(url(delegation))

    with django_assert_max_num_queries(7):
        client.get(url(delegation))


def press(user: Any, delegation: Delegation, button: str) -> Any:
    address = reverse("admin:registrations_delegation_do", args=[delegation.pk, button])
    return signed_in(user).post(address, follow=True)


def test_organizers_send_and_exchange_the_link():
    delegation = make_delegation(make_ticket_type(make_event(status="published")))
    user, old = organizer(delegation.event, Role.REGISTRAR), delegation.secret

    press(user, delegation, "send")
    mail = compose(EmailMessage.objects.get())
    assert old in mail.text
    assert "Dear Ada Lovelace" in mail.text
    press(user, delegation, "renew")

    delegation.refresh_from_db()
    assert delegation.secret != old
    assert delegation.sent_at
    assert EmailMessage.objects.count() == 2


def test_organizers_of_another_edition_and_viewers_send_nothing():
    delegation = make_delegation()
    for user in (organizer(make_event()), organizer(delegation.event, Role.VIEWER)):
        assert press(user, delegation, "renew").status_code in {403, 404}
        response = signed_in(user).post(reverse("admin:registrations_delegation_add"), {"name_en": "X"})
        assert response.status_code in {200, 403}
    assert Delegation.objects.get().secret == delegation.secret


def test_an_organizer_sees_the_delegations_of_the_own_edition():
    delegation = make_delegation()
    name(delegation)
    for user, is_seen in ((organizer(delegation.event), True), (organizer(make_event()), False)):
        client = signed_in(user)
        shown = client.get(reverse("admin:registrations_delegation_changelist")).content.decode()
        page = client.get(reverse("admin:registrations_delegation_change", args=[delegation.pk]))
        assert ("Analytical Society" in shown) is is_seen
        assert (page.status_code == 200) is is_seen


def test_the_focal_point_is_erased_with_the_edition():
    event = make_event(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2), data_kept_until=dt.date(2020, 6, 1))
    delegation = make_delegation(make_ticket_type(event))

    erase_due()

    delegation.refresh_from_db()
    assert (delegation.contact_name, delegation.contact_email) == ("", "")
