"""Another time zone for an edition that has times: the organizer says what stays."""

from __future__ import annotations

import datetime as dt

import pytest

from events.domain.zones import change_zone
from forum_site.lib.errors import DomainError
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


def _clock(at, zone):
    return at.astimezone(zone).strftime("%d %H:%M")


def test_clock_times_stay_with_the_talks_in_them():
    event = make_event(timezone_name="Asia/Shanghai")
    session = make_session(event, start="09:00", end="10:00")
    talk = make_appearance(session, make_speaker(), starts_at=session.starts_at, ends_at=session.ends_at)
    printed, was = _clock(session.starts_at, event.zone), session.starts_at

    change_zone(event, zone_name="America/Los_Angeles", keeps_clock_times=True)
    session.refresh_from_db()
    talk.refresh_from_db()

    assert _clock(session.starts_at, event.zone) == printed
    assert talk.starts_at == session.starts_at > was
    assert session.ends_at - session.starts_at == dt.timedelta(hours=1)


def test_moments_stay_where_asked():
    event = make_event(timezone_name="Asia/Shanghai")
    session = make_session(event, start="09:00", end="10:00")

    change_zone(event, zone_name="Asia/Tokyo", keeps_clock_times=False)
    was, session = session.starts_at, session.__class__.objects.get()

    assert session.starts_at == was
    assert _clock(session.starts_at, event.zone).endswith("10:00")


def test_moments_that_would_fall_on_another_day_are_refused_and_nothing_is_changed():
    event = make_event(timezone_name="Asia/Shanghai")
    make_session(event, start="09:00", end="10:00")

    with pytest.raises(DomainError, match="Keep the clock times instead"):
        change_zone(event, zone_name="America/Los_Angeles", keeps_clock_times=False)
    event.refresh_from_db()

    assert event.timezone_name == "Asia/Shanghai"


def test_unknown_zone_is_refused():
    with pytest.raises(DomainError):
        change_zone(make_event(), zone_name="Mars/Olympus", keeps_clock_times=True)


def test_organizer_changes_it_by_a_button_and_not_in_passing():
    event = make_event(timezone_name="Asia/Shanghai")
    session = make_session(event, start="09:00", end="10:00")
    client = signed_in(organizer(event))

    form = client.get(url(event, "change")).content.decode()
    client.post(f"/admin/events/event/{event.pk}/do/zone/", {"zone_name": "Europe/Berlin", "keeps": "clock"})
    event.refresh_from_db()
    session.refresh_from_db()

    assert 'name="timezone_name"' not in form
    assert "Change time zone" in form
    assert event.timezone_name == "Europe/Berlin"
    assert _clock(session.starts_at, event.zone).endswith("09:00")
