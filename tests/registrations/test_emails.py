"""The mails about registrations, and their calendar entries."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.utils import timezone, translation

from events.domain.publishing import cancel as cancel_event
from events.domain.publishing import postpone, publish
from events.models import Event, Session
from forum_site.mail.compose import Composed, compose
from forum_site.mail.models import EmailMessage
from registrations.domain import letters
from registrations.domain.accept import accept
from registrations.domain.bookings import book, leave
from registrations.domain.cancel import cancel
from registrations.domain.change_type import change_type
from registrations.domain.decisions import decline
from registrations.domain.edition_changes import tell_of_editions
from registrations.domain.links import renew_link, resend_link
from registrations.domain.session_changes import QUIET, tell_of_changes
from registrations.domain.session_places import settle_due
from registrations.domain.transfer import decline_transfer, offer_transfer, take_over
from registrations.enums import Actor
from registrations.models import Registration, SessionBooking
from tests.factories import (
    make_bookable,
    make_event,
    make_registration,
    make_series,
    make_session,
    make_ticket_type,
    make_venue,
)

pytestmark = pytest.mark.django_db


def forum(**fields: Any) -> Event:
    series = make_series(contact_email="forum@eastmere.example")
    defaults = {
        "slug": "eastmere-2026",
        "name_en": "Eastmere Forum on AI Governance 2026",
        "name_zh_hans": "2026年东湖人工智能治理论坛",
        "theme_en": "Rules That Travel, “Accountable” & Fair",
        "theme_zh_hans": "规则无界，责任有痕",
        "starts_on": dt.date(2026, 12, 10),
        "ends_on": dt.date(2026, 12, 11),
        "series": series,
    }
    return make_event(**(defaults | fields))


def letter(registration: Registration, kind: str) -> Composed:
    reference = letters.reference_of(registration)
    return compose(EmailMessage.objects.select_related("event__series").get(kind=kind, reference=reference))


def words_of(markup: str) -> str:
    """The words of an HTML mail, one blank between them."""
    body = re.sub(r"<(style|title)>.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_confirmation_says_what_one_needs(settings):
    event = forum(venue=make_venue(name_en="Founders’ Hall", city_en="Eastmere"))
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="16:00", end="17:30", day=1)
    ticket_type = make_ticket_type(event, name_en="On site", attendance_mode="onsite")
    registration = make_registration(ticket_type, full_name="Wanjiru Kamau", timezone_name="Africa/Nairobi")

    mail = letter(registration, letters.CONFIRMED)

    assert mail.subject == "Registration confirmed: Eastmere Forum on AI Governance 2026"
    assert "Dear Wanjiru Kamau," in mail.text
    assert "Dates: 10–11 December 2026 (Shanghai, GMT+8)" in mail.text
    assert "Begins: Thursday 10 December, 09:00 (Shanghai, GMT+8)" in mail.text
    assert "In your time: Thursday 10 December, 04:00 (Nairobi, GMT+3)" in mail.text
    assert "Place: Founders’ Hall, Eastmere" in mail.text
    assert "Theme: Rules That Travel, “Accountable” & Fair" in mail.text
    assert f"Code: {registration.code}" in mail.text
    assert f"http://testserver/en/registrations/{registration.secret}/" in mail.text
    assert [attachment.filename for attachment in mail.attachments] == ["eastmere-2026.ics"]


def test_the_mail_is_in_the_language_of_the_registration():
    registration = make_registration(make_ticket_type(forum()), language="zh-hans")

    mail = letter(registration, letters.CONFIRMED)

    assert "2026年东湖人工智能治理论坛" in mail.subject
    assert "2026年12月10日至11日（上海，GMT+8）" in mail.text
    assert f"http://testserver/zh-hans/registrations/{registration.secret}/" in mail.text
    assert '<html lang="zh-Hans">' in mail.html


def everything(event: Event) -> list[tuple[Registration, str]]:
    """One mail of each kind."""
    open_type = make_ticket_type(event, capacity=1, promotes_at_once=True)
    approved_type = make_ticket_type(event, capacity=1, needs_approval=True)
    asking_type = make_ticket_type(event, needs_confirmation=True)
    first, second, third = (make_registration(open_type) for _ in range(3))
    pending, declined = make_registration(approved_type), make_registration(approved_type)
    decline(declined, reason="Only for members & friends")
    cancel(first, by=Actor.ORGANIZER, reason="Room is smaller")
    resend_link(event, email=third.email)
    change_type(second, ticket_type=make_ticket_type(event))
    offered = make_registration(approved_type)
    cancel(pending)
    unverified, expired = make_registration(asking_type), make_registration(asking_type)
    Registration.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    accept(expired)
    passed_on = make_registration(make_ticket_type(event))
    renew_link(passed_on)
    transfer = offer_transfer(passed_on, full_name="Grace Hopper", email="grace@example.org", language="en")
    offering = make_registration(make_ticket_type(event))
    offer_transfer(offering, full_name="Mary Jackson", email="mary@example.org", language="en")
    own = {"organization": "Navy", "country": "US", "consent_text": "I agree."}
    kept = make_registration(passed_on.ticket_type)
    decline_transfer(offer_transfer(kept, full_name="Bo Bo", email="bo@example.org", language="en"))
    take_over(transfer, full_name="Grace Hopper", language="en", **own)
    return [
        *of_sessions(event),
        *of_editions(event, kept),
        (passed_on, letters.RENEWED),
        (offering, letters.TRANSFER_OFFERED),
        (passed_on, letters.HANDED_OVER),
        (kept, letters.TRANSFER_DECLINED),
        (first, letters.CONFIRMED),
        (pending, letters.PENDING),
        (third, letters.WAITLISTED),
        (second, letters.PROMOTED),
        (first, letters.CANCELLED),
        (declined, letters.DECLINED),
        (third, letters.EXISTING),
        (second, letters.CHANGED),
        (offered, letters.OFFERED),
        (unverified, letters.UNVERIFIED),
        (expired, letters.EXPIRED),
    ]


def of_editions(event: Event, person: Registration) -> list[tuple[Registration, str]]:
    """One mail of each kind about the edition."""
    now = timezone.now()
    tell_of_editions(now)
    steps = [(postpone, letters.EDITION_POSTPONED), (cancel_event, letters.EDITION_CANCELLED)]
    for take, _kind in steps:
        take(event, note={"en": "The lake is in flood & rising."})
        for moment in (now, now + QUIET):
            tell_of_editions(moment)
    publish(event)
    for moment in (now, now + QUIET):
        tell_of_editions(moment)
    return [(person, kind) for _take, kind in steps] + [(person, letters.EDITION_MOVED)]


def of_sessions(event: Event) -> list[tuple[Registration, str]]:
    """One mail of each kind about a session."""
    ticket_type = make_ticket_type(event)
    first, second, third = (make_registration(ticket_type) for _ in range(3))
    bookable = make_bookable(make_session(event, start="09:00", end="10:00"), capacity=1)
    for person in (first, second, third):
        book(person, bookable=bookable)
    leave(first, bookable=bookable, by=Actor.ORGANIZER, reason="Room is smaller")
    SessionBooking.objects.filter(state="offered").update(expires_at=timezone.now())
    settle_due(timezone.now())
    for change in ({"status": "cancelled"}, {"status": "published", "day": event.ends_on}):
        Session.objects.filter(pk=bookable.session_id).update(**change)
        tell_of_changes(timezone.now() + 2 * QUIET)
    return [
        (first, letters.SESSION_WITHDRAWN),
        (second, letters.SESSION_OFFERED),
        (second, letters.SESSION_EXPIRED),
        (third, letters.SESSION_CANCELLED),
        (third, letters.SESSION_MOVED),
    ]


def test_every_mail_says_the_same_as_text_and_as_html():
    sent = everything(forum())

    assert {kind for _, kind in sent} == set(letters.KINDS)
    for registration, kind in sent:
        mail = letter(registration, kind)
        shown = words_of(mail.html)
        for line in mail.text.splitlines():
            for piece in line.split(": ") if ": " in line else [line]:
                if piece.strip(" -:") and not piece.startswith("http"):
                    assert " ".join(piece.rstrip(":").split()) in shown, (kind, piece)
        assert registration.full_name in mail.text
        assert "None" not in mail.text
        assert "{" not in words_of(mail.html)


def test_the_waiting_list_mail_names_the_place_on_the_list():
    ticket_type = make_ticket_type(forum(), capacity=1)
    people = [make_registration(ticket_type) for _ in range(3)]

    mail = letter(people[2], letters.WAITLISTED)

    assert "Your place on the list: 2." in mail.text
    assert mail.attachments == []


def test_the_cancellation_takes_the_calendar_entry_back():
    registration = make_registration(make_ticket_type(forum()))
    entry = letter(registration, letters.CONFIRMED).attachments[0].content
    cancel(registration)

    mail = letter(registration, letters.CANCELLED)

    (attachment,) = mail.attachments
    assert attachment.content_type == "text/calendar; method=CANCEL"
    assert "METHOD:CANCEL" in attachment.content
    assert "STATUS:CANCELLED" in attachment.content
    assert "SEQUENCE:2" in attachment.content
    assert "SEQUENCE:1" in entry
    assert re.search(r"^UID:.*$", entry, re.MULTILINE)[0] == re.search(r"^UID:.*$", attachment.content, re.MULTILINE)[0]
    assert registration.secret not in mail.text


def test_whoever_left_the_waiting_list_gets_no_calendar_file():
    ticket_type = make_ticket_type(forum(), capacity=1)
    make_registration(ticket_type)
    waiting = cancel(make_registration(ticket_type))

    assert letter(waiting, letters.CANCELLED).attachments == []


def test_a_promoted_person_who_needs_approval_is_not_told_to_have_a_place():
    ticket_type = make_ticket_type(forum(), capacity=1, needs_approval=True, promotes_at_once=True)
    first, second = make_registration(ticket_type), make_registration(ticket_type)
    cancel(first)

    mail = letter(second, letters.PROMOTED)

    assert "kept for you until the organizers have answered" in mail.text
    assert mail.attachments == []


def test_composing_takes_the_same_queries_however_many_are_registered(django_assert_num_queries):
    ticket_type = make_ticket_type(forum(), capacity=1)
    people = [make_registration(ticket_type) for _ in range(4)]
    message = EmailMessage.objects.get(reference=letters.reference_of(people[3]))

    with django_assert_num_queries(5), translation.override("en"):
        compose(message)
