"""Organizers edit questions and their conditions, and see the answers that their role may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from forum_site.accounts.enums import Role
from registrations import exporters
from registrations.admin.conditions import Draft, condition_of, draft_of, subjects_of
from registrations.domain.answers import Given
from registrations.models import Answer, Question, Registration
from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_question, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


def rows(*rows: tuple[str, str, str], mode: str = "all") -> dict[str, Any]:
    """The condition of a form with these rows."""
    parts = zip(*rows, strict=True)
    fields = {
        f"condition-0-{name}": list(values) for name, values in zip(("subject", "test", "value"), parts, strict=True)
    }
    return {"condition-mode": mode, "condition-groups": "1"} | fields


def answered(event: Any, **fields: Any) -> tuple[Registration, Question]:
    question = make_question(event, "choice", slug="diet", options={"vegan": 5, "other": None}, **fields)
    given = Given(question, options=(question.options.get(key="vegan"),))
    return make_registration(make_ticket_type(event), answers=[given]), question


def test_a_condition_is_entered_in_rows():
    event = make_event()
    make_ticket_type(event, slug="onsite")
    make_question(event, "several", slug="days", options={"first": None})
    question = make_question(event, slug="note")
    client = signed_in(organizer(event))
    data = form_data(client.get(url(question, "change")), "question_form")

    wanted = rows(("ticket_type", "is", "ticket_type=onsite"), ("q-days", "is_not", "q-days=first"), ("", "is", ""))
    response = client.post(url(question, "change"), data | wanted)

    question.refresh_from_db()
    assert response.status_code == 302
    assert question.condition == {
        "all": [{"ticket_type": ["onsite"]}, {"not": {"question": "days", "includes": "first"}}]
    }
    shown = form_data(client.get(url(question, "change")), "question_form")
    assert shown["condition-0-value"][:2] == ["ticket_type=onsite", "q-days=first"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("q-days", "is", "ticket_type=onsite"), "Choose a value for “1. Days?”."),
        (("q-later", "filled", ""), "“Later?” is asked later."),
        (("q-theirs", "filled", ""), "Choose what each row looks at."),
        (("", "is", ""), "Fill in a row, or ask the question always."),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(row, sentence):
    event = make_event()
    make_ticket_type(event, slug="onsite")
    make_question(make_event(), slug="theirs")
    make_question(event, "several", slug="days", label_en="Days?", options={"first": None})
    question = make_question(event, slug="note")
    make_question(event, slug="later", label_en="Later?")
    client = signed_in(organizer(event))
    data = form_data(client.get(url(question, "change")), "question_form")

    response = client.post(url(question, "change"), data | rows(row))

    assert sentence in response.content.decode()
    assert Question.objects.get(pk=question.pk).condition == {}


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"all": [{"question": "days", "includes": "first"}]},
        {"any": [{"language": ["en"]}, {"not": {"ticket_type": ["onsite"]}}, {"question": "days", "filled": False}]},
        {"all": [{"language": ["en"]}, {"any": [{"ticket_type": ["onsite"]}, {"question": "days", "filled": True}]}]},
        {"all": [{"all": [{"any": [{"language": ["en"]}, {"language": ["zh-hans"]}]}]}]},
    ],
)
def test_rows_say_what_is_stored(condition):
    event = make_event()
    make_ticket_type(event, slug="onsite")
    make_question(event, "several", slug="days", options={"first": None})

    draft = draft_of(condition)

    assert condition_of(draft, subjects_of(event.pk)) == condition
    assert isinstance(draft, Draft)


def test_options_keep_their_key_and_counter_and_are_retired_with_answers():
    event = make_event()
    _registration, question = answered(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(question, "change")), "question_form")

    data |= {"options-0-label_en": "No animal products", "options-0-DELETE": "on", "options-1-DELETE": "on"}
    data |= {"options-TOTAL_FORMS": "3", "options-2-label_en": "Kosher", "options-2-position": "3", "options-2-id": ""}
    assert client.post(url(question, "change"), data).status_code == 302

    kept = {option.key: (option.taken, option.is_retired) for option in question.options.all()}
    assert kept == {"vegan": (1, True), "kosher": (0, False)}


def test_a_new_question_gets_a_key_and_the_last_place():
    event = make_event()
    make_question(event)
    client = signed_in(organizer(event))
    data = form_data(client.get(url(Question, "add")), "question_form")

    response = client.post(url(Question, "add"), data | {"label_en": "Your role?", "event": event.pk})

    assert response.status_code == 302
    assert (event.questions.last().slug, event.questions.last().position) == ("your-role", 2)


def test_a_question_with_answers_is_not_deleted():
    event = make_event()
    _registration, question = answered(event)
    client = signed_in(organizer(event))

    assert client.post(url(question, "delete"), {"post": "yes"}).status_code == 403
    client.post(reverse("admin:registrations_question_do", args=[question.pk, "retire"]))

    question.refresh_from_db()
    assert question.is_retired
    assert Answer.objects.exists()


@pytest.mark.parametrize(("role", "is_shown"), [(Role.OWNER, True), (Role.REGISTRAR, True), (Role.VIEWER, False)])
def test_sensitive_answers_are_shown_to_named_roles_only(role, is_shown):
    event = make_event()
    registration, question = answered(event, is_sensitive=True, label_en="Diet?")
    user = organizer(event, role)

    page = signed_in(user).get(url(registration, "change")).content.decode()

    assert "Diet?" in page
    assert ("Vegan" in page) is is_shown
    assert ("Not shown to your role" in page) is not is_shown
    assert (question in exporters.questions_for(Registration.objects.all(), user)) is is_shown


def test_only_the_own_edition_and_the_roles_reach_answers():
    event = make_event()
    registration, question = answered(event, is_sensitive=True)
    Question.objects.filter(pk=question.pk).update(shown_to=["viewer"])
    page = reverse("admin:registrations_registration_answers", args=[registration.pk])
    file = reverse("admin:registrations_registration_file", args=[registration.pk, "diet"])

    assert signed_in(organizer(make_event())).get(page).status_code == 404
    assert signed_in(organizer(make_event())).get(file).status_code == 404
    assert signed_in(organizer(event, Role.EDITOR)).get(page).status_code == 404
    assert signed_in(organizer(event, Role.VIEWER)).get(page).status_code == 404
    assert "q-diet" not in signed_in(organizer(event)).get(page).content.decode()


def test_an_organizer_answers_internal_questions():
    event = make_event()
    registration, question = answered(event)
    make_question(event, slug="risk", is_internal=True, is_required=True)
    client = signed_in(organizer(event, Role.REGISTRAR))
    page = reverse("admin:registrations_registration_answers", args=[registration.pk])

    assert client.post(page, {"q-risk": "None", "q-diet": "other"}).status_code == 302

    assert sorted(registration.answers.values_list("value", flat=True)) == ["None", "other"]
    assert dict(question.options.values_list("key", "taken")) == {"vegan": 0, "other": 1}


def test_the_export_has_a_column_for_each_question():
    event = make_event()
    registration, question = answered(event, label_en="Diet?")
    number = make_question(event, "number", label_en="How many?")
    Answer.objects.create(
        registration=registration, question=number, kind="number", asked_as="x", language="en", value="3"
    )
    client = signed_in(organizer(event))
    export = reverse("admin:registrations_registration_export", args=[event.pk, "csv"])

    head, line = b"".join(client.get(export).streaming_content).decode().splitlines()

    assert head.endswith(",Diet?,How many?")
    assert line.endswith(",Vegan,3")
    Answer.objects.filter(question=question).update(erased_at=timezone.now(), value="", words="")
    assert b"".join(client.get(export).streaming_content).decode().splitlines()[1].endswith(",Erased,3")
