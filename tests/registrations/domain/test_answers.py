"""Answers: kept in their words, options never oversold, sensitive ones erased on their day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from forum_site.lib.errors import DomainError
from registrations.domain.answers import (
    AnswerRefused,
    Given,
    change_option_capacity,
    erase_due_answers,
)
from registrations.domain.cancel import cancel
from registrations.domain.details import answer
from registrations.domain.questions import ask_again, name_option, remove_option, retire_question
from registrations.models import Answer, AnswerChoice, Question, QuestionOption, Registration
from registrations.models.answer import private_storage
from registrations.queries.questions import questions_of
from tests.factories import make_event, make_question, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


def chosen(question: Question, *keys: str) -> Given:
    return Given(question, options=tuple(question.options.filter(key__in=keys)))


def taken(question: Question) -> dict[str, int]:
    return dict(question.options.values_list("key", "taken"))


def register_with(event: Any, *given: Given, **fields: Any) -> Registration:
    ticket_type = event.ticket_types.first() or make_ticket_type(event)
    return make_registration(ticket_type, answers=given, **fields)


def test_an_answer_keeps_the_words_in_which_it_was_asked():
    event = make_event()
    question = make_question(event, "choice", label_zh_hans="餐饮要求", options={"vegan": None, "none": None})

    with translation.override("zh-hans"):
        registration = register_with(event, chosen(question, "vegan"))
    Question.objects.filter(pk=question.pk).update(label_zh_hans="别的问题", kind="text")
    question.options.update(label_zh_hans="别的选项")

    kept = registration.answers.get()
    assert (kept.asked_as, kept.words, kept.value, kept.language) == ("餐饮要求", "vegan 选项", "vegan", "zh-hans")
    assert (kept.kind, str(kept)) == ("choice", "vegan 选项")


def test_the_words_of_a_country_and_of_yes_are_kept():
    event = make_event()
    country, consent = make_question(event, "country"), make_question(event, "yes_no")

    registration = register_with(event, Given(country, "KE"), Given(consent, "no"))

    assert list(registration.answers.values_list("value", "words")) == [("KE", "Kenya"), ("no", "No")]


def test_an_option_is_never_oversold():
    event = make_event()
    question = make_question(event, "choice", options={"boat": 1, "bus": None})
    register_with(event, chosen(question, "boat"))

    with pytest.raises(AnswerRefused, match="“Boat” has no place left") as refused:
        register_with(event, chosen(question, "boat"))

    assert refused.value.slug == question.slug
    assert taken(question) == {"boat": 1, "bus": 0}
    assert Registration.objects.count() == Answer.objects.count() == 1


def test_a_place_is_given_back_when_the_answer_changes_or_the_registration_ends():
    event = make_event()
    question = make_question(event, "several", options={"first": 5, "second": 5, "third": 5})
    registration = register_with(event, chosen(question, "first", "second"))

    answer(registration, answers=[chosen(question, "second", "third")], asked=[question])
    assert taken(question) == {"first": 0, "second": 1, "third": 1}
    cancel(registration)
    assert taken(question) == {"first": 0, "second": 0, "third": 0}
    cancel(registration)
    assert taken(question) == {"first": 0, "second": 0, "third": 0}


def test_what_is_the_same_keeps_its_wording_and_what_is_missing_goes():
    event = make_event()
    role, note = make_question(event, label_en="Role?"), make_question(event)
    registration = register_with(event, Given(role, "Nurse"), Given(note, "Hello"))
    Question.objects.filter(pk=role.pk).update(label_en="Profession?")
    role.refresh_from_db()

    answer(registration, answers=[Given(role, "Nurse")], asked=[role, note])
    assert list(registration.answers.values_list("asked_as", "value")) == [("Role?", "Nurse")]

    answer(registration, answers=[Given(role, "Doctor")], asked=[role, note])
    assert list(registration.answers.values_list("asked_as", "value")) == [("Profession?", "Doctor")]


def test_an_answer_of_another_kind_gives_way_only_to_a_new_one():
    event = make_event()
    question = make_question(event, "choice", options={"a": 1})
    registration = register_with(event, chosen(question, "a"))
    Question.objects.filter(pk=question.pk).update(kind="text")
    question.refresh_from_db()

    answer(registration, answers=[Given(question, "a")], asked=[question])

    assert (registration.answers.get().kind, taken(question)) == ("text", {"a": 0})


def test_a_question_is_retired_and_asked_again():
    event = make_event()
    question = make_question(event)
    register_with(event, Given(question, "x"))

    assert retire_question(question).is_retired
    assert questions_of(event) == []
    assert Answer.objects.get().value == "x"
    assert not ask_again(question).is_retired
    assert questions_of(event) == [question]


def test_a_question_on_which_another_depends_stays():
    event = make_event()
    first = make_question(event, slug="role")
    second = make_question(event, label_en="Medium?", condition={"question": "role", "filled": True})

    with pytest.raises(DomainError, match="“Medium\\?” looks at the answer"):
        retire_question(first)
    retire_question(second)
    retire_question(first)
    with pytest.raises(DomainError, match="There is no question “role”"):
        ask_again(second)


def test_answers_cannot_be_lost_with_their_question():
    event = make_event()
    question = make_question(event)
    register_with(event, Given(question, "x"))

    with pytest.raises(ProtectedError):
        question.delete()


def test_an_option_that_was_chosen_is_retired():
    event = make_event()
    question = make_question(event, "choice", options={"a": None, "b": None})
    register_with(event, chosen(question, "a"))
    first, second = question.options.order_by("position")

    assert remove_option(first).is_retired
    assert remove_option(second) is None


def test_an_option_gets_a_key_of_its_own():
    question = make_question(make_event(), "choice", options={"on-the-boat": None})

    keys = [name_option(QuestionOption(question=question, label_en=words)).key for words in ("On the boat", "船上", "")]

    assert keys == ["on-the-boat-2", "option", "option"]


def test_the_capacity_of_an_option_is_not_below_what_is_taken():
    event = make_event()
    question = make_question(event, "choice", options={"a": None})
    register_with(event, chosen(question, "a"))
    register_with(event, chosen(question, "a"))

    with pytest.raises(DomainError, match="2 places are taken"):
        change_option_capacity(question.options.get(), capacity=1)
    assert change_option_capacity(question.options.get(), capacity=2).is_full


def test_sensitive_answers_are_erased_on_their_day(django_capture_on_commit_callbacks):
    event = make_event(starts_on=dt.date(2020, 5, 1))
    type(event).objects.filter(pk=event.pk).update(starts_on=dt.date(2090, 5, 1), ends_on=dt.date(2090, 5, 1))
    event.refresh_from_db()
    diet = make_question(event, "choice", is_sensitive=True, options={"vegan": None})
    scan = make_question(event, "file", is_sensitive=True, erase_after_days=0)
    late = make_question(event, is_sensitive=True, erase_on=dt.date(2099, 1, 1))
    plain = make_question(event)
    upload = ContentFile(b"%PDF-1.4 %%EOF", name="abc.pdf")
    given = [chosen(diet, "vegan"), Given(scan, "visa.pdf", upload=upload), Given(late, "x"), Given(plain, "y")]
    registration = register_with(event, *given)
    path = registration.answers.get(question=scan).file.name
    assert private_storage().exists(path)
    assert erase_due_answers() == 0

    type(event).objects.filter(pk=event.pk).update(starts_on=dt.date(2020, 5, 1), ends_on=dt.date(2020, 5, 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due_answers() == 2
    assert erase_due_answers() == 0

    rows = registration.answers.order_by("question__position")
    found = [(row.value, row.words, row.file.name, row.erased_at is not None) for row in rows]
    assert found == [("", "", "", True), ("", "", "", True), ("x", "", "", False), ("y", "", "", False)]
    assert not AnswerChoice.objects.exists()
    assert not private_storage().exists(path)


def test_a_file_of_a_refused_registration_does_not_stay():
    event = make_event()
    scan, boat = make_question(event, "file"), make_question(event, "choice", options={"boat": 0})
    upload = ContentFile(b"%PDF-1.4 %%EOF", name="abc.pdf")

    with pytest.raises(AnswerRefused):
        register_with(event, Given(scan, "visa.pdf", upload=upload), chosen(boat, "boat"))

    assert not Registration.objects.exists()
    folders = private_storage().listdir("answers")[0] if private_storage().exists("answers") else []
    assert [files for folder in folders for files in private_storage().listdir(f"answers/{folder}")[1]] == []


def test_answers_cost_a_bounded_number_of_queries():
    event = make_event()
    ticket_type = make_ticket_type(event)
    questions = [make_question(event, "several", options={"a": 9, "b": 9, "c": None}) for _ in range(10)]
    few = [chosen(questions[0], "a")]
    many = [chosen(question, "a", "b", "c") for question in questions]

    def count(given: list[Given]) -> int:
        with CaptureQueriesContext(connection) as queries:
            make_registration(ticket_type, answers=given)
        return len(queries)

    without = count([])
    assert (count(few) - without, count(many) - without) == (4, 4)
