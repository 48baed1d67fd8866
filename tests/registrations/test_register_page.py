"""The page on which people register, as a visitor meets it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.test import Client
from django.utils import timezone

from events.enums import EventStatus
from events.models import Event
from forum_site.mail.models import EmailMessage
from registrations.enums import RegistrationStatus
from registrations.models import Registration, TicketType
from tests.factories import make_event, make_page, make_registration, make_session, make_ticket_type

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_haste(settings: Any) -> None:
    settings.FORM_MINIMUM_SECONDS = 0


def url(event: Event, rest: str = "", language: str = "en") -> str:
    return f"/{language}/events/{event.slug}/register/{rest}"


def answers(ticket_type: TicketType | None = None, **fields: str) -> dict[str, str]:
    filled = {
        "full_name": "Wanjiru Kamau",
        "email": "wanjiru@lakeasa.example",
        "organization": "Lake Asa University",
        "country": "KE",
        "consent": "on",
        "timezone_name": "Africa/Nairobi",
    }
    return filled | ({"ticket_type": ticket_type.slug} if ticket_type else {}) | fields


def send(client: Client, event: Event, **fields: str) -> Any:
    return client.post(url(event), answers(**fields))


def test_the_page_takes_a_registration(client):
    ticket_type = make_ticket_type(make_event(data_kept_until=dt.date(2027, 12, 31)))

    response = send(client, ticket_type.event)

    registration = Registration.objects.get()
    assert response.status_code == 302
    assert response.url.startswith(f"/en/events/{ticket_type.event.slug}/register/done/?seat=")
    assert registration.status == RegistrationStatus.CONFIRMED
    assert (registration.full_name, registration.country.code) == ("Wanjiru Kamau", "KE")
    assert (registration.language, registration.timezone_name) == ("en", "Africa/Nairobi")
    assert "for running this edition, until 31 December 2027" in registration.consent_text


def test_the_page_takes_the_language_it_is_in(client):
    event = make_ticket_type().event

    client.post(url(event, language="zh-hans"), answers())

    assert Registration.objects.get().language == "zh-hans"
    assert EmailMessage.objects.get().language == "zh-hans"


def test_the_page_sets_no_cookie(client):
    event = make_ticket_type().event

    assert not client.get(url(event)).cookies
    response = client.post(url(event), answers())
    assert not response.cookies
    assert not client.get(response.url).cookies


def test_the_page_hides_the_choice_when_there_is_only_one(client):
    event = make_event()
    first = make_ticket_type(event, name_en="Online")
    assert b'type="radio" name="ticket_type"' not in client.get(url(event)).content

    second = make_ticket_type(event, name_en="On site", capacity=240, needs_approval=True)
    page = client.get(url(event)).content.decode()

    assert page.count('type="radio"') == 2
    assert "On approval" in page
    client.post(url(event), answers(second))
    assert Registration.objects.get().ticket_type == second != first


def test_the_page_says_what_is_missing_beside_the_field_and_above(client):
    event = make_ticket_type().event

    response = send(client, event, email="wanjiru.kamau", consent="")

    page = response.content.decode()
    assert response.status_code == 200
    assert "2 answers need your attention" in page
    assert '<a href="#id_email">Enter an e-mail address with an @, like name@example.org</a>' in page
    assert 'id="id_email_error"' in page
    assert 'value="Wanjiru Kamau"' in page
    assert re.search(r'<option value="KE" selected>', page)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["Win at https://spam.example", "see www.spam.example"])
def test_the_page_carries_no_advertisement(client, name):
    event = make_ticket_type().event

    assert b"Leave out the web address" in send(client, event, full_name=name).content
    assert not EmailMessage.objects.exists()


def test_the_page_ignores_a_zone_it_does_not_know(client):
    event = make_ticket_type().event

    send(client, event, timezone_name="Moon/Base")

    assert Registration.objects.get().timezone_name == ""


def test_the_consent_links_the_page_on_privacy(client):
    event = make_ticket_type().event
    assert f"/en/events/{event.slug}/privacy/" not in client.get(url(event)).content.decode()

    make_page(event, slug="privacy", title_en="Privacy notice")

    assert f'<a href="/en/events/{event.slug}/privacy/">Privacy notice</a>' in client.get(url(event)).content.decode()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(client):
    event = make_ticket_type().event

    response = send(client, event, topic="Cheap watches")

    assert "register/done/" in response.url
    assert not Registration.objects.exists()
    assert not EmailMessage.objects.exists()


@pytest.mark.parametrize("address", ["a@Bin.example", "a@mx.bin.example", "a@ｂｉｎ.example"])
def test_a_mailbox_of_a_refused_domain_cannot_register(client, settings, address):
    settings.REFUSED_MAIL_DOMAINS = frozenset({"bin.example"})
    event = make_event()
    make_ticket_type(event)

    page = send(client, event, email=address)
    send(client, event, email="a@notbin.example")

    assert "can still be reached on the day" in page.content.decode()
    assert [one.email for one in Registration.objects.all()] == ["a@notbin.example"]


def test_a_form_sent_too_quickly_is_asked_for_again(client, settings):
    settings.FORM_MINIMUM_SECONDS = 2
    event = make_ticket_type().event
    now = timezone.now()

    with time_machine.travel(now, tick=False) as clock:
        page = client.get(url(event)).content.decode()
        stamp = re.search(r'name="started" value="([^"]+)"', page)[1]
        clock.shift(1)
        assert b"That was very quick" in send(client, event, started=stamp).content
        clock.shift(2)
        assert send(client, event, started=stamp).status_code == 302


def test_a_form_with_a_forged_mark_gets_a_new_one(client, settings):
    settings.FORM_MINIMUM_SECONDS = 2
    event = make_ticket_type().event
    forged = TimestampSigner(key="x" * 50, salt="registrations.form").sign("form")

    response = send(client, event, started=forged)

    assert response.status_code == 200
    assert forged not in response.content.decode()


def done_page(client: Client, response: Any) -> str:
    return re.sub(r'value="gAAAA[^"]+"|seat=[\w%=-]+', "", client.get(response.url).content.decode())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "A seat is kept for you, Wanjiru Kamau"),
        ({"needs_approval": True}, "The organizers have to approve it"),
        ({"capacity": 1}, "You are on the waiting list, Wanjiru Kamau"),
    ],
)
def test_the_answer_is_the_same_for_known_and_unknown_addresses(client, fields, words):
    ticket_type = make_ticket_type(**fields)
    make_registration(ticket_type)
    known = make_registration(ticket_type, email="known@example.org")

    again = send(client, ticket_type.event, email="known@example.org")
    anew = send(client, ticket_type.event, email="new@example.org")

    first, second = done_page(client, again), done_page(client, anew)
    assert words in second
    drawing = re.compile(r"<svg class=.hall.*?</svg>", re.DOTALL)  # the marked seat follows the address
    assert drawing.sub("", first).replace("known@", "") == drawing.sub("", second).replace("new@", "")
    assert len(again.url) == len(anew.url) or abs(len(again.url) - len(anew.url)) < 30
    assert known.code not in first
    assert Registration.objects.filter(email="known@example.org").count() == 1


def test_the_done_page_holds_nothing_personal_in_its_address(client):
    response = send(client, make_ticket_type().event)

    assert "wanjiru" not in response.url.lower()
    page = client.get(response.url)
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "wanjiru@lakeasa.example" in page.content.decode()
    assert "kept-seat" in page.content.decode()


def test_the_done_page_ends_after_an_hour(client):
    event = make_ticket_type().event
    response = send(client, event)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=1, seconds=5)):
        assert client.get(response.url).url == url(event)
    assert client.get(url(event, "done/?seat=nonsense")).url == url(event)


def test_the_done_page_offers_the_calendars(client):
    event = make_event(starts_on=timezone.now().date() + dt.timedelta(days=30))
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="16:00", end="17:30", day=1)
    page = client.get(send(client, make_ticket_type(event).event).url).content.decode()

    google = re.search(r'href="(https://calendar.google.com[^"]+)"', page)[1].replace("&amp;", "&")
    fields = parse_qs(urlsplit(google).query)
    first, last = (f"{day:%Y%m%d}" for day in (event.starts_on, event.ends_on))
    assert fields["dates"] == [f"{first}T090000/{last}T173000"]
    assert fields["ctz"] == ["Asia/Shanghai"]
    file = client.get(url(event, "days.ics"))
    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VTIMEZONE" in file.content


def test_the_done_page_sends_the_mail_again(client):
    event = make_ticket_type().event
    response = send(client, event)
    seat = parse_qs(urlsplit(response.url).query)["seat"][0]

    again = client.post(url(event, "resend/"), {"seat": seat})

    assert "We have sent it again" in client.get(again.url).content.decode()
    assert EmailMessage.objects.filter(kind="registration_existing").count() == 1


def test_the_link_is_sent_again_without_telling_who_is_registered(client):
    registration = make_registration(email="ada@example.org")
    page = url(registration.event, "resend/")

    known, unknown = (client.post(page, {"email": f"{who}@example.org"}) for who in ("ada", "eve"))

    assert known.content.replace(b"ada@", b"") == unknown.content.replace(b"eve@", b"")
    assert EmailMessage.objects.filter(kind="registration_existing").count() == 1


def test_a_visitor_who_asks_too_often_is_told_the_limit(client, settings):
    settings.REGISTRATIONS_PER_ADDRESS = 2
    event = make_ticket_type().event
    send(client, event, email="a@example.org")
    send(client, event, email="b@example.org")

    response = send(client, event, email="c@example.org")

    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "At most 2 attempts in 10 minutes are possible from one network" in response.content.decode()
    assert Registration.objects.count() == 2


def test_one_address_is_limited_whether_it_is_known_or_not(client, settings):
    settings.REGISTRATIONS_PER_EMAIL = 2
    event = make_ticket_type().event
    results = [send(client, event, email="A@example.org").status_code for _ in range(3)]

    assert results == [302, 302, 429]
    assert send(client, event, email="other@example.org").status_code == 302


def test_the_proxy_is_believed_only_when_there_is_one(client, settings):
    settings.REGISTRATIONS_PER_ADDRESS = 1
    event = make_ticket_type().event

    def post(number: int) -> int:
        headers = {"X-Forwarded-For": f"6.6.6.6, 10.0.0.{number}"}
        return client.post(url(event), answers(email=f"{number}@example.org"), headers=headers).status_code

    assert [post(1), post(2)] == [302, 429]
    settings.TRUSTED_PROXY_COUNT = 1
    assert [post(3), post(4), post(3)] == [302, 302, 429]


def test_a_form_on_another_site_is_refused(client):
    event = make_ticket_type().event

    response = client.post(url(event), answers(), headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert not Registration.objects.exists()


def closed_event(state: str) -> Event:
    now = timezone.now()
    day = dt.timedelta(days=1)
    if state == "past":
        return make_ticket_type(make_event(starts_on=now.date() - 9 * day)).event
    if state in {"cancelled", "postponed"}:
        return make_ticket_type(make_event(status=EventStatus(state))).event
    if state == "none":
        return make_event()
    window = {"opens_at": now + day} if state == "not_yet" else {"closes_at": now - day}
    return make_ticket_type(**window).event


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("not_yet", "Registration has not opened yet"),
        ("closed", "Registration is closed"),
        ("cancelled", "This edition is cancelled"),
        ("postponed", "This edition is postponed"),
        ("past", "This edition is over"),
        ("none", "No registration on this site"),
    ],
)
def test_a_closed_registration_says_why(client, state, words):
    event = closed_event(state)

    for response in (client.get(url(event)), send(client, event)):
        page = response.content.decode()
        assert response.status_code == 200
        assert f"<h1>{words}</h1>" in page
        assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert not Registration.objects.exists()


def test_a_full_edition_opens_the_waiting_list(client):
    ticket_type = make_ticket_type(capacity=1)
    make_registration(ticket_type)

    page = client.get(url(ticket_type.event)).content.decode()

    assert "<h1>Waiting list</h1>" in page
    assert "Join the waiting list" in page
    send(client, ticket_type.event)
    assert Registration.objects.waiting().get().waiting_position() == 1


def test_a_draft_is_not_there(client):
    event = make_ticket_type(make_event(status=EventStatus.DRAFT)).event

    assert client.get(url(event)).status_code == 404
    assert send(client, event).status_code == 404


def test_a_hidden_ticket_type_cannot_be_chosen(client):
    event = make_event()
    make_ticket_type(event)
    make_ticket_type(event)
    hidden = make_ticket_type(event, is_hidden=True)

    assert client.post(url(event), answers(hidden)).status_code == 200
    assert not Registration.objects.exists()


def test_looking_writes_nothing(client):
    event = make_ticket_type().event

    for page in ("", "resend/", "days.ics"):
        client.get(url(event, page))

    assert not Registration.objects.exists()
    assert not EmailMessage.objects.exists()


@pytest.mark.parametrize("others", [1, 3])
def test_registering_makes_at_most_twelve_queries(client, others, django_assert_max_num_queries):
    ticket_type = make_ticket_type(capacity=1)
    for _ in range(others):
        make_registration(ticket_type)

    with django_assert_max_num_queries(12):
        assert send(client, ticket_type.event).status_code == 302
