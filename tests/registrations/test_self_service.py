"""What people do by their personal link: pass the place on, take their data along, erase it, exchange the link."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from forum_site.accounts.enums import Role
from forum_site.lib.codes import new_secret
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from registrations.domain.answers import Given
from registrations.domain.check_in import check_in, undo
from registrations.domain.jumps import change_priority
from registrations.domain.stars import keep_stars
from registrations.domain.transfer import offer_transfer
from registrations.enums import RegistrationStatus
from registrations.models import Registration, Transfer
from registrations.queries.stars import programme_of, short_name
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_question, make_registration, make_session, make_ticket_type, make_user
from tests.registrations.test_personal_page import page, url

pytestmark = pytest.mark.django_db
COLLEAGUE = {"full_name": "Grace Hopper", "email": "grace@example.org", "language": "zh-hans"}
OWN = {"full_name": "Grace Hopper", "organization": "Navy", "country": "US", "consent": "on"}


def offered(registration: Registration) -> Transfer:
    return offer_transfer(registration, **COLLEAGUE)


def link(transfer: Transfer, language: str = "en") -> str:
    return f"/{language}/transfers/{transfer.secret}/"


# --- Passing on ---------------------------------------------------------------------------------------------------


def test_a_place_is_passed_on_from_page_to_page(client):
    registration = make_registration(full_name="Ada Lovelace")
    assert url(registration, "transfer/") in page(client, registration)

    answer = client.post(url(registration, "transfer/"), COLLEAGUE)
    assert "Your place is offered" in client.get(answer.url).content.decode()
    transfer = Transfer.objects.get()
    assert "Offered to Grace Hopper" in page(client, registration)
    shown = client.get(link(transfer)).content.decode()
    assert "Ada Lovelace would like to pass a place on to you" in shown
    assert 'value="Grace Hopper"' in shown

    answer = client.post(link(transfer), OWN)

    new = Registration.objects.get(email="grace@example.org")
    assert answer.url == f"{new.self_service_path()}?done=accepted"
    assert "Grace Hopper" in client.get(answer.url).content.decode()
    assert client.get(link(transfer)).status_code == 404
    assert url(registration, "transfer/") not in page(client, registration)


def test_the_offer_is_taken_back(client):
    registration = make_registration()
    transfer = offered(registration)
    assert "Take the offer back" in client.get(url(registration, "transfer/")).content.decode()

    answer = client.post(url(registration, "transfer/take-back/"))

    assert "The offer is taken back" in client.get(answer.url).content.decode()
    assert client.post(link(transfer), OWN).status_code == 404
    assert client.get(url(registration, "transfer/take-back/")).status_code == 405


@pytest.mark.parametrize(("language", "heading"), [("en", "Decline the place?"), ("zh-hans", "确定谢绝该名额？")])
def test_the_colleague_declines_after_being_asked_once(client, language, heading):
    registration = make_registration(full_name="Ada Lovelace")
    path = link(offered(registration), language)
    assert f'href="{path}decline/"' in client.get(path).content.decode()

    asked = client.get(f"{path}decline/")
    assert heading in asked.content.decode()
    assert not asked.cookies
    assert Transfer.objects.exists()
    assert client.post(f"{path}decline/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert heading not in client.post(f"{path}decline/").content.decode()

    assert not Transfer.objects.exists()
    assert [client.get(gone).status_code for gone in (path, f"{path}decline/")] == [404, 404]
    assert EmailMessage.objects.filter(kind="registration_transfer_declined", recipient=registration.email).exists()
    assert "Offered to" not in page(client, registration)


def test_wrong_details_stand_beside_their_fields(client):
    registration = make_registration(email="ada@example.org")
    bad = {"full_name": "www.example.org", "email": "nobody", "language": "xx"}
    shown = client.post(url(registration, "transfer/"), bad).content.decode()
    assert shown.count('class="error"') == 3
    own = client.post(url(registration, "transfer/"), COLLEAGUE | {"email": "ADA@example.org"}).content.decode()
    assert "This is your own address" in own
    assert not Transfer.objects.exists()

    transfer = offered(registration)
    shown = client.post(link(transfer), {"full_name": "\u202e", "organization": "x" * 5000, "country": "XX"})
    assert shown.content.decode().count('class="error"') == 4
    assert not Registration.objects.filter(email="grace@example.org").exists()


def test_the_colleague_sees_none_of_the_answers(client):
    event = make_event()
    question = make_question(event, is_sensitive=True)
    registration = make_registration(make_ticket_type(event), answers=[Given(question, "No nuts")])

    shown = client.get(link(offered(registration))).content.decode()

    assert question.label_en in shown
    assert "No nuts" not in shown
    assert registration.code not in shown
    assert registration.email not in shown


def test_a_registered_colleague_is_told_so_on_the_colleagues_own_page_only(client):
    registration = make_registration()
    make_registration(registration.ticket_type, email="grace@example.org")

    assert client.post(url(registration, "transfer/"), COLLEAGUE).url.endswith("done=offered")

    shown = client.post(link(Transfer.objects.get()), OWN).content.decode()
    assert "registered with this address already" in shown


def test_mails_to_colleagues_are_limited(client, settings):
    settings.REGISTRATIONS_PER_EMAIL = 2
    registration = make_registration()
    codes = []
    for _ in range(3):
        codes.append(client.post(url(registration, "transfer/"), COLLEAGUE).status_code)
        client.post(url(registration, "transfer/take-back/"))

    assert codes == [302, 302, 429]


# --- The link, the data, and erasing ------------------------------------------------------------------------------


def test_the_link_is_exchanged(client):
    registration = make_registration()
    old = url(registration)
    assert "Exchange your link?" in client.get(url(registration, "renew/")).content.decode()
    assert client.get(old).status_code == 200

    answer = client.post(url(registration, "renew/"))

    shown = client.get(answer.url).content.decode()
    registration.refresh_from_db()
    assert "The old link opens nothing any more" in shown
    assert registration.secret not in shown
    assert client.get(old).status_code == 404
    assert client.get(url(registration)).status_code == 200
    deliver_due()
    bodies = [mail.text_body for mail in EmailMessage.objects.filter(recipient=registration.email)]
    assert not any(old in body for body in bodies)


def make_rich_person() -> Registration:
    event = make_event()
    ticket_type = make_ticket_type(event, capacity=1)
    question, internal = make_question(event), make_question(event, is_internal=True)
    make_registration(ticket_type)
    answers = [Given(question, "Chess"), Given(internal, "Difficult guest")]
    person = make_registration(ticket_type, full_name="Ada Lovelace", answers=answers)
    change_priority(person, priority=3, reason="Knows the minister")
    make_session(event, start="09:00", end="10:00", title_en="Opening")
    keep_stars(person, names=[short_name(one) for one in programme_of(event)])
    deliver_due()
    return person


def test_the_data_is_shown_and_downloaded(client):
    person = make_rich_person()

    shown = client.get(url(person, "data/")).content.decode()
    response = client.get(url(person, "data.json"))

    data = json.loads(response.content)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store, private"
    assert data["registration"]["full_name"] == "Ada Lovelace"
    assert data["consent"]["words"] == person.consent_text
    assert [one["answer"] for one in data["answers"]] == ["Chess"]
    assert [one["to"] for one in data["history"]] == ["waitlisted", "waitlisted"]
    assert data["starred_sessions"] == ["Opening"]
    for word in ("Ada Lovelace", "Chess", "Opening", person.consent_text):
        assert word in shown
    for note in ("Difficult guest", "Knows the minister"):
        assert note not in shown + response.content.decode()


def test_the_data_of_another_is_nobodys(client):
    person, other = make_rich_person(), make_registration(full_name="Somebody Else")

    assert "Somebody Else" not in client.get(url(person, "data.json")).content.decode()
    for rest in ("data/", "data.json", "erase/", "renew/", "transfer/"):
        assert client.get(f"/en/registrations/{new_secret()}/{rest}").status_code == 404
    assert other.is_active


def test_the_data_takes_the_same_queries_however_much_there_is(client, django_assert_max_num_queries: Any):
    person = make_rich_person()
    for number in range(4):
        make_session(person.event, start=f"1{number}:00", end=f"1{number}:45")
    keep_stars(person, names=[short_name(one) for one in programme_of(person.event)])
    client.get(url(person, "data.json"))

    with django_assert_max_num_queries(10):
        client.get(url(person, "data.json"))


def test_a_person_erases_everything(client):
    person = make_registration(full_name="Ada Lovelace")
    assert "Erase your data?" in client.get(url(person, "erase/")).content.decode()
    person.refresh_from_db()
    assert person.erased_at is None
    old = url(person)

    answer = client.post(url(person, "erase/"))

    assert "Your data is erased" in client.get(answer.url).content.decode()
    assert client.get(old).status_code == 404
    assert not Registration.objects.filter(full_name="Ada Lovelace").exists()


@pytest.mark.parametrize("rest", ["erase/", "renew/", "transfer/", "transfer/take-back/"])
def test_a_form_on_another_site_changes_nothing(client, rest):
    person = make_registration()

    answer = client.post(url(person, rest), COLLEAGUE, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert Registration.objects.values().get()["erased_at"] is None


@pytest.mark.parametrize("rest", ["", "data/", "erase/", "renew/", "transfer/"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_are_kept_by_nobody_and_set_no_cookie(client, rest, language):
    response = client.get(url(make_registration(), rest, language=language))

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert not response.cookies


# --- Organizers ---------------------------------------------------------------------------------------------------


def press(client: Client, person: Registration, name: str, **data: str) -> Any:
    return client.post(reverse("admin:registrations_registration_do", args=[person.pk, name]), data, follow=True)


def test_an_organizer_erases_after_a_question(client):
    person = make_registration(full_name="Ada Lovelace")
    client = signed_in(organizer(person.event, Role.REGISTRAR))

    press(client, person, "erase")
    assert Registration.objects.get().erased_at is None
    press(client, person, "erase", is_sure="on")

    person.refresh_from_db()
    assert person.erased_at
    assert person.status == RegistrationStatus.CANCELLED
    shown = client.get(reverse("admin:registrations_registration_changelist")).content.decode()
    assert "Erased" in shown
    assert "Ada Lovelace" not in shown
    assert client.get(reverse("admin:registrations_registration_change", args=[person.pk])).status_code == 200
    assert press(client, person, "renew").status_code == 404
    assert "Ada" not in client.get(reverse("admin:index")).content.decode()


def test_organizers_of_another_edition_and_viewers_erase_and_exchange_nothing():
    person = make_registration()
    for user in (organizer(make_event()), organizer(person.event, Role.VIEWER)):
        for name in ("erase", "renew"):
            assert press(signed_in(user), person, name, is_sure="on").status_code in {403, 404}

    assert Registration.objects.get(pk=person.pk).secret == person.secret


def test_an_organizer_exchanges_the_link():
    person = make_registration()

    press(signed_in(organizer(person.event)), person, "renew")

    assert Registration.objects.get().secret != person.secret
    assert EmailMessage.objects.filter(kind="registration_renewed").count() == 1


def test_the_list_announces_the_day_of_erasure():
    person = make_registration()
    person.event.data_kept_until = "2099-12-31"
    person.event.save()

    shown = signed_in(organizer(person.event)).get(reverse("admin:registrations_registration_changelist"))

    assert "are kept until Dec. 31, 2099" in shown.content.decode()


def test_check_ins_are_part_of_the_data(client):
    person = make_registration()
    at_door = check_in(person, by=make_user(name="Door keeper"), nonce=uuid4())
    check_in(person, by=None, nonce=uuid4(), session=make_session(person.event, title_en="Workshop"))
    undo(at_door, by=None)

    shown = client.get(url(person, "data/")).content.decode()
    data = json.loads(client.get(url(person, "data.json")).content)["check_ins"]

    assert [(one["kind"], one["session"], bool(one["taken_back_at"])) for one in data] == [
        ("entry", None, True),
        ("entry", "Workshop", False),
    ]
    assert "Check-in: Workshop" in shown
    assert "Taken back" in shown
    assert "Door keeper" not in shown + str(data)
