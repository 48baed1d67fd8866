"""Changing what somebody has said about themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forum_site.lib.errors import DomainError
from registrations.domain.answers import Given, change_answers, files_only_if_kept
from registrations.models import Question, Registration


def edit_details(
    registration: Registration,
    *,
    full_name: str,
    organization: str,
    country: str,
    language: str,
    timezone_name: str,
    answers: Sequence[Given] = (),
    asked: Sequence[Question] = (),
) -> Registration:
    """Store the new details; the e-mail address and the seat stay. Raises ``DomainError`` when it is over.

    ``answers`` replace those given before to the questions that were ``asked``.
    """
    with files_only_if_kept(registration, answers), transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        if not registration.is_active:
            raise DomainError(_("This registration is over. You may register anew."))
        registration.full_name, registration.organization = full_name, organization
        registration.country, registration.language = country, language
        registration.timezone_name = timezone_name
        registration.changed_at = timezone.now()
        registration.save()
        if asked:
            change_answers(registration, given=answers, asked=asked)
    return registration


def answer(registration: Registration, *, answers: Sequence[Given], asked: Sequence[Question]) -> Registration:
    """Replace the answers to the questions that were ``asked``, as an organizer does it."""
    with files_only_if_kept(registration, answers), transaction.atomic():
        registration.refresh_from_db(from_queryset=Registration.objects.select_for_update(no_key=True))
        if not registration.is_active:
            raise DomainError(_("This registration is over. You may register anew."))
        change_answers(registration, given=answers, asked=asked)
        registration.changed_at = timezone.now()
        registration.save(update_fields=["changed_at"])
    return registration


def extend_answers(registration: Registration, *, until: dt.datetime | None) -> Registration:
    """Let this person change answers longer than everybody else; ``None`` takes that back."""
    Registration.objects.filter(pk=registration.pk).update(answers_until=until, changed_at=timezone.now())
    registration.answers_until = until
    return registration
