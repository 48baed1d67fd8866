"""Roles are checked on the object: three people on every model and every page of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from forum_site.accounts.enums import Role
from registrations.models import Question
from tests.admin.worlds import make_world, organizer, registered_models, signed_in, url
from tests.factories import (
    make_appearance,
    make_partnership,
    make_question,
    make_role,
    make_ticket_type,
    make_user,
)

pytestmark = pytest.mark.django_db
MODELS = [model._meta.label_lower for model in registered_models()]
READ_ONLY = {"mail.emailmessage", "registrations.registration", "registrations.sessionbooking"}
NAMES = ("app_label", "model_name", "field_name")
PEOPLE = {"registrations.registration", "registrations.sessionbooking", "mail.emailmessage"}


def _ids(response: Any) -> list[int]:
    return sorted(obj.pk for obj in response.context["cl"].queryset)


@pytest.mark.parametrize("label", MODELS)
def test_owner_opens_every_page_of_the_own_edition(label):
    world = make_world()
    thing = world.things[label]
    client = signed_in(organizer(world.event))

    pages = [url(thing, page) for page in ("changelist", "change", "history")]

    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


@pytest.mark.parametrize("label", MODELS)
def test_owner_of_another_edition_finds_nothing(label):
    world, other = make_world(), make_world()
    thing = world.things[label]
    client = signed_in(organizer(other.event))

    codes = [client.get(url(thing, page)).status_code for page in ("change", "history", "delete")]

    assert thing.pk not in _ids(client.get(url(thing, "changelist")))
    assert set(codes) <= {403, 404}
    assert client.post(url(thing, "change"), {}).status_code in {403, 404}
    assert client.post(url(thing, "delete"), {"post": "yes"}).status_code in {403, 404}


@pytest.mark.parametrize("label", MODELS)
def test_somebody_without_a_role_is_not_let_in(label):
    world = make_world()
    thing = world.things[label]
    client = signed_in(make_user())

    response = client.get(url(thing, "change"), follow=True)

    assert response.status_code == 403


@pytest.mark.parametrize("label", MODELS)
def test_deleting_by_action_does_not_reach_another_edition(label):
    world, other = make_world(), make_world()
    thing = world.things[label]
    client = signed_in(organizer(other.event))

    client.post(
        url(thing, "changelist"), {"action": "delete_selected", "_selected_action": [str(thing.pk)], "post": "yes"}
    )

    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize(
    ("role", "content", "people"),
    [
        (Role.OWNER, True, True),
        (Role.EDITOR, True, False),
        (Role.REGISTRAR, False, True),
        (Role.DOOR, False, False),
        (Role.VIEWER, False, False),
    ],
)
def test_each_role_changes_only_its_part(role, content, people, rf):
    world = make_world()
    request = rf.get("/")
    request.user = organizer(world.event, role)

    def may_change(label: str) -> bool:
        thing = world.things[label]
        return admin.site._registry[type(thing)].has_change_permission(request, thing)

    assert [may_change(label) for label in ("events.session", "partners.partnership", "events.event")] == [content] * 3
    assert [may_change(label) for label in sorted(PEOPLE)] == [people] * 3
    assert may_change("accounts.eventrole") is (role == Role.OWNER)


@pytest.mark.parametrize("label", [label for label in MODELS if label != "accounts.eventrole"])
def test_viewer_reads_everything_and_changes_nothing(label):
    world = make_world()
    thing = world.things[label]
    client = signed_in(organizer(world.event, Role.VIEWER))

    assert client.get(url(thing, "change")).status_code == 200
    assert client.post(url(thing, "change"), {}).status_code == 403


@pytest.mark.parametrize("label", sorted(PEOPLE))
def test_editor_does_not_see_who_registered(label):
    world = make_world()
    client = signed_in(organizer(world.event, Role.EDITOR))

    assert client.get(url(world.things[label], "changelist")).status_code == 403
    assert client.get(url(world.things[label], "change")).status_code in {403, 404}


def test_choices_are_limited_to_the_edition_at_hand():
    world, other = make_world(), make_world()
    user = organizer(world.event)
    make_role(user, other.event, Role.VIEWER)
    client = signed_in(user)

    form = client.get(url(world.things["events.session"], "change")).context["adminform"].form
    added = client.get(url(world.things["events.session"], "add")).context["adminform"].form

    assert list(form.fields["track"].queryset) == [world.things["events.track"]]
    assert list(added.fields["event"].queryset) == [world.event]


def test_autocompletion_offers_only_what_one_may_see():
    world, other = make_world(), make_world()
    client = signed_in(organizer(world.event))
    query = {"app_label": "events", "model_name": "appearance", "field_name": "speaker", "term": ""}

    results = client.get(reverse("admin:autocomplete"), query).json()["results"]

    assert [result["id"] for result in results] == [str(world.things["events.speaker"].pk)]
    assert other.things["events.speaker"].name not in str(results)


def test_session_cannot_be_added_to_another_edition():
    world, other = make_world(), make_world()
    client = signed_in(organizer(world.event))
    data = {"event": other.event.pk, "title_en": "Intruder", "slug": "intruder", "day": other.event.starts_on}

    response = client.post(url(world.things["events.session"], "add"), data | _no_inlines())

    assert "event" in response.context["adminform"].form.errors
    assert not other.event.sessions.filter(slug="intruder").exists()


def _no_inlines() -> dict[str, str]:
    return {"appearances-TOTAL_FORMS": "0", "appearances-INITIAL_FORMS": "0", "type": "thematic", "status": "draft"}


def test_buttons_and_orders_of_another_edition_are_not_found():
    world, other = make_world(), make_world()
    client = signed_in(organizer(other.event))
    pages = [
        reverse("admin:events_event_do", args=[world.event.pk, "publish"]),
        reverse("admin:partners_partnership_order", args=[world.event.pk]),
        reverse("admin:registrations_registration_do", args=[world.things["registrations.registration"].pk, "cancel"]),
        reverse("admin:mail_emailmessage_do", args=[world.things["mail.emailmessage"].pk, "send-again"]),
    ]

    assert [client.post(page).status_code for page in pages] == [404] * 4
    preview = reverse("admin:mail_emailmessage_preview", args=[world.things["mail.emailmessage"].pk])
    export = reverse("admin:registrations_registration_export", args=[world.event.pk, "csv"])
    assert [client.get(preview).status_code, client.get(export).status_code] == [404, 404]


def test_viewer_can_neither_export_nor_read_mails():
    world = make_world()
    client = signed_in(organizer(world.event, Role.VIEWER))
    export = reverse("admin:registrations_registration_export", args=[world.event.pk, "csv"])
    preview = reverse("admin:mail_emailmessage_preview", args=[world.things["mail.emailmessage"].pk])

    assert [client.get(export).status_code, client.get(preview).status_code] == [404, 404]


def test_users_are_for_superusers_only():
    world = make_world()

    assert signed_in(organizer(world.event)).get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert signed_in(make_user(is_superuser=True)).get(reverse("admin:accounts_user_changelist")).status_code == 200


def test_role_at_all_editions_reaches_each_of_them():
    world = make_world()
    client = signed_in(organizer(None))

    assert client.get(url(world.event, "change")).status_code == 200
    assert client.get(url(world.event, "add")).status_code == 200
    assert signed_in(organizer(world.event)).get(url(world.event, "add")).status_code == 403


def test_shared_thing_of_two_editions_is_deleted_only_by_who_edits_both():
    world, other = make_world(), make_world()
    partner = world.things["partners.partner"]
    other.event.partnerships.create(partner=partner, position=9)
    user = organizer(world.event)

    assert signed_in(user).get(url(partner, "change")).status_code == 200
    assert signed_in(user).get(url(partner, "delete")).status_code == 403


@pytest.mark.parametrize("label", ["registrations.question", "registrations.mailing", "registrations.invitation"])
def test_address_of_a_form_shows_nothing_of_a_draft_of_somebody_else(label):
    mine, draft = make_world(), make_world()
    make_question(draft.event, "choice", label_en="Secret question", options={"secret option": None})
    make_ticket_type(draft.event, name_en="Secret ticket")
    people = [organizer(draft.event), organizer(mine.event), make_user()]
    address = url(draft.things[label], "add")

    answers = [signed_in(user).get(address, {"event": draft.event.pk}) for user in people]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert ["Secret" in answer.content.decode() for answer in answers] == [True, False, False]


def test_posted_edition_of_somebody_else_offers_none_of_its_things():
    mine, draft = make_world(), make_world()
    make_question(draft.event, "choice", label_en="Secret question", options={"secret option": None})
    client = signed_in(organizer(mine.event))

    response = client.post(url(Question, "add"), {"event": draft.event.pk, "label_en": "x"})

    assert response.status_code == 200
    assert "Secret" not in response.content.decode()


def test_lists_tell_nothing_of_what_an_edition_of_somebody_else_offers():
    mine, draft = make_world(), make_world()
    page = url(mine.things["registrations.registration"], "changelist")
    people = [organizer(draft.event), organizer(mine.event)]

    filters = [signed_in(user).get(page, {"edition": draft.event.pk}).context["cl"].filter_specs for user in people]

    offered = [[str(one.title) for one in found if one.title == "chosen sessions"] for found in filters]
    assert offered == [["chosen sessions"], []]


@pytest.mark.parametrize("label", ["events.session", "events.page", "events.event", "registrations.registration"])
def test_way_to_the_public_page_is_known_to_whoever_sees_the_thing(label):
    mine, draft = make_world(), make_world()
    thing = draft.things[label]
    address = reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(thing).pk, thing.pk])
    people = [organizer(draft.event, Role.DOOR), organizer(mine.event, Role.DOOR), make_user()]

    answers = [signed_in(user).get(address) for user in people]

    has_page = hasattr(thing, "get_absolute_url")
    assert [answer.status_code for answer in answers] == [302 if has_page else 404, 404, 302]
    assert answers[0].headers.get("Location") == (thing.get_absolute_url() if has_page else None)
    assert answers[2]["Location"].startswith("/admin/login/")


def test_way_to_the_public_page_of_nothing_is_not_found():
    client = signed_in(organizer(None))
    addresses = [reverse("admin:view_on_site", args=arguments) for arguments in ([0, 1], [10**6, "x"])]
    addresses.append(reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Question).pk, "x"]))

    assert [client.get(address).status_code for address in addresses] == [404] * 3


@pytest.mark.parametrize("label", ["events.speaker", "partners.partner"])
def test_who_is_planned_for_a_draft_is_not_found_by_its_number(label):
    mine, draft = make_world(status="published"), make_world()
    person, firm = mine.things["events.speaker"], mine.things["partners.partner"]
    make_appearance(draft.things["events.session"], person)
    make_partnership(draft.event, firm)
    page = url(mine.things[label], "changelist")
    people = [organizer(draft.event), organizer(mine.event), organizer(None)]

    def found(user: Any) -> bool:
        return bool(_ids(signed_in(user).get(page, {"edition": draft.event.pk})))

    assert [found(user) for user in people] == [True, False, True]
    assert signed_in(make_user()).get(page, {"edition": draft.event.pk}).status_code == 302


@pytest.mark.parametrize("label", ["events.speaker", "partners.partner"])
def test_question_before_deleting_names_nothing_of_a_draft_of_somebody_else(label):
    mine, draft = make_world(), make_world()
    thing = mine.things[label]
    make_appearance(draft.things["events.session"], mine.things["events.speaker"], label_en="Secret part")
    make_partnership(draft.event, mine.things["partners.partner"], printed_name_en="Secret partner")
    both = organizer(draft.event)
    make_role(both, mine.event, Role.OWNER)
    asked = {"action": "delete_selected", "_selected_action": [str(thing.pk)]}

    pages = [signed_in(user).post(url(thing, "changelist"), asked) for user in (both, organizer(mine.event))]

    assert [page.status_code for page in pages] == [200, 200]
    assert ["Secret" in page.content.decode() for page in pages] == [True, False]
    assert signed_in(organizer(mine.event)).post(url(thing, "changelist"), asked | {"post": "yes"}).status_code == 403
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_popups_and_autocompletion_give_no_column_away():
    mine, other = make_world(), make_world()
    registration = mine.things["registrations.registration"]
    people = [organizer(mine.event, Role.VIEWER), organizer(other.event, Role.VIEWER), organizer(mine.event, Role.DOOR)]
    asked = {"app_label": "registrations", "model_name": "delivery", "field_name": "registration"}

    for user in people:
        client = signed_in(user)
        popup = client.get(url(registration, "changelist"), {"_popup": "1", "_to_field": "secret"})
        by_secret = client.get(reverse("admin:autocomplete"), asked | {"term": registration.secret[:8]})
        assert (popup.status_code, by_secret.json()["results"]) == (400, [])
    by_name = [
        [
            one["id"]
            for one in signed_in(user).get(reverse("admin:autocomplete"), asked | {"term": ""}).json()["results"]
        ]
        for user in people
    ]
    others = str(other.things["registrations.registration"].pk)
    assert by_name == [[str(registration.pk)], [others], [str(registration.pk)]]
    assert signed_in(make_user()).get(reverse("admin:autocomplete"), asked).status_code == 302


def test_users_are_not_found_by_autocompletion():
    world = make_world()
    people = [organizer(world.event), organizer(None), make_user()]
    fields = [("accounts", "eventrole", "user"), ("registrations", "checkin", "user"), ("admin", "logentry", "user")]

    codes = [
        signed_in(user).get(reverse("admin:autocomplete"), dict(zip(NAMES, field, strict=True))).status_code
        for user in people
        for field in fields
    ]

    assert codes == [403] * 6 + [302] * 3


def test_every_export_is_for_those_who_handle_registrations_there():
    mine, other = make_world(), make_world()
    people = [organizer(other.event), organizer(mine.event, Role.VIEWER), organizer(mine.event, Role.DOOR)]
    pages = [reverse("admin:registrations_registration_export", args=[mine.event.pk, kind]) for kind in ("csv", "xlsx")]
    chosen = {"_selected_action": [mine.things["registrations.registration"].pk], "select_across": "1"}
    things = {
        "registrations.registration": ["export_csv", "export_xlsx"],
        "registrations.sessionbooking": ["export_csv"],
    }

    for user in people:
        client = signed_in(user)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        for label, actions in things.items():
            for action in actions:
                answer = client.post(url(mine.things[label], "changelist"), chosen | {"action": action})
                body = b"".join(answer) if answer.streaming else answer.content
                assert mine.things["registrations.registration"].email.encode() not in body
