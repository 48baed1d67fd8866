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
from registrations.models import Answer, Question, Registration, SessionBooking
from registrations.queries.check_ins import with_arrival
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
        _("Booked sessions"),
        _("Arrived at"),
        *(str(question) for question in questions),
    ]


def rows(registrations: QuerySet[Registration], questions: Iterable[Question] = ()) -> Iterator[list[Any]]:
    """Give one row for each registration, read in chunks; moments are in the zone of the edition."""
    asked = [question.pk for question in questions]
    labels = dict(RegistrationStatus.choices)
    names = dict(countries)
    found = registrations.select_related("ticket_type", "event").defer("consent_text", "secret", "secret_digest")
    found = with_arrival(found).prefetch_related(Prefetch("bookings", _booked()))
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
            "; ".join(str(booking) for booking in registration.bookings.all()),
            arrived_at.astimezone(zone) if (arrived_at := registration.arrived_at) else "",
            *_answers(registration, asked),
        ]


def _booked() -> QuerySet[SessionBooking]:
    """The bookings with a place, in the order of the programme."""
    found = SessionBooking.objects.booked().select_related("bookable__session")
    return found.order_by("bookable__session__day", "bookable__session__starts_at", "pk")


def booking_header() -> list[str]:
    """Return the headings of the columns of a list of bookings, in the current language."""
    return [
        _("Session"),
        _("State"),
        _("Number on the waiting list"),
        _("Full name"),
        _("E-mail"),
        _("Organization"),
        _("Code"),
        _("Chosen"),
        _("Reason"),
    ]


def booking_rows(bookings: QuerySet[SessionBooking]) -> Iterator[list[Any]]:
    """Give one row for each booking, read in chunks; moments are in the zone of the edition."""
    for booking in bookings.select_related("registration__event", "bookable__session").iterator(chunk_size=CHUNK):
        registration = booking.registration
        yield [
            str(booking.bookable.session),
            booking.get_state_display(),
            booking.waiting_number,
            registration.full_name,
            registration.email,
            registration.organization,
            registration.code,
            booking.created_at.astimezone(registration.event.zone),
            booking.reason,
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
