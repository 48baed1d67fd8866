"""Telling people of an edition that is not as they know it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from events.domain.publishing import cancel, postpone, publish
from events.models import Event
from forum_site.mail.compose import Composed, compose
from forum_site.mail.models import EmailMessage
from registrations.domain import edition_changes, letters
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel as cancel_registration
from registrations.domain.edition_changes import QUIET, tell_of_editions
from registrations.domain.groups import Person, register_group
from registrations.models import KnownEdition, Registration
from tests.factories import at, make_event, make_registration, make_session, make_ticket_type, make_venue

pytestmark = pytest.mark.django_db
NOTE = {"en": "The lake is in flood.", "zh-hans": "因湖区洪涝。"}


@pytest.fixture
def event() -> Event:
    """An edition in Shanghai whose people are known to know it."""
    event = make_event(name_en="The Forum", name_zh_hans="本论坛", starts_on=dt.date(2027, 5, 10), venue=make_venue())
    make_ticket_type(event)
    tell_of_editions(timezone.now())
    return event


@pytest.fixture
def person(event: Event) -> Registration:
    found = make_registration(event.ticket_types.get(), timezone_name="Africa/Nairobi")
    tell_of_editions(timezone.now())
    EmailMessage.objects.all().delete()
    return found


def change(event: Event, **fields: Any) -> None:
    """Change the edition behind everybody's back."""
    Event.objects.filter(pk=event.pk).update(**fields)


def told() -> int:
    """Look twice, as the job does every minute: what is new is left alone for a while."""
    seen = tell_of_editions(timezone.now())
    return seen + tell_of_editions(timezone.now() + QUIET)


def kinds() -> list[str]:
    return list(EmailMessage.objects.order_by("pk").values_list("kind", flat=True))


def only_mail() -> Composed:
    message = EmailMessage.objects.select_related("event__series").get()
    with translation.override(message.language):
        return compose(message)


def test_nothing_is_told_while_nothing_changes(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert tell_of_editions(timezone.now() + QUIET) == 0

    assert kinds() == []


def test_a_cancelled_edition_is_told_once_and_takes_its_entry_back(event, person):
    cancel(event, note=NOTE)

    assert (told(), told()) == (1, 0)
    assert kinds() == [letters.EDITION_CANCELLED]
    mail = only_mail()
    assert mail.subject == "Cancelled: The Forum"
    assert "The lake is in flood." in mail.text
    assert "Dates:" not in mail.text
    [entry] = mail.attachments
    assert "METHOD:CANCEL" in entry.content
    assert "STATUS:CANCELLED" in entry.content


def test_a_slip_that_is_put_right_is_never_told(event, person):
    cancel(event, note=NOTE)
    tell_of_editions(timezone.now())
    publish(event)

    assert told() == 0


def test_a_change_that_follows_starts_the_wait_anew(event, person):
    now = timezone.now()
    postpone(event, note={})
    tell_of_editions(now)
    cancel(event, note=NOTE)

    assert [tell_of_editions(now + QUIET), tell_of_editions(now + 2 * QUIET)] == [0, 1]
    assert kinds() == [letters.EDITION_CANCELLED]


def test_a_postponed_edition_is_told_and_so_are_its_new_dates(event, person):
    postpone(event, note={})
    assert told() == 1
    change(event, starts_on=dt.date(2027, 9, 1), ends_on=dt.date(2027, 9, 2))
    assert told() == 0
    publish(event)
    assert told() == 1

    assert kinds() == [letters.EDITION_POSTPONED, letters.EDITION_MOVED]
    EmailMessage.objects.order_by("pk")[0].delete()
    mail = only_mail()
    assert mail.subject == "New dates: The Forum"
    assert "Now: 1–2 September 2027 · Shanghai, GMT+8" in mail.text
    assert "Before: " not in mail.text or "May 2027" not in mail.text
    assert "METHOD:PUBLISH" in mail.attachments[0].content


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": dt.date(2027, 5, 9)},
        {"ends_on": dt.date(2027, 5, 12)},
        {"timezone_name": "Asia/Tokyo"},
        {"venue": None},
        {"attendance_mode": "online"},
    ],
)
def test_other_days_zone_place_and_form_are_told(event, person, fields):
    change(event, **fields)

    assert told() == 1
    mail = only_mail()
    assert mail.subject == "Changed: The Forum"
    assert "Before: " in mail.text


def test_words_of_an_edition_are_no_news(event, person):
    change(event, name_en="Forum", theme_en="Another", fee_en="Free")

    assert told() == 0


def test_the_mail_is_in_the_language_of_the_person(event):
    make_registration(event.ticket_types.get(), language="zh-hans")
    told()
    EmailMessage.objects.all().delete()
    change(event, ends_on=dt.date(2027, 5, 12))

    told()

    mail = only_mail()
    assert "本论坛" in mail.subject
    assert "2027年5月10日至12日" in mail.text


def test_whoever_is_not_coming_hears_nothing(event, person):
    gone = make_registration(event.ticket_types.get())
    unconfirmed = make_registration(make_ticket_type(event, slug="other", needs_confirmation=True))
    cancel_registration(gone)
    EmailMessage.objects.all().delete()
    cancel(event, note=NOTE)

    told()

    assert [one.recipient for one in EmailMessage.objects.all()] == [person.email]
    assert unconfirmed.status == "unverified"


def test_whoever_registers_after_a_change_knows_it(event, person):
    change(event, ends_on=dt.date(2027, 5, 12))
    tell_of_editions(timezone.now())
    late = make_registration(event.ticket_types.get())
    EmailMessage.objects.all().delete()

    tell_of_editions(timezone.now() + QUIET)

    assert [one.recipient for one in EmailMessage.objects.all()] == [person.email]
    assert late.status == "confirmed"


def test_places_without_a_name_are_one_mail_to_whoever_answers_for_them(event):
    register_group(
        event,
        ticket_type=event.ticket_types.get(),
        people=[Person("", "", "", "KE")] * 3,
        contact_name="Ada",
        contact_email="ada@example.org",
        waits_together=False,
        language="en",
        consent_text="Yes.",
    )
    told()
    EmailMessage.objects.all().delete()
    cancel(event, note=NOTE)

    assert told() == 1


def test_everybody_is_told_once_however_the_worker_is_interrupted(event, monkeypatch):
    monkeypatch.setattr(edition_changes, "AT_ONCE", 2)
    people = [make_registration(event.ticket_types.get()) for _ in range(5)]
    told()
    EmailMessage.objects.all().delete()
    now = timezone.now()
    cancel(event, note=NOTE)
    tell_of_editions(now)

    edition_changes._tell_some(event.pk, now + QUIET)  # and then the worker is killed
    publish(event)  # too late: the others hear of it too, and then all of this
    tell_of_editions(now + QUIET)
    tell_of_editions(now + QUIET)
    tell_of_editions(now + 2 * QUIET)

    assert kinds() == [letters.EDITION_CANCELLED] * 5 + [letters.EDITION_MOVED] * 5
    for kind in (letters.EDITION_CANCELLED, letters.EDITION_MOVED):
        mails = EmailMessage.objects.filter(kind=kind)
        assert {one.recipient for one in mails} == {one.email for one in people}
    assert KnownEdition.objects.get().news == {}


def test_an_edition_that_is_over_is_no_news(event, person):
    cancel(event, note=NOTE)
    later = at(event, "12:00", day=3)

    assert tell_of_editions(later) + tell_of_editions(later + QUIET) == 0


def test_number_of_queries_does_not_grow_with_the_people(event, person, django_assert_num_queries):
    for _ in range(30):
        make_registration(event.ticket_types.get())
    cancel(event, note=NOTE)
    tell_of_editions(timezone.now())

    with django_assert_num_queries(9):
        tell_of_editions(timezone.now() + QUIET)


def test_the_entry_of_a_registration_follows_the_programme(event, person, client):
    def entry() -> tuple[int, str]:
        text = client.get(f"{person.self_service_path()}calendar.ics").content.decode()
        lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        return int(lines["SEQUENCE"]), lines["STATUS"]

    session = make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", end="10:00", day=1)
    first = entry()
    session.starts_at += dt.timedelta(minutes=30)
    session.save()
    moved = entry()
    cancel(event, note=NOTE)
    off = entry()
    publish(event)
    back = entry()

    assert first[0] < moved[0] < off[0] < back[0]
    assert [status for _number, status in (first, moved, off, back)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]


def test_an_address_that_is_confirmed_later_is_told_of_what_comes_then(event):
    ticket_type = make_ticket_type(event, slug="other", needs_confirmation=True)
    person = make_registration(ticket_type)
    accept(person)
    told()
    EmailMessage.objects.all().delete()
    change(event, ends_on=dt.date(2027, 5, 12))

    assert told() == 1
