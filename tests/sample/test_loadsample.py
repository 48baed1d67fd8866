"""The command that loads the sample content."""

from __future__ import annotations

import datetime as dt
import uuid
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import IntegrityError

from events.domain.addresses import remember_slug
from events.enums import EventStatus, SlugKind
from events.models import Event, Session, Speaker, Venue
from forum_site.mail.enums import MailState
from forum_site.mail.jobs import deliver_due
from forum_site.mail.models import EmailMessage
from forum_site.mail.send import deliver
from forum_site.sample.loader import days_of, load_sample
from forum_site.sample.programme import NAMESPACE
from partners.models import Partner
from registrations.domain import letters
from registrations.models import Delegation, Registration, RegistrationGroup
from tests.factories import make_event, make_partner, make_session

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def run(*arguments):
    output = StringIO()
    call_command("loadsample", *arguments, stdout=output)
    return output.getvalue()


def everything():
    """Return all that the database holds of events, partners and registrations."""
    labels = ("events", "partners", "registrations")
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return {model.__name__: serialize("json", model.objects.order_by("pk")) for model in models}


def edition(slug):
    return Event.objects.get(slug=slug)


def test_loadsample_creates_four_published_editions():
    run()
    assert list(Event.objects.order_by("starts_on").values_list("slug", "status")) == [
        ("aicg-2020", EventStatus.PUBLISHED),
        ("aicg-2021", EventStatus.PUBLISHED),
        ("aicg-2022", EventStatus.PUBLISHED),
        ("calavine-forum-sample", EventStatus.PUBLISHED),
    ]


def test_loadsample_says_what_it_did():
    assert run("--only", "invented") == "calavine-forum-sample: created\n"
    assert run("--only", "invented") == "calavine-forum-sample: is there already, left as it is\n"


def test_loadsample_again_changes_nothing():
    load_sample(at=SUNDAY)
    before = everything()
    load_sample(at=SUNDAY + dt.timedelta(days=400))
    assert everything() == before


def test_loadsample_leaves_what_an_organizer_changed():
    load_sample(at=SUNDAY)
    edition("aicg-2021").sessions.all().delete()
    Event.objects.filter(slug="aicg-2020").update(theme_en="Changed", status=EventStatus.DRAFT)
    before = everything()
    load_sample(at=SUNDAY)
    assert everything() == before


def test_loadsample_knows_an_edition_under_its_new_address():
    load_sample(only="invented", at=SUNDAY)
    event = edition("calavine-forum-sample")
    remember_slug(SlugKind.EVENT, target=event.pk, old=event.slug)
    Event.objects.filter(pk=event.pk).update(slug="calavine")
    load_sample(only="invented", at=SUNDAY)
    assert list(Event.objects.values_list("slug", flat=True)) == ["calavine"]


def test_loadsample_creates_only_the_missing_edition_and_uses_its_people_again():
    load_sample(only="real", at=SUNDAY)
    people, organizations = Speaker.objects.count(), Partner.objects.count()
    Speaker.objects.filter(slug="beate-trankmann").update(slug="trankmann", name_en="B. Trankmann")
    edition("aicg-2021").delete()
    load_sample(only="real", at=SUNDAY)
    assert (Speaker.objects.count(), Partner.objects.count()) == (people, organizations)
    assert Speaker.objects.get(slug="trankmann").appearances.count() == 2


def test_loadsample_uses_an_organization_of_the_same_name():
    mine = make_partner(slug="united-nations-development-programme", name_en="United Nations Development Programme")
    load_sample(only="real", at=SUNDAY)
    assert mine.partnerships.count() == 3
    assert not Partner.objects.filter(slug="undp").exists()


def test_loadsample_creates_an_edition_as_a_whole_or_not_at_all():
    event = make_event()
    make_session(event, guid=uuid.uuid5(NAMESPACE, "session/calavine-forum-sample/closing-plenary"))
    with pytest.raises(IntegrityError):
        load_sample(only="invented", at=SUNDAY)
    assert list(Event.objects.all()) == [event]
    assert not Speaker.objects.exists()


def test_loadsample_registers_one_invented_group_and_writes_to_nobody(settings, mailoutbox):
    settings.EMAIL_IS_CONFIGURED = True
    load_sample(at=SUNDAY)
    deliver_due()
    for pk in EmailMessage.objects.values_list("pk", flat=True):
        deliver(pk)

    assert {one.event.slug for one in Registration.objects.select_related("event")} == {"calavine-forum-sample"}
    assert {one.email.rpartition(".")[2] for one in Registration.objects.all()} == {"example"}
    assert set(EmailMessage.objects.values_list("state", flat=True)) == {MailState.HELD}
    assert not mailoutbox
    mail = EmailMessage.objects.get(kind=letters.GROUP)
    assert RegistrationGroup.objects.get().secret in mail.text_body


@pytest.mark.parametrize("day", range(7))
def test_invented_edition_always_starts_on_a_thursday(day):
    entry = {"timezone_name": "Asia/Singapore", "starts_in_days": 24, "weekday": 3, "length": 2}
    first, last = days_of(entry, at=SUNDAY + dt.timedelta(days=day))
    assert first.strftime("%A") == "Thursday"
    assert last - first == dt.timedelta(days=1)
    assert 24 <= (first - SUNDAY.date()).days - day <= 30


def test_sessions_have_the_same_identifiers_in_every_database():
    guids = []
    for _time in range(2):
        load_sample(only="invented", at=SUNDAY)
        guids.append(Session.objects.get(slug="opening-ceremony").guid)
        Delegation.objects.all().delete()
        Registration.objects.all().delete()
        RegistrationGroup.objects.all().delete()
        Event.objects.all().delete()
    assert guids[0] == guids[1]
    assert Venue.objects.count() == 1
