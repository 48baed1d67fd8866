"""What is said of an edition that is over is said in the past."""

import datetime as dt

import pytest

from tests.factories import make_appearance, make_event, make_session

pytestmark = pytest.mark.django_db
STILL_TO_COME = ["announced", "not been published", "no news yet", "after the forum", "known today"]
PAGES = ["", "agenda/", "agenda/changes/", "speakers/", "partners/", "news/", "documents/", "about/"]


def words(client, event, page):
    answer = client.get(f"/en/events/{event.slug}/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_edition_that_is_over_promises_nothing(client, page):
    text = words(client, make_event(starts_on=dt.date(2022, 12, 9)), page)

    assert [promise for promise in STILL_TO_COME if promise in text] == []


def test_people_of_a_past_edition_took_part(client):
    event = make_event(starts_on=dt.date(2022, 12, 9))
    make_appearance(make_session(event, start="09:00", end="10:00"))

    assert "One person took part in the programme." in words(client, event, "")


def test_people_of_a_coming_edition_are_announced(client):
    event = make_event()
    make_appearance(make_session(event, start="09:00", end="10:00"))

    assert "One person is announced." in words(client, event, "")
