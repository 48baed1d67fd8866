"""Which questions somebody is asked, and who sees the answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from events.models import Event
from forum_site.accounts.permissions import roles_at
from registrations.models import Answer, Question, Registration


def questions_of(event: Event, *, with_internal: bool = False) -> list[Question]:
    """Return what is asked at the edition, in its order. One query where nothing is asked, else three."""
    found = Question.objects.asked().filter(event=event)
    chosen = found if with_internal else found.filter(is_internal=False)
    questions = list(chosen)
    for question in questions:
        question.event = event
    return [question for question in questions if not question.is_over]


def answers_of(registration: Registration) -> list[Answer]:
    """Return all answers of a person, in the order of the questions, with what was chosen. Two queries."""
    found = Answer.objects.filter(registration=registration).select_related("question__event")
    return list(found.order_by("question__position", "question_id").prefetch_related("choices__option"))


def own_answers(registration: Registration) -> list[Answer]:
    """Return what the person has answered and reads on the personal page: nothing internal, nothing erased."""
    return [one for one in answers_of(registration) if not one.question.is_internal and one.erased_at is None]


def may_see(user: Any, question: Question) -> bool:
    """Whether an organizer may read the answers to a question: sensitive ones only with a role that it names."""
    return not question.is_sensitive or bool(roles_at(user, question.event_id) & set(question.shown_to))


def answers_deadline(registration: Registration) -> dt.datetime | None:
    """Return until when the person may change answers, an own extension included; ``None`` is as long as it lasts."""
    general, own = registration.event.answers_until, registration.answers_until
    return max(general, own) if general and own else general


def may_change_answers(registration: Registration, at: dt.datetime | None = None) -> bool:
    """Whether the person may still change answers by the personal link."""
    deadline = answers_deadline(registration)
    is_in_time = deadline is None or (at or timezone.now()) < deadline
    return registration.is_active and not registration.event.is_past and is_in_time
