"""The agenda that is kept with a registration."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from events.enums import SessionStatus, SessionType
from events.queries.filters import short_name
from registrations.domain.cancel import cancel
from registrations.domain.stars import choose_sessions, drop_stars, keep_stars
from registrations.models import Registration
from registrations.queries.stars import agenda_of
from tests.factories import make_event, make_registration, make_session, make_ticket_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration() -> Registration:
    """Somebody from Nairobi at a forum in Shanghai."""
    return make_registration(make_ticket_type(make_event(slug="forum")), timezone_name="Africa/Nairobi")


def url(registration: Registration, rest: str = "", language: str = "en") -> str:
    return f"/{language}/registrations/{registration.secret}/{rest}"


def starred(registration: Registration) -> list[str]:
    return [str(one.session.title) for day in agenda_of(registration).days for one in day.choices]


def test_stars_of_a_browser_are_added_to_those_kept(client, registration):
    first, second = (make_session(registration.event, start=start) for start in ("09:00", "10:00"))
    keep_stars(registration, names=[short_name(second)])

    response = client.post(url(registration, "programme/"), {"stars": f"{short_name(first)}-{short_name(second)}-x"})

    assert response["Location"] == f"{url(registration)}?done=agenda#my-agenda"
    assert starred(registration) == [first.title, second.title]
    assert "Your agenda is saved." in client.get(response["Location"]).content.decode()


def test_only_sessions_of_the_edition_that_visitors_see_are_taken(registration):
    event = registration.event
    whole = make_session(event)
    others = [
        make_session(event, parent=whole),
        make_session(event, type=SessionType.BREAK),
        make_session(event, status=SessionStatus.DRAFT),
        make_session(make_event()),
    ]

    keep_stars(registration, names=[short_name(one) for one in [whole, *others]])

    assert [star.session for star in registration.stars.all()] == [whole]


def test_agenda_is_chosen_anew_without_scripts(client, registration):
    first, second = (make_session(registration.event, start=start) for start in ("09:00", "10:00"))
    keep_stars(registration, names=[short_name(first)])

    shown = client.get(url(registration, "programme/")).content.decode()
    assert f'value="{short_name(first)}" checked' in shown
    assert f'value="{short_name(second)}"><span>' in shown

    client.post(url(registration, "programme/"), {"session": [short_name(second)]})
    assert starred(registration) == [second.title]


def test_one_session_is_dropped_by_its_button(client, registration):
    first, second = (make_session(registration.event, start=start) for start in ("09:00", "10:00"))
    keep_stars(registration, names=[short_name(first), short_name(second)])

    client.post(url(registration, "programme/"), {"drop": short_name(first)})

    assert starred(registration) == [second.title]


def test_hidden_session_vanishes_quietly_and_comes_back(client, registration):
    hidden, gone = make_session(registration.event), make_session(registration.event)
    keep_stars(registration, names=[short_name(hidden), short_name(gone)])
    gone.delete()
    hidden.status = SessionStatus.DRAFT
    hidden.save()

    assert starred(registration) == []
    assert client.get(url(registration)).status_code == 200
    choose_sessions(registration, names=[])
    hidden.status = SessionStatus.PUBLISHED
    hidden.save()
    assert starred(registration) == [hidden.title]


def test_page_shows_event_time_and_own_time(client, registration):
    session = make_session(registration.event, start="01:00", end="02:00")
    keep_stars(registration, names=[short_name(session)])

    shown = client.get(url(registration)).content.decode()

    assert ">01:00</time>" in shown
    assert "Nairobi<br>20:00 (−1 day)" in shown
    assert f"?mine={short_name(session)}" in shown
    assert f'href="webcal://testserver{url(registration, "programme.ics")}"' in shown


def test_calendar_names_cancelled_sessions_as_cancelled(client, registration):
    held, cancelled, _other = (make_session(registration.event, start=start) for start in ("09:00", "10:00", "11:00"))
    cancelled.status = SessionStatus.CANCELLED
    cancelled.save()
    keep_stars(registration, names=[short_name(held), short_name(cancelled)])

    response = client.get(url(registration, "programme.ics"))
    text = response.content.decode()

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store, private"
    assert text.count("BEGIN:VEVENT") == 2
    assert (text.count("STATUS:CONFIRMED"), text.count("STATUS:CANCELLED")) == (1, 1)


def test_calendar_of_somebody_who_cancelled_gives_everything_back(client, registration):
    keep_stars(registration, names=[short_name(make_session(registration.event, start="09:00"))])
    cancel(registration)

    assert "STATUS:CANCELLED" in client.get(url(registration, "programme.ics")).content.decode()
    assert client.get(url(registration, "programme/")).status_code == 302


def test_agenda_is_nobody_elses(client, registration):
    session = make_session(registration.event)
    other = make_registration(registration.ticket_type)

    client.post(url(registration, "programme/"), {"stars": short_name(session)})
    foreign = client.post(url(other, "programme/"), {"stars": short_name(session)}, HTTP_SEC_FETCH_SITE="cross-site")

    assert foreign.status_code == 403
    assert (registration.stars.count(), other.stars.count()) == (1, 0)
    assert client.get("/en/registrations/wrong/programme/").status_code == 404
    assert client.get("/en/registrations/wrong/programme.ics").status_code == 404


def test_agenda_goes_with_the_registration(registration):
    keep_stars(registration, names=[short_name(make_session(registration.event, publish_at=timezone.now()))])
    assert registration.stars.count() == 1

    drop_stars(registration, names=[short_name(registration.stars.get().session)])
    assert not registration.stars.exists()


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(("page", "queries"), [("", 11), ("programme/", 8), ("programme.ics", 5)])
def test_queries_do_not_grow(client, registration, django_assert_max_num_queries: Any, count, page, queries):
    sessions = [make_session(registration.event, start="09:00") for _ in range(count)]
    keep_stars(registration, names=[short_name(one) for one in sessions])
    client.get(url(registration, page))

    with django_assert_max_num_queries(queries):
        client.get(url(registration, page))
