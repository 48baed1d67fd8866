"""What an edition says about days and zones when somebody changes them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Session
from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_session

pytestmark = pytest.mark.django_db


def test_zone_that_moves_sessions_to_another_day_is_refused():
    event = make_event()
    make_session(event, start="09:00", end="10:00")
    event.timezone_name = "America/Los_Angeles"

    with pytest.raises(ValidationError, match="1 sessions would begin on another day"):
        event.full_clean()


def test_zone_close_by_and_zone_of_an_edition_without_times_are_taken():
    event = make_event()
    make_session(event, start="09:00", end="10:00")
    event.timezone_name = "Asia/Tokyo"
    event.full_clean()
    untimed = make_session(make_event()).event
    untimed.timezone_name = "America/Los_Angeles"
    untimed.full_clean()


@pytest.mark.parametrize("year", [1, 26, 9999])
def test_edition_of_an_impossible_year_is_refused(year):
    event = make_event()
    event.starts_on = event.ends_on = dt.date(year, 12, 31)

    with pytest.raises(ValidationError, match="Enter a year from 1970 to 2199"):
        event.full_clean()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_session_of_an_impossible_year_is_refused_beside_the_form(day):
    session = make_session(make_event(timezone_name="Asia/Shanghai"), start="09:00")
    client = signed_in(organizer(session.event))
    data = form_data(client.get(url(session, "change")), "session_form")

    response = client.post(url(session, "change"), data | {"day": day, "starts_at_0": day, "starts_at_1": "00:00"})

    assert "Enter a year from 1970 to 2199" in str(response.context["errors"])
    assert Session.objects.get().starts_at == session.starts_at
