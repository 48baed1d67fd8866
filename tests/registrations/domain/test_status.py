"""The table of steps, and the page that draws it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from forum_site.lib.errors import DomainError
from registrations.domain.status import NEW, STEPS, move
from registrations.domain.waiting import holding
from registrations.emails.personal_words import words_for
from registrations.enums import IS_OVER, Actor, RegistrationStatus
from registrations.models import StatusChange
from tests.factories import make_registration

DRAWING = Path(__file__).resolve().parents[3] / "docs" / "registration.py"


def test_the_page_draws_the_steps_that_there_are():
    spec = importlib.util.spec_from_file_location("drawing", DRAWING)
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    page = drawing.PAGE.read_text()

    assert drawing.drawn(page) == page


def test_every_status_can_be_reached_and_what_is_over_stays_over():
    assert {new for _, new in STEPS} == set(RegistrationStatus)
    assert {old for old, _ in STEPS} == {NEW, *RegistrationStatus} - IS_OVER


@pytest.mark.django_db
def test_every_step_to_another_status_has_a_mail_with_words():
    registration = make_registration()

    for (old, new), step in STEPS.items():
        assert bool(step.letter) or old == new
        if step.letter:
            assert words_for(step.letter, registration, {"by": "attendee", "old": old}).paragraphs


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "actor"),
    [
        (RegistrationStatus.UNVERIFIED, Actor.ATTENDEE),
        (RegistrationStatus.DECLINED, Actor.ORGANIZER),
        (RegistrationStatus.CANCELLED, Actor.SCHEDULE),
    ],
)
def test_a_step_that_is_not_in_the_table_changes_nothing(to, actor):
    registration = make_registration()

    with pytest.raises(DomainError, match="cannot become"), holding(registration.ticket_type) as pool:
        move(pool.keep(registration), to, pool=pool, actor=actor)

    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CONFIRMED
    assert StatusChange.objects.count() == 1
