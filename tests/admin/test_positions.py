"""People of a session change places in one go."""

from __future__ import annotations

import pytest

from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


def three_people():
    session = make_session(make_event())
    for name in ("One", "Two", "Three"):
        make_appearance(session, make_speaker(name_en=name))
    client = signed_in(organizer(session.event))
    return session, client, form_data(client.get(url(session, "change")), "session_form")


def names(session):
    return [one.speaker.name_en for one in session.appearances.order_by("position").select_related("speaker")]


def test_people_change_places():
    session, client, data = three_people()

    response = client.post(
        url(session, "change"), data | {"appearances-0-position": "2", "appearances-1-position": "1"}
    )

    assert response.status_code == 302
    assert names(session) == ["Two", "One", "Three"]


def test_somebody_takes_the_place_of_whoever_leaves():
    session, client, data = three_people()
    changes = {"appearances-0-DELETE": "on", "appearances-2-position": "1"}

    client.post(url(session, "change"), data | changes)

    assert names(session) == ["Three", "Two"]
    assert list(session.appearances.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_two_people_at_one_place_are_refused():
    session, client, data = three_people()

    response = client.post(url(session, "change"), data | {"appearances-0-position": "3"})

    assert "Two rows cannot have the same position" in str(response.context["errors"])
    assert names(session) == ["One", "Two", "Three"]


def test_failed_save_leaves_everybody_in_place():
    session, client, data = three_people()
    changes = {"appearances-0-position": "2", "appearances-1-position": "1", "title_en": "", "title_zh_hans": ""}

    response = client.post(url(session, "change"), data | changes)

    assert response.status_code == 200
    assert names(session) == ["One", "Two", "Three"]


def test_position_beyond_all_numbers_is_refused():
    session, client, data = three_people()

    response = client.post(url(session, "change"), data | {"appearances-0-position": "9" * 25})

    assert "less than or equal to 999999" in str(response.context["errors"])
    assert names(session) == ["One", "Two", "Three"]
