"""A session moves with everything that belongs to it."""

import datetime as dt

import pytest
from django.urls import reverse

from events.domain.moving import move_session
from forum_site.lib.errors import DomainError
from tests.factories import at, make_appearance, make_event, make_session, make_user

pytestmark = pytest.mark.django_db


def test_session_moves_with_its_end_parts_and_minutes():
    event = make_event()
    whole = make_session(event, start="09:00", end="12:00")
    part = make_session(event, start="10:00", end="12:00", parent=whole)
    talk = make_appearance(part, starts_at=at(event, "10:15"), ends_at=at(event, "10:30"))
    silent = make_appearance(whole)

    move_session(whole, day=event.ends_on, start=dt.time(14, 0))

    for thing in (whole, part, talk, silent, event):
        thing.refresh_from_db()
    assert (whole.day, whole.starts_at, whole.ends_at) == (
        event.ends_on,
        at(event, "14:00", day=1),
        at(event, "17:00", day=1),
    )
    assert (part.day, part.starts_at) == (event.ends_on, at(event, "15:00", day=1))
    assert (talk.starts_at, talk.ends_at) == (at(event, "15:15", day=1), at(event, "15:30", day=1))
    assert silent.starts_at is None
    assert event.version == 2


def test_session_without_a_time_is_not_moved():
    session = make_session(make_event())

    with pytest.raises(DomainError, match="no time yet"):
        move_session(session, day=session.day, start=dt.time(9))


def test_session_does_not_move_out_of_its_edition():
    event = make_event()
    session = make_session(event, start="09:00", end="10:00")

    with pytest.raises(DomainError, match="not one of the edition's days"):
        move_session(session, day=event.ends_on + dt.timedelta(days=1), start=dt.time(9))


def test_parts_that_would_fall_outside_leave_everything_in_place():
    event = make_event()
    whole = make_session(event, start="20:00", end="23:00")
    make_session(event, start="09:00", end="10:00", day=1, parent=whole)

    with pytest.raises(DomainError, match="A part"):
        move_session(whole, day=event.ends_on, start=dt.time(20))

    whole.refresh_from_db()
    assert whole.day == event.starts_on


def test_organizer_moves_a_session_by_a_button(client):
    event = make_event()
    session = make_session(event, start="09:00", end="10:00")
    client.force_login(make_user(is_superuser=True))
    address = reverse("admin:events_session_do", args=[session.pk, "move"])

    page = client.get(address)
    client.post(address, {"day": event.ends_on.isoformat(), "start": "16:30"})

    session.refresh_from_db()
    assert page.status_code == 200
    assert session.starts_at == at(event, "16:30", day=1)
