"""Lists of registrations for spreadsheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django_countries import countries

from registrations.enums import QuestionKind, RegistrationStatus
from registrations.models import Answer, Question, Registration
from registrations.queries.questions import may_see

CHUNK = 2000


def questions_for(registrations: QuerySet[Registration], user: Any) -> list[Question]:
    """Return the questions of their editions whose answers the user may read, retired ones too. One query."""
    events = registrations.order_by().values("event")
    found = Question.objects.filter(event__in=events).order_by("event", "position", "pk")
    return [question for question in found if may_see(user, question)]


def header(questions: Iterable[Question] = ()) -> list[str]:
    """Return the headings of the columns, in the current language; one for each question after the others."""
    return [
        _("Code"),
        _("Status"),
        _("Ticket type"),
        _("Full name"),
        _("E-mail"),
        _("Organization"),
        _("Country/region"),
        _("Language"),
        _("Time zone"),
        _("Registered"),
        _("Time zone of the edition"),
        _("Consent given"),
        _("Number on the waiting list"),
        _("Reason"),
        *(str(question) for question in questions),
    ]


def rows(registrations: QuerySet[Registration], questions: Iterable[Question] = ()) -> Iterator[list[Any]]:
    """Give one row for each registration, read in chunks; moments are in the zone of the edition."""
    asked = [question.pk for question in questions]
    labels = dict(RegistrationStatus.choices)
    names = dict(countries)
    found = registrations.select_related("ticket_type", "event").defer("consent_text", "secret", "secret_digest")
    if asked:
        found = found.prefetch_related(Prefetch("answers", Answer.objects.filter(question__in=asked).order_by("pk")))
    for registration in found.iterator(chunk_size=CHUNK):
        zone = registration.event.zone
        yield [
            registration.code,
            labels[registration.status],  # type: ignore[index]
            registration.ticket_type.name,
            registration.full_name,
            registration.email,
            registration.organization,
            names.get(registration.country.code, registration.country.code),
            registration.language,
            registration.timezone_name,
            registration.created_at.astimezone(zone),
            registration.event.timezone_name,
            registration.consented_at.astimezone(zone),
            registration.waiting_number,
            registration.status_reason,
            *_answers(registration, asked),
        ]


def _answers(registration: Registration, asked: list[int]) -> list[Any]:
    if not asked:
        return []
    given = {answer.question_id: answer for answer in registration.answers.all()}
    return [_cell(given[pk]) if pk in given else "" for pk in asked]


def _cell(answer: Answer) -> Any:
    """The answer as a spreadsheet counts it: numbers and days as such."""
    if answer.erased_at:
        return _("Erased")
    if answer.kind == QuestionKind.NUMBER:
        return Decimal(answer.value)
    if answer.kind == QuestionKind.DATE:
        return dt.date.fromisoformat(answer.value)
    return str(answer)
