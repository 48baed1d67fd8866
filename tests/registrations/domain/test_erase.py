"""Erasing a person, and what is left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail as django_mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import Model

from forum_site.lib.errors import DomainError
from forum_site.mail.enums import MailState
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from forum_site.mail.outbox import send_again
from registrations.domain.answers import Given
from registrations.domain.cancel import cancel
from registrations.domain.erase import erase
from registrations.domain.stars import keep_stars
from registrations.domain.transfer import offer_transfer
from registrations.enums import RegistrationStatus
from registrations.jobs import erase_registrations
from registrations.models import Registration, StatusChange
from registrations.queries.stars import programme_of, short_name
from tests.factories import make_event, make_question, make_registration, make_session, make_ticket_type, make_user

pytestmark = pytest.mark.django_db

#: Every model that points at a registration, and that erasing a person deals with.
DEALT_WITH = {
    "answer": "deleted",
    "checkin": "kept: it says when somebody came, and not who",
    "delivery": "deleted",
    "sessionbooking": "its reason is blanked",
    "invitation": "deleted",
    "starredsession": "deleted",
    "statuschange": "its reason is blanked",
    "transfer": "deleted",
}


def everything_stored() -> str:
    """All rows of all tables that could hold something of a person, as text."""
    from django.apps import apps

    labels = ("registrations", "mail", "admin", "events", "django_q")
    models: list[type[Model]] = [one for label in labels for one in apps.get_app_config(label).get_models()]
    return "\n".join(str(row) for model in models for row in model._default_manager.values())


def make_known_person(event: Any) -> Registration:
    ticket_type = make_ticket_type(event, capacity=1)
    question, passport = make_question(event), make_question(event, "file")
    upload = ContentFile(b"PASSPORT", name="0123456789.pdf")
    answers = [Given(question, "Allergic to Zebras"), Given(passport, "Zebedee-passport.pdf", upload=upload)]
    person = make_registration(
        ticket_type,
        full_name="Zebedee Quill",
        email="zebedee@example.org",
        organization="Quillworks",
        answers=answers,
        timezone_name="Africa/Nairobi",
    )
    make_session(event, start="09:00", end="10:00")
    keep_stars(person, names=[short_name(one) for one in programme_of(event)])
    offer_transfer(person, full_name="Zora Quill", email="zora@example.org", language="en")
    kind = ContentType.objects.get_for_model(Registration)
    LogEntry.objects.create(
        user=make_user(), content_type=kind, object_id=str(person.pk), object_repr=str(person), action_flag=2
    )
    deliver_due()
    return person


@pytest.fixture
def person(settings: Any) -> Registration:
    settings.EMAIL_IS_CONFIGURED = True
    return make_known_person(make_event())


def test_nothing_that_tells_who_it_was_is_left(person, django_capture_on_commit_callbacks):
    folder = storages["private"]
    files = [answer.file.name for answer in person.answers.exclude(file="")]
    secret, code = person.secret, person.code
    assert "Quill" in everything_stored()

    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
    deliver_due()

    stored = everything_stored()
    for word in ("Zebedee", "zebedee", "Quill", "Zora", "zora", "Zebras", "Nairobi", secret, code):
        assert word not in stored
    assert files
    assert not any(folder.exists(name) for name in files)


def test_the_bare_row_stays_and_the_place_is_free(person):
    ticket_type = person.ticket_type
    waiting = make_registration(ticket_type)

    erase(person)

    person.refresh_from_db()
    waiting.refresh_from_db()
    assert person.status == RegistrationStatus.CANCELLED
    assert waiting.status == RegistrationStatus.OFFERED
    assert person.country.code == "KE"
    assert str(person).startswith("Erased (")
    assert StatusChange.objects.filter(registration=person).count() == 2


def test_one_last_mail_goes_out_and_is_forgotten(person):
    django_mail.outbox.clear()

    erase(person)
    deliver_due()

    (mail,) = [one for one in django_mail.outbox if "erased" in one.subject]
    assert mail.to == ["Zebedee Quill <zebedee@example.org>"]
    assert "Your details are erased" in mail.body
    assert [part[0] for part in mail.attachments] == [f"{person.event.slug}.ics"]
    assert not EmailMessage.objects.filter(kind="registration_erased").exists()


def test_the_last_mail_is_forgotten_also_when_it_fails_for_good(person, settings):
    settings.MAIL_TRANSPORT = "tests.mail.no_such_backend.Backend"
    erase(person)
    for _ in range(8):
        EmailMessage.objects.update(next_try_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        for pk in EmailMessage.objects.values_list("pk", flat=True):
            from forum_site.mail.send import deliver

            deliver(pk)

    assert not EmailMessage.objects.filter(kind="registration_erased").exists()


def test_without_a_mail_server_no_mail_is_kept(settings):
    settings.EMAIL_IS_CONFIGURED = False
    person = make_registration(email="zebedee@example.org")

    erase(person)

    assert "zebedee" not in everything_stored()


def test_a_second_time_nothing_happens_and_nothing_else_can_be_done(person):
    erase(person)
    erased_at = Registration.objects.get(pk=person.pk).erased_at

    assert erase(person).erased_at == erased_at
    cancel(person)
    assert StatusChange.objects.filter(registration=person).count() == 2


def test_blanked_mails_are_not_sent_again(person):
    erase(person)
    deliver_due()
    blanked = EmailMessage.objects.filter(recipient="").first()

    assert send_again(blanked).state == MailState.SENT


def test_the_address_may_register_anew(person):
    erase(person)

    assert make_registration(make_ticket_type(person.event), email="zebedee@example.org").is_active


def test_the_day_of_an_edition_erases_all_its_people_and_keeps_their_status(settings):
    settings.EMAIL_IS_CONFIGURED = True
    event = make_event(data_kept_until=dt.date(2099, 12, 31), timezone_name="Asia/Shanghai")
    ticket_type = make_ticket_type(event, capacity=2)
    people = [make_registration(ticket_type) for _ in range(3)]
    elsewhere = make_registration()
    mails = EmailMessage.objects.count()

    with time_machine.travel(dt.datetime(2099, 12, 31, 15, 59, tzinfo=dt.UTC)):
        assert erase_registrations() == 0
    with time_machine.travel(dt.datetime(2099, 12, 31, 16, 1, tzinfo=dt.UTC)):
        assert erase_registrations() == 3
        assert erase_registrations() == 0

    assert set(Registration.objects.filter(event=event).values_list("status", "email", "full_name")) == {
        ("confirmed", "", ""),
        ("waitlisted", "", ""),
    }
    assert EmailMessage.objects.count() < mails  # what was not sent yet has gone too
    elsewhere.refresh_from_db()
    assert elsewhere.erased_at is None
    with time_machine.travel(dt.datetime(2100, 1, 2, tzinfo=dt.UTC)), pytest.raises(DomainError):
        from registrations.domain.decisions import decline

        decline(people[2])


def test_every_model_that_points_at_a_registration_is_dealt_with():
    names = {relation.related_model._meta.model_name for relation in Registration._meta.related_objects}

    assert names == set(DEALT_WITH)
