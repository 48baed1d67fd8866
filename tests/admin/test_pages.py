"""Every page of every model, in both languages, with as many queries for ten rows as for one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from events.models import Page, ProgrammeVersion, Room, Venue
from forum_site.accounts.models import User
from forum_site.lib.moments import short_day
from forum_site.mail.models import EmailMessage
from registrations.models import Delivery, Question, Registration, StatusChange, TicketType
from tests.admin.forms import form_data
from tests.admin.worlds import make_world, organizer, registered_models, signed_in, url
from tests.factories import make_role, make_user

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_model_opens(language):
    world = make_world()
    user = organizer(None)
    client = signed_in(user, django_language=language)
    refused = {"mail.emailmessage": ["add", "delete"], "registrations.registration": ["delete"]}
    refused |= {"registrations.delivery": ["add", "delete"], "registrations.mailing": ["delete"]}
    refused |= {"registrations.sessionbooking": ["add", "delete"]}
    refused |= {"registrations.registrationgroup": ["add", "delete"]}

    for label, thing in world.things.items():
        for page in ("changelist", "add", "change", "history", "delete"):
            expected = 403 if page in refused.get(label, []) else 200
            assert (label, page, client.get(url(thing, page)).status_code) == (label, page, expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_superuser_opens_users(language):
    user = make_user(is_superuser=True)
    client = signed_in(user, django_language=language)

    assert [client.get(url(user, page)).status_code for page in ("changelist", "add", "change")] == [200, 200, 200]


def test_lists_take_as_many_queries_for_ten_rows_as_for_one():
    client = signed_in(make_user(is_superuser=True))
    world = make_world()
    for model in registered_models():
        client.get(url(model, "changelist"))
    before = {model: _queries(client, model) for model in registered_models()}
    for _number in range(9):
        make_world(series=world.event.series)

    after = {model: _queries(client, model) for model in registered_models()}

    assert after == before


def _queries(client, model) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url(model, "changelist"))
    assert response.status_code == 200
    return len(queries)


def test_lists_show_ten_rows_of_ten():
    client = signed_in(make_user(is_superuser=True))
    worlds = [make_world() for _number in range(3)]

    response = client.get(url(worlds[0].things["events.session"], "changelist"))

    assert response.context["cl"].result_count == 3


def test_lists_of_one_edition_leave_out_the_others():
    client = signed_in(make_user(is_superuser=True))
    world, _other = make_world(), make_world()

    for label, thing in world.things.items():
        if label in {"events.event", "events.eventseries", "events.venue", "events.room"}:
            continue
        response = client.get(url(thing, "changelist"), {"edition": world.event.pk})
        assert thing in response.context["cl"].queryset
        assert {event_of(one) for one in response.context["cl"].queryset if event_of(one)} <= {world.event.pk}


def event_of(thing) -> int | None:
    """The edition of a thing, None for shared ones."""
    return getattr(thing, "event_id", None)


def test_list_survives_odd_filters():
    client = signed_in(make_user(is_superuser=True))
    world = make_world()
    odd = {"edition": "x", "on": "yesterday", "ticket_type": "y", "country": "'", "portrait": "?", "logo": "%"}

    for thing in world.things.values():
        assert client.get(url(thing, "changelist"), odd, follow=True).status_code == 200


def test_times_are_entered_and_shown_in_the_zone_of_the_edition():
    world = make_world(timezone_name="America/New_York")
    session = world.things["events.session"]
    client = signed_in(organizer(world.event))

    page = client.get(url(session, "change")).content.decode()
    data = _data_of(client, session) | {"starts_at_1": "22:30", "ends_at_1": "00:30"}
    data["ends_at_0"] = (session.day + dt.timedelta(days=1)).isoformat()
    response = client.post(url(session, "change"), data)

    session.refresh_from_db()
    assert "America/New_York" in page
    assert 'value="09:00:00"' in page
    assert response.status_code == 302
    assert session.starts_at.astimezone(world.event.zone).strftime("%H:%M") == "22:30"
    assert session.minutes == 120


@pytest.mark.parametrize(
    ("language", "times", "room", "marks", "known"),
    [
        ("en", ", 09:00–10:00", "Hall, Annex", "internal, sensitive", "{name}, {organization}, "),
        ("zh-hans", " 09:00–10:00", "大厅，附楼", "内部问题、敏感信息", "{name}、{organization}、"),
    ],
)
def test_lists_in_one_cell_have_the_signs_of_the_language(language, times, room, marks, known):
    world = make_world()
    things = world.things
    Room.objects.update(name_en="Hall", name_zh_hans="大厅")
    Venue.objects.update(name_en="Annex", name_zh_hans="附楼")
    Question.objects.update(is_internal=True, is_sensitive=True)
    client = signed_in(organizer(world.event), django_language=language)

    def page(model: str, name: str) -> str:
        return client.get(url(things[model], name)).content.decode()

    assert short_day(things["events.session"].day, language) + times in page("events.session", "changelist")
    assert f">{room}</option>" in page("events.session", "change")
    assert marks in page("registrations.question", "changelist")
    assert known in page("registrations.messagetemplate", "change")


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [
        (Room, "capacity", "容纳人数"),
        (TicketType, "capacity", "名额"),
        (Registration, "email", "电子邮箱"),
        (Delivery, "mail", "电子邮件"),
        (EmailMessage, "recipient", "收件人"),
        (StatusChange, "new_status", "新状态"),
        (ProgrammeVersion, "published_at", "发布时间"),
        (Page, "is_published", "已发布"),
    ],
)
def test_one_english_word_for_two_things_is_two_chinese_ones(model, field, words):
    with override("zh-hans"):
        assert model._meta.get_field(field).verbose_name == words


def _data_of(client, thing) -> dict[str, str]:
    """What the form of the page would send if nothing were changed."""
    return form_data(client.get(url(thing, "change")), f"{thing._meta.model_name}_form")


def test_saving_unchanged_forms_changes_nothing():
    world = make_world(status="published")
    client = signed_in(organizer(None))

    for label, thing in world.things.items():
        if label in {"mail.emailmessage", "accounts.eventrole", "registrations.registrationgroup"}:
            continue
        before = type(thing).objects.filter(pk=thing.pk).values().get()
        response = client.post(url(thing, "change"), _data_of(client, thing))
        assert (label, response.status_code) == (label, 302)
        assert type(thing).objects.filter(pk=thing.pk).values().get() == before


def test_public_change_raises_the_version_and_old_address_leads_on():
    world = make_world(status="published")
    session = world.things["events.session"]
    client = signed_in(organizer(world.event))
    old, version = session.slug, world.event.version

    client.post(url(session, "change"), _data_of(client, session) | {"slug": "renamed"})

    world.event.refresh_from_db()
    assert world.event.version == version + 1
    assert list(world.event.old_slugs.values_list("slug", "target")) == [(old, session.pk)]


def test_change_of_a_shared_thing_reaches_the_editions_that_show_it():
    world = make_world(status="published")
    partner = world.things["partners.partner"]
    client = signed_in(organizer(world.event))

    client.post(url(partner, "change"), _data_of(client, partner) | {"name_en": "New name"})

    version = world.event.version
    world.event.refresh_from_db()
    assert world.event.version == version + 1


def test_edition_is_published_by_its_button():
    world = make_world()
    client = signed_in(organizer(world.event))
    publish = reverse("admin:events_event_do", args=[world.event.pk, "publish"])

    client.get(publish)
    world.event.refresh_from_db()
    assert world.event.status == "draft"
    client.post(publish)
    world.event.refresh_from_db()
    assert world.event.status == "published"


def test_cancelling_an_edition_asks_for_a_note():
    world = make_world(status="published")
    client = signed_in(organizer(world.event))
    cancel = reverse("admin:events_event_do", args=[world.event.pk, "cancel"])

    assert "Note in English" in client.get(cancel).content.decode()
    client.post(cancel, {"note_en": "Storm.", "note_zh_hans": "风暴。"})

    world.event.refresh_from_db()
    assert [world.event.status, world.event.status_note_en, world.event.status_note_zh_hans] == [
        "cancelled",
        "Storm.",
        "风暴。",
    ]


def test_anonymous_is_sent_to_sign_in(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_foreign_models_have_no_pages():
    labels = {model._meta.app_label for model in admin.site._registry}

    assert labels == {"accounts", "events", "mail", "partners", "registrations"}


def test_role_is_given_to_a_new_person_by_address():
    world = make_world()
    client = signed_in(organizer(world.event))

    client.post(
        reverse("admin:accounts_eventrole_add"),
        {"email": "New@Example.org", "name": "New", "event": world.event.pk, "role": "editor"},
    )

    user = User.objects.get(email__iexact="new@example.org")
    assert [(role.event, role.role) for role in user.event_roles.all()] == [(world.event, "editor")]
    assert not user.has_usable_password()


def test_owner_of_one_edition_gives_no_role_at_all_of_them():
    world, other = make_world(), make_world()
    client = signed_in(organizer(world.event))
    add = reverse("admin:accounts_eventrole_add")

    for event in ("", other.event.pk):
        response = client.post(add, {"email": "x@example.org", "event": event, "role": "owner"})
        assert "event" in response.context["adminform"].form.errors
    assert not User.objects.filter(email="x@example.org").exists()


def test_edition_is_chosen_among_ones_own():
    world, other = make_world(), make_world()
    user = organizer(world.event)
    mine = make_world()
    make_role(user, mine.event, "editor")
    client = signed_in(user)
    choose = reverse("admin:choose_edition")

    assert client.post(choose, {"edition": other.event.pk}).status_code == 403
    assert client.post(choose, {"edition": mine.event.pk}).status_code == 302
    assert client.get(reverse("admin:index")).context["event"] == mine.event
    assert client.post(choose, {"edition": mine.event.pk, "next": "https://evil.example/"})["Location"] == "/admin/"


@pytest.mark.parametrize("asked", ["9" * 30, "0", "-1", "x", "٣"])
def test_list_of_an_edition_that_cannot_exist_opens(asked):
    client = signed_in(make_user(is_superuser=True))

    for model in registered_models():
        response = client.get(url(model, "changelist"), {"edition": asked}, follow=True)
        assert (model, response.status_code) == (model, 200)
