"""The page behind the personal link."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import EventStatus
from forum_site.lib.codes import new_secret
from forum_site.mail.models import EmailMessage
from registrations.domain.cancel import cancel
from registrations.domain.decisions import decline
from registrations.enums import RegistrationStatus
from registrations.models import Registration
from tests.factories import make_event, make_registration, make_role, make_session, make_ticket_type, make_user

pytestmark = pytest.mark.django_db


def url(registration: Registration, rest: str = "", language: str = "en") -> str:
    return f"/{language}/registrations/{registration.secret}/{rest}"


def page(client: Client, registration: Registration, **options: Any) -> str:
    return client.get(url(registration, **options)).content.decode()


def details(**fields: str) -> dict[str, str]:
    defaults = {
        "full_name": "Ada Lovelace",
        "organization": "Society",
        "country": "CN",
        "language": "en",
        "timezone_name": "Europe/London",
    }
    return defaults | fields


def test_the_page_shows_where_the_registration_stands(client):
    registration = make_registration(full_name="Wanjiru Kamau", email="w@example.org", country="KE")

    shown = page(client, registration)

    assert "<h1>Wanjiru Kamau</h1>" in shown
    assert "Confirmed" in shown
    assert registration.code in shown
    assert "w@example.org" in shown
    assert "Kenya" in shown


@pytest.mark.parametrize(("language", "words"), [("en", "Nairobi, GMT+3"), ("zh-hans", "内罗毕，GMT+3")])
def test_the_page_says_in_which_zone_somebody_reads_times(client, language, words):
    registration = make_registration(timezone_name="Africa/Nairobi")

    assert words in page(client, registration, language=language)


def test_the_page_is_kept_by_nobody(client):
    response = client.get(url(make_registration()))

    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_page_speaks_both_languages(client):
    registration = make_registration(make_ticket_type(name_en="Online", name_zh_hans="线上"))

    assert '<html lang="zh-Hans"' in page(client, registration, language="zh-hans")
    assert "线上" in page(client, registration, language="zh-hans")
    assert f'href="{url(registration, language="zh-hans")}"' in page(client, registration)


def test_the_page_tells_the_place_on_the_waiting_list(client):
    ticket_type = make_ticket_type(capacity=1)
    people = [make_registration(ticket_type) for _ in range(3)]

    assert "Your place on the list: 2." in page(client, people[2])


def test_the_page_tells_what_became_of_it(client):
    ticket_type = make_ticket_type(needs_approval=True)
    pending, declined, cancelled = (make_registration(ticket_type) for _ in range(3))
    decline(declined, reason="For members only")
    cancel(cancelled)

    assert "To be approved" in page(client, pending)
    assert "Reason: For members only" in page(client, declined)
    assert "Your place was given back." in page(client, cancelled)
    assert "Cancel my registration" not in page(client, cancelled)


def test_the_page_of_a_cancelled_edition_says_so(client):
    registration = make_registration()
    registration.event.status = EventStatus.CANCELLED
    registration.event.save()

    assert "The whole edition is cancelled" in page(client, registration)


def test_every_wrong_link_gets_the_same_answer(client):
    registration = make_registration()
    wrong = [new_secret(), registration.secret[:-1], registration.secret.swapcase(), str(registration.pk), "x"]

    for rest in ("", "edit/", "cancel/", "calendar.ics"):
        answers = [client.get(f"/en/registrations/{secret}/{rest}") for secret in wrong]
        bodies = {
            answer.content.replace(f"/{secret}/".encode(), b"") for answer, secret in zip(answers, wrong, strict=True)
        }
        assert {answer.status_code for answer in answers} == {404}
        assert len(bodies) == 1
    assert client.post(f"/en/registrations/{wrong[0]}/cancel/").status_code == 404


def test_the_link_opens_one_registration_for_anybody_who_has_it():
    """Three people: the organizer of this edition, the organizer of another, and nobody see the same by the link."""
    registration, other = make_registration(), make_registration(email="other@example.org")
    here, elsewhere, nobody = Client(), Client(), Client()
    for client, event in ((here, registration.event), (elsewhere, make_event())):
        user = make_user()
        make_role(user, event, "owner")
        client.force_login(user)

    for client in (here, elsewhere, nobody):
        shown = page(client, registration)
        assert registration.code in shown
        assert other.code not in shown
        assert "other@example.org" not in shown


def test_the_details_can_be_changed(client):
    registration = make_registration(email="ada@example.org")

    response = client.post(url(registration, "edit/"), details(language="zh-hans"))

    registration.refresh_from_db()
    assert response.url == url(registration, language="zh-hans") + "?done=edited"
    assert (registration.full_name, registration.country.code) == ("Ada Lovelace", "CN")
    assert (registration.email, registration.timezone_name) == ("ada@example.org", "Europe/London")
    assert "Your details are changed" in client.get(url(registration) + "?done=edited").content.decode()


def test_the_form_of_the_details_shows_them_and_what_is_wrong(client):
    registration = make_registration(full_name="Ada", timezone_name="Asia/Calcutta")

    shown = client.get(url(registration, "edit/")).content.decode()
    assert 'value="Ada"' in shown
    assert '<option value="Asia/Calcutta" selected>' in shown
    assert "Enter your full name" in client.post(url(registration, "edit/"), details(full_name=" ")).content.decode()


def test_cancelling_asks_first_and_gives_the_seat_on(client):
    ticket_type = make_ticket_type(capacity=1)
    first, second = make_registration(ticket_type), make_registration(ticket_type)

    assert "Cancel your registration?" in client.get(url(first, "cancel/")).content.decode()
    first.refresh_from_db()
    assert first.status == RegistrationStatus.CONFIRMED

    response = client.post(url(first, "cancel/"))

    second.refresh_from_db()
    assert second.status == RegistrationStatus.OFFERED
    assert "Your registration is cancelled" in client.get(response.url).content.decode()
    assert client.get(url(first, "edit/")).status_code == 302
    assert client.get(url(first, "cancel/")).status_code == 302


def test_a_form_on_another_site_cannot_cancel(client):
    registration = make_registration()

    assert client.post(url(registration, "cancel/"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    registration.refresh_from_db()
    assert registration.is_active


def test_the_mail_is_sent_again(client, settings):
    settings.REGISTRATIONS_PER_EMAIL = 2
    registration = make_registration()

    for _ in range(4):
        response = client.post(url(registration, "resend/"))

    assert "on its way" in client.get(response.url).content.decode()
    assert EmailMessage.objects.filter(kind="registration_existing").count() == 2
    assert client.get(url(registration, "resend/")).status_code == 405


def test_the_calendar_entry_is_taken_back_after_cancelling(client):
    registration = make_registration()

    assert b"METHOD:PUBLISH" in client.get(url(registration, "calendar.ics")).content
    cancel(registration)
    assert b"METHOD:CANCEL" in client.get(url(registration, "calendar.ics")).content


def test_looking_writes_nothing(client):
    registration = make_registration()
    before = Registration.objects.values().get()

    for rest in ("", "edit/", "cancel/", "calendar.ics", "?done=cancelled"):
        assert client.get(url(registration, rest)).status_code == 200

    assert Registration.objects.values().get() == before
    assert EmailMessage.objects.count() == 1


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_page_makes_the_same_queries_however_long_the_programme(client, sessions, django_assert_max_num_queries):
    ticket_type = make_ticket_type(capacity=1)
    for _ in range(sessions):
        make_session(ticket_type.event, start="09:00", end="10:00")
        registration = make_registration(ticket_type)

    with django_assert_max_num_queries(13):
        client.get(url(registration))


def test_an_offer_is_accepted_by_one_button(client):
    ticket_type = make_ticket_type(capacity=1)
    first, second = make_registration(ticket_type), make_registration(ticket_type, timezone_name="Africa/Nairobi")
    cancel(first)

    page = client.get(url(second)).content.decode()
    second.refresh_from_db()
    assert second.status == RegistrationStatus.OFFERED
    assert "Accept the place" in page
    assert "Nairobi, GMT+3" in page
    assert "Shanghai, GMT+8" in page
    assert "Decline the place?" in client.get(url(second, "cancel/")).content.decode()

    response = client.post(url(second, "accept/"))

    assert "Confirmed" in client.get(response.url).content.decode()
    assert client.get(url(second, "accept/")).status_code == 405


def test_an_offer_past_its_deadline_has_no_button(client):
    ticket_type = make_ticket_type(capacity=1)
    first, second = make_registration(ticket_type), make_registration(ticket_type)
    cancel(first)
    Registration.objects.filter(pk=second.pk).update(expires_at=timezone.now())

    page = client.get(url(second)).content.decode()
    assert "The time to answer is over" in page
    assert "Accept the place" not in page
    client.post(url(second, "accept/"))

    second.refresh_from_db()
    assert second.status == RegistrationStatus.EXPIRED


def test_an_address_is_confirmed_by_one_button(client):
    registration = make_registration(make_ticket_type(needs_confirmation=True))

    assert "Confirm my address" in client.get(url(registration)).content.decode()
    client.post(url(registration, "accept/"))

    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CONFIRMED


def test_how_one_attends_is_changed_where_a_place_is_free(client):
    event = make_event()
    mine, free = make_ticket_type(event), make_ticket_type(event, name_en="Online")
    full = make_ticket_type(event, capacity=1)
    make_registration(full)
    registration = make_registration(mine)

    assert "Change how I attend" in client.get(url(registration)).content.decode()
    refused = client.post(url(registration, "type/"), {"ticket_type": full.slug})
    assert "No place is free" in refused.content.decode()
    response = client.post(url(registration, "type/"), {"ticket_type": free.slug})

    assert "How you attend is changed" in client.get(response.url).content.decode()
    registration.refresh_from_db()
    assert registration.ticket_type == free
