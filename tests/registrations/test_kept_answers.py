"""Answers stay when a form is saved that does not show everything they depend on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forum_site.accounts.enums import Role
from registrations.domain.answers import Given, erase_due_answers
from registrations.models import Question, Registration
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_question, make_registration, make_ticket_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Any:
    return make_ticket_type(make_event(starts_on=timezone.localdate() + dt.timedelta(days=40))).event


def registered(event: Any, *given: Given, **fields: Any) -> Registration:
    return make_registration(event.ticket_types.get(), answers=given, **fields)


def kept(registration: Registration) -> dict[str, str]:
    return dict(registration.answers.values_list("question__slug", "value"))


def save_by_organizer(registration: Registration, role: str = Role.REGISTRAR, **answers: str) -> None:
    client = signed_in(organizer(registration.event, role))
    path = f"/admin/registrations/registration/{registration.pk}/answers/"
    assert client.get(path).status_code == 200
    assert client.post(path, {f"q-{slug}": value for slug, value in answers.items()}).status_code == 302


def save_by_person(registration: Registration, **answers: str) -> str:
    client, path = Client(), f"{registration.self_service_path()}edit/"
    page = client.get(path).content.decode()
    names = ("full_name", "organization", "language", "timezone_name")
    fields = {name: getattr(registration, name) for name in names} | {"country": registration.country.code}
    answer = client.post(path, fields | {f"q-{slug}": value for slug, value in answers.items()})
    assert answer.status_code == 302
    return page


def asked_if(event: Any, first: Question, value: str, **fields: Any) -> Question:
    return make_question(event, slug="city", condition={"question": first.slug, "is": value}, **fields)


def test_an_organizer_who_may_not_read_the_first_answer_keeps_the_second(event):
    visa = make_question(event, "yes_no", slug="visa", is_sensitive=True, shown_to=["owner"])
    city = asked_if(event, visa, "yes")
    registration = registered(event, Given(visa, "yes"), Given(city, "Nairobi"))

    save_by_organizer(registration, city="Nairobi")
    assert kept(registration) == {"visa": "yes", "city": "Nairobi"}

    save_by_organizer(registration, city="Mombasa")
    assert kept(registration) == {"visa": "yes", "city": "Mombasa"}


def test_what_is_not_asked_because_of_an_answer_elsewhere_is_not_taken(event):
    visa = make_question(event, "yes_no", slug="visa", is_sensitive=True, shown_to=["owner"])
    asked_if(event, visa, "yes")
    registration = registered(event, Given(visa, "no"))

    save_by_organizer(registration, city="Nairobi")

    assert kept(registration) == {"visa": "no"}


def test_the_language_of_the_registration_decides_on_the_page_of_the_organizers(event):
    question = make_question(event, slug="name", condition={"language": ["zh-hans"]})
    registration = registered(event, Given(question, "林清河"), language="zh-hans")

    save_by_organizer(registration, name="林清河")

    assert kept(registration) == {"name": "林清河"}


def test_a_person_keeps_what_depends_on_a_question_of_the_organizers(event):
    rank = make_question(event, slug="rank", is_internal=True)
    car = make_question(event, slug="car", condition={"question": "rank", "is": "minister"})
    registration = registered(event, Given(rank, "minister"), Given(car, "black"))

    page = save_by_person(registration, car="black")

    assert kept(registration) == {"rank": "minister", "car": "black"}
    assert "rank" not in page
    assert "minister" not in page


def test_a_person_keeps_what_depends_on_an_answer_that_is_erased(event):
    visa = make_question(event, "yes_no", slug="visa", is_sensitive=True, erase_on=timezone.localdate())
    city = asked_if(event, visa, "yes")
    Question.objects.filter(pk=visa.pk).update(erase_on=timezone.localdate() + dt.timedelta(days=9))
    registration = registered(event, Given(visa, "yes"), Given(city, "Nairobi"))
    Question.objects.filter(pk=visa.pk).update(erase_on=timezone.localdate() - dt.timedelta(days=1))
    assert erase_due_answers() == 1

    save_by_person(registration, city="Nairobi")

    assert kept(registration) == {"visa": "", "city": "Nairobi"}


def test_what_no_longer_applies_by_what_the_form_asks_still_goes(event):
    visa = make_question(event, "yes_no", slug="visa")
    city = asked_if(event, visa, "yes")
    registration = registered(event, Given(visa, "yes"), Given(city, "Nairobi"))

    save_by_person(registration, visa="no", city="Nairobi")

    assert kept(registration) == {"visa": "no"}


def test_an_erased_answer_can_be_given_again(event):
    visa = make_question(event, slug="visa", is_sensitive=True, erase_on=timezone.localdate() - dt.timedelta(days=1))
    registration = registered(event, Given(visa, "A12"))
    assert erase_due_answers() == 1
    Question.objects.filter(pk=visa.pk).update(erase_on=timezone.localdate() + dt.timedelta(days=9))

    save_by_person(registration, visa="B34")

    assert kept(registration) == {"visa": "B34"}
    assert registration.answers.get().erased_at is None
