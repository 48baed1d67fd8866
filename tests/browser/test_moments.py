"""Dates and deadlines follow the switch of time zones and name their zone; own times stand beside others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import expect

from events.domain.versions import publish_version
from events.models import Event, Session
from tests.factories import (
    at,
    make_appearance,
    make_event,
    make_key_date,
    make_partner,
    make_partnership,
    make_session,
    make_speaker,
    make_ticket_type,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def six_weeks_before() -> Iterator[None]:
    """Six weeks before the edition."""
    with time_machine.travel(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def event() -> Event:
    """An edition in Shanghai with one session at nine."""
    event = make_event(slug="forum", starts_on=dt.date(2026, 12, 10), timezone_name="Asia/Shanghai")
    make_session(event, slug="opening", start="09:00", end="10:00")
    return event


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Callable[..., Any]:
    """Open a page of the edition as somebody who has chosen a time: "mine", "forum" or a zone."""

    def open_page(path: str, choice: str = "", *, zone: str = "Africa/Nairobi", language: str = "en") -> Any:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id=zone)
        if choice:
            context.add_init_script(f"localStorage.zone ??= '{choice}'")
        page = context.new_page()
        page.goto(f"{live_server.url}/{language}/events/forum/{path}")
        return page

    return open_page


def choose_forum(page: Any) -> None:
    """Go back to the time of the forum by the switch in the header."""
    page.click(".head-zone summary")
    page.click(".head-zone button[value=forum]")


def dates(page: Any) -> list[tuple[str, str]]:
    """The key dates with their lines below."""
    rows = page.locator(".key-dates dl > div")
    return [(row.locator("dt").inner_text(), row.locator("dd").inner_text()) for row in rows.all()]


def test_key_dates_with_an_hour_follow_the_switch(event, visit):
    make_key_date(event, label_en="Call closes", happens_at=at(event, "02:00", day=-20))
    make_key_date(event, label_en="Agenda", happens_on=dt.date(2026, 12, 4))
    make_key_date(event, label_en="Look back", happens_at=at(event, "12:00", day=200))
    forum = [
        ("20 Nov", "Call closes\n02:00 (Shanghai, GMT+8)"),
        ("4 Dec", "Agenda"),
        ("10–11 Dec", "Forum"),
        ("28 June", "Look back\n12:00 (Shanghai, GMT+8)"),
    ]
    assert dates(visit("")) == forum

    page = visit("", "mine")
    assert dates(page) == [
        ("19 Nov", "Call closes\n21:00 (Nairobi, GMT+3)"),
        ("4 Dec", "Agenda"),
        ("10–11 Dec", "Forum"),
        ("28 June", "Look back\n07:00 (Nairobi, GMT+3)"),
    ]

    choose_forum(page)
    assert dates(page) == forum


@pytest.mark.parametrize(
    ("language", "forum", "mine"),
    [
        ("en", "20 November 2026, 02:00 (Shanghai, GMT+8)", "19 November 2026, 21:00 (Nairobi, GMT+3)"),
        ("zh-hans", "2026年11月20日 02:00（上海，GMT+8）", "2026年11月19日 21:00（内罗毕，GMT+3）"),
    ],
)
def test_opening_of_registration_follows_the_switch_with_its_day(event, visit, language, forum, mine):
    make_ticket_type(event, opens_at=at(event, "02:00", day=-20))

    page = visit("register/", "mine", language=language)
    assert page.inner_text(".lede time") == mine

    choose_forum(page)
    assert page.inner_text(".lede time") == forum


def test_closing_of_registration_at_midnight_is_an_hour_elsewhere(event, visit):
    make_ticket_type(event)
    make_ticket_type(event, closes_at=at(event, "00:00", day=-2), needs_approval=True)

    page = visit("register/", "mine")
    note = page.locator(".choice small").last
    assert note.inner_text() == "On approval, until 7 December 2026, 19:00 (Nairobi, GMT+3)"

    choose_forum(page)
    assert note.inner_text() == "On approval, until 7 December 2026, 24:00 (Shanghai, GMT+8)"


def test_changes_follow_the_switch_under_the_day_of_the_conference(event, visit):
    publish_version(event)
    Session.objects.filter(slug="opening").update(
        day=dt.date(2026, 12, 11), starts_at=at(event, "14:00", day=1), ends_at=at(event, "15:00", day=1)
    )
    publish_version(event)

    page = visit("agenda/changes/", "mine", zone="America/New_York")

    assert page.locator(".changes .small").all_inner_texts() == [
        "Before: Thursday 10 December, 20:00–21:00 (−1 day)",
        "Now: Friday 11 December, 01:00–02:00",
    ]
    assert page.locator("h2 time").first.inner_text().endswith("(New York, GMT-4)")
    assert page.inner_text(".page-head [data-zone-line]") == "Times in GMT-5 (New York)"


def test_header_names_the_chosen_zone_where_no_time_stands(event, visit):
    page = visit("speakers/", "mine")
    label = page.locator(".head [data-zone-label]")
    assert label.inner_text() == "Nairobi\nGMT+3"

    page.click(".head-zone summary")
    page.select_option(".head-zone select", "Europe/London")
    assert label.inner_text() == "London\nGMT"


def test_moments_of_an_online_edition_are_not_painted_in_the_time_of_the_forum(event, visit):
    Event.objects.update(attendance_mode="online")
    make_ticket_type(event, opens_at=at(event, "02:00", day=-20))

    page = visit("register/")
    assert page.inner_text(".lede time") == "19 November 2026, 21:00 (Nairobi, GMT+3)"

    page.route("**/js/zone*.js", lambda route: route.abort())
    page.reload()
    moment = page.locator(".lede time")
    assert moment.text_content() == "20 November 2026, 02:00 (Shanghai, GMT+8)"
    expect(moment).to_be_visible()


@pytest.fixture
def hybrid(event: Event) -> Event:
    """The edition held in both ways, with somebody who speaks, a co-host, and a session in the night."""
    Event.objects.update(attendance_mode="mixed")
    event.refresh_from_db()
    opening = event.sessions.get()
    make_appearance(opening, make_speaker(slug="ada"))
    make_partnership(event, make_partner(slug="institute")).sessions.add(opening)
    make_session(event, slug="next", title_en="Next", start="10:00", end="11:00")
    make_session(event, slug="late", title_en="Late", start="23:00", end="23:30")
    return event


@pytest.mark.parametrize("path", ["", "live/"])
def test_own_time_stands_beside_now_and_next(hybrid, visit, path):
    with time_machine.travel(at(hybrid, "09:10"), tick=True):
        page = visit(path, zone="America/New_York")

        assert page.locator(".lane-now [data-beside]").inner_text() == "09:00–10:00 · New York 20:00 (−1 day)"
        assert page.locator(".lane-next [data-beside]").inner_text() == "10:00 · New York 21:00 (−1 day)"
        assert page.locator(".lane-later + dl dt").inner_text() == "23:00–23:30\nNew York 10:00"


def test_own_time_stands_beside_the_turns_of_a_person(hybrid, visit):
    page = visit("speakers/ada/")

    assert page.inner_text(".turn-time").split() == ["10", "December", "2026", "09:00–10:00", "Nairobi", "04:00"]


def test_own_time_stands_beside_the_sessions_of_a_partner(hybrid, visit):
    page = visit("partners/institute/")

    line = page.locator(".file [data-beside]")
    assert line.inner_text() == "Thursday 10 December, 09:00–10:00 GMT+8 (Shanghai) · Nairobi 04:00"


def test_own_time_stands_beside_nothing_where_it_is_chosen(hybrid, visit):
    page = visit("speakers/ada/", "mine")

    assert page.inner_text(".turn-time").split() == ["10", "December", "2026", "04:00–05:00"]
    assert page.locator(".beside").count() == 0
