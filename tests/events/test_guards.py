"""What the database forbids by itself, whatever the code above it does."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from events.guards import install_guards, remove_guards
from events.models import Appearance, Event, Session
from tests.factories import make_appearance, make_event, make_session

pytestmark = pytest.mark.django_db


def test_session_inside_its_event_is_stored():
    event = make_event()

    session = make_session(event, day=1)

    assert session.day == event.ends_on


@pytest.mark.parametrize("days", [-1, 2])
def test_session_outside_its_event_is_refused_by_the_database(days):
    event = make_event()

    with pytest.raises(IntegrityError, match="session_lies_in_its_event"), transaction.atomic():
        make_session(event, day=days)


def test_session_cannot_be_moved_out_by_a_bulk_update():
    session = make_session(make_event())

    with pytest.raises(IntegrityError, match="session_lies_in_its_event"), transaction.atomic():
        Session.objects.update(day=session.day - dt.timedelta(days=1))


def test_event_cannot_leave_its_sessions_behind():
    event = make_event()
    make_session(event, day=1)

    with pytest.raises(IntegrityError, match="event_keeps_its_sessions"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(ends_on=event.starts_on)


def test_event_moves_freely_without_sessions():
    event = make_event()

    Event.objects.filter(pk=event.pk).update(ends_on=event.ends_on + dt.timedelta(days=1))

    event.refresh_from_db()
    assert len(event.days) == 3


def test_guards_can_be_installed_twice():
    install_guards()
    install_guards()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(make_event(), day=5)


def test_event_that_ends_before_it_starts_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(starts_on=dt.date(2026, 12, 10), ends_on=dt.date(2026, 12, 9))


def test_session_that_ends_before_it_starts_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(make_event(), start="10:00", end="09:00")


def test_two_people_at_one_position_are_refused():
    first = make_appearance(make_session(make_event()))

    with pytest.raises(IntegrityError), transaction.atomic():
        Appearance.objects.create(session=first.session, speaker=first.speaker, position=first.position)


@pytest.mark.parametrize("make", [lambda: make_event(name_en=""), lambda: make_session(make_event(), title_en="")])
def test_thing_without_a_name_in_any_language_is_refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_name_in_chinese_alone_is_enough():
    assert str(make_event(name_en="", name_zh_hans="人工智能治理论坛")) == "人工智能治理论坛"


def test_guards_step_aside_for_a_migration_and_come_back():
    event = make_event()
    remove_guards(plan=["a migration"])
    outside = make_session(event, day=5)
    outside.delete()

    install_guards()

    with pytest.raises(IntegrityError, match="session_lies_in_its_event"), transaction.atomic():
        make_session(event, day=5)
