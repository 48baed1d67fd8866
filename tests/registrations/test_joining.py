"""The way from a personal link to a stream, to the second."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
import time_machine

from events.enums import EventStatus, SessionStatus, SlugKind
from events.models import Event, OldSlug, Session
from registrations.enums import MUST_ANSWER, RegistrationStatus
from registrations.models import Registration
from tests.factories import at, make_event, make_registration, make_room, make_session, make_ticket_type

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)
STREAM = "https://stream.example/main"


@pytest.fixture
def event():
    return make_event(slug="forum", starts_on=DAY)


@pytest.fixture
def guest(event):
    return make_registration(make_ticket_type(event), timezone_name="Africa/Nairobi")


@pytest.fixture
def session(event):
    return make_session(event, slug="opening", start="09:00", end="10:00", stream_url=STREAM, room=make_room())


def joined(client, guest, moment, slug="opening", language="en"):
    with time_machine.travel(moment, tick=False):
        return client.get(f"/{language}/join/{guest.secret}/{slug}/")


SECOND = dt.timedelta(seconds=1)


def statuses(client, guest, moment, **asked):
    """The answers one second before a moment, at it and one second after."""
    return [joined(client, guest, moment + shift, **asked).status_code for shift in (-SECOND, SECOND - SECOND, SECOND)]


def test_the_stream_is_open_from_a_quarter_of_an_hour_before_to_the_end(client, event, guest, session):
    assert statuses(client, guest, at(event, "08:45")) == [200, 302, 302]
    assert statuses(client, guest, at(event, "10:00")) == [302, 200, 200]


def test_the_link_leads_to_the_stream_and_is_kept_nowhere(client, event, guest, session):
    response = joined(client, guest, at(event, "09:00"))

    assert response["Location"] == STREAM
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_too_early_it_says_when_in_the_time_of_the_forum_and_in_ones_own(client, event, guest, session, language):
    response = joined(client, guest, at(event, "08:00"), language=language)

    html = response.content.decode()
    assert "08:45" in html
    assert "04:00" in html
    assert STREAM not in html
    assert response["Cache-Control"] == "no-store, private"


def test_afterwards_it_leads_to_the_recording(client, event, guest, session):
    Session.objects.update(recording_url="https://video.example/1")

    html = joined(client, guest, at(event, "12:00")).content.decode()

    assert "https://video.example/1" in html
    assert STREAM not in html


@pytest.mark.parametrize("status", sorted(set(RegistrationStatus.values) - {"confirmed"}))
def test_only_confirmed_registrations_get_in(client, event, guest, session, status):
    waiting = {"waiting_number": 1} if status == "waitlisted" else {}
    asked = {"expires_at": at(event, "18:00")} if status in MUST_ANSWER else {}
    Registration.objects.update(status=status, **waiting, **asked)

    response = joined(client, guest, at(event, "09:00"))

    assert response.status_code == 200
    assert STREAM not in response.content.decode()


@pytest.mark.parametrize("change", ["session", "event", "no stream"])
def test_what_does_not_take_place_has_no_stream(client, event, guest, session, change):
    if change == "session":
        Session.objects.update(status=SessionStatus.CANCELLED)
    elif change == "event":
        Event.objects.update(status=EventStatus.CANCELLED)
    else:
        Session.objects.update(stream_url="")

    assert joined(client, guest, at(event, "09:00")).status_code == 200


def test_a_session_without_times_is_open_on_its_day(client, event, guest):
    make_session(event, slug="untimed", stream_url=STREAM)

    assert statuses(client, guest, at(event, "00:00"), slug="untimed") == [200, 302, 302]
    assert statuses(client, guest, at(event, "00:00", day=1), slug="untimed") == [302, 200, 200]


def test_a_part_runs_in_the_stream_of_its_whole(client, event, guest, session):
    make_session(event, slug="part", start="09:30", end="10:00", parent=session)

    assert joined(client, guest, at(event, "09:30"), slug="part")["Location"] == STREAM


def test_nobody_gets_in_by_a_wrong_link_or_to_the_session_of_another_event(client, event, guest, session):
    make_session(make_event(), slug="elsewhere", stream_url=STREAM)
    make_session(event, slug="draft", stream_url=STREAM, status=SessionStatus.DRAFT)

    assert client.get("/en/join/nobody-knows-this-secret/opening/").status_code == 404
    for slug in ("elsewhere", "draft", "nowhere"):
        assert joined(client, guest, at(event, "09:00"), slug=slug).status_code == 404


def test_an_old_address_of_the_session_still_leads_there(client, event, guest, session):
    OldSlug.objects.create(kind=SlugKind.SESSION, slug="earlier", target=session.pk, event=event)

    response = joined(client, guest, at(event, "09:00"), slug="earlier")

    assert response["Location"] == f"/en/join/{guest.secret}/opening/"
    assert response["Cache-Control"] == "no-store, private"


def test_the_secret_is_never_logged(client, event, guest, session, caplog):
    caplog.set_level(logging.DEBUG)
    joined(client, guest, at(event, "09:00"), slug="nowhere")

    from forum_site.logs import without_secrets

    assert caplog.records
    assert guest.secret not in "".join(without_secrets(record.getMessage()) for record in caplog.records)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_personal_page_shows_the_streams_of_the_day(client, event, guest, session, language):
    make_session(event, slug="later", start="14:00", end="15:00", stream_url=STREAM)
    make_session(event, slug="tomorrow", start="09:00", end="10:00", day=1, stream_url=STREAM)
    make_session(event, slug="no-stream", start="16:00", end="17:00")

    def slugs(clock, day=0):
        with time_machine.travel(at(event, clock, day=day), tick=False):
            response = client.get(f"/{language}/registrations/{guest.secret}/")
        assert response.status_code == 200
        assert STREAM not in response.content.decode()
        return [(one.session.slug, one.is_open) for one in response.context["streams"]]

    assert slugs("12:00", day=-9) == [("opening", False), ("later", False)]
    assert slugs("08:50") == [("opening", True), ("later", False)]
    assert slugs("10:00") == [("later", False)]
    assert slugs("15:00") == [("tomorrow", False)]
    assert slugs("10:00", day=1) == []


def test_the_personal_page_of_somebody_who_waits_shows_no_streams(client, event, guest, session):
    Registration.objects.update(status=RegistrationStatus.PENDING)

    with time_machine.travel(at(event, "09:00"), tick=False):
        assert client.get(f"/en/registrations/{guest.secret}/").context["streams"] == []
