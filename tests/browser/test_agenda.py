"""The agenda in a real browser: filters with and without scripts, stars, zones, and the mark of now."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from playwright.sync_api import expect

from benchmarks.large import make_large
from events.queries.filters import short_name
from tests.chromium import wait_for_fonts
from tests.factories import (
    at,
    make_appearance,
    make_event,
    make_registration,
    make_session,
    make_speaker,
    make_ticket_type,
    make_track,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 12, 10)
LETTERS_ONLY = 0.005  # what the change of typefaces may move on a first visit: words within their line
PLACES = "[...document.querySelectorAll('article h3')].map((one) => [one.offsetLeft, one.offsetTop, one.offsetWidth])"


@pytest.fixture
def event() -> Any:
    """Two days in Shanghai: an opening, two sessions side by side, a night, and a closing."""
    event = make_event(slug="forum", starts_on=DAY, timezone_name="Asia/Shanghai")
    opening = make_session(event, slug="opening", title_en="Opening", start="09:00", end="10:00", type="opening")
    for minute in ("09:00", "09:30"):
        make_appearance(opening, make_speaker(name_en=f"At {minute}"), starts_at=at(event, minute))
    for slug in ("law", "speech"):
        track = make_track(event, slug=slug, name_en=slug.title(), name_zh_hans="轨道")
        make_session(event, slug=slug, title_en=f"On {slug}", start="14:00", end="15:00", track=track)
    make_session(event, slug="night", title_en="Night", start="23:00", ends_at=at(event, "00:30", day=1))
    make_session(event, slug="closing", title_en="Closing", start="16:00", day=1, abstract_zh_hans="人工智能治理")
    return event


@pytest.fixture
def agenda(event: Any, live_server: Any) -> str:
    """The address of its agenda."""
    return f"{live_server.url}/en/events/forum/agenda/"


@pytest.fixture
def visit(browser: Any) -> Callable[..., Any]:
    """Open a page as a clean visitor; options are those of a browser context. ``clock`` sets its clock."""

    def open_page(url: str, *, width: int = 1440, clock: dt.datetime | None = None, **options: Any) -> Any:
        page = browser.new_context(viewport={"width": width, "height": 844}, **options).new_page()
        page.set_default_timeout(15_000)
        if clock:
            page.clock.install(time=clock)
        page.goto(url)
        return page

    return open_page


def titles(page: Any) -> list[str]:
    """The titles of the sessions on the page."""
    return page.locator("article h3").all_inner_texts()


def query(page: Any) -> dict[str, list[str]]:
    """The parameters in the address of the page."""
    return parse_qs(urlsplit(page.url).query)


def test_filters_work_without_javascript(agenda, visit):
    page = visit(agenda, java_script_enabled=False)
    assert page.locator(".scripted:visible, .star").count() == 0

    page.check("input[value=law]")
    with page.expect_navigation():
        page.click("text=Apply")
    assert (titles(page), query(page)["track"]) == (["On law"], ["law"])

    page.click("text=Whole programme")
    page.fill("[name=q]", "智能治")
    with page.expect_navigation():
        page.press("[name=q]", "Enter")
    assert titles(page) == ["Closing"]


def test_filters_work_at_once_with_javascript(agenda, visit):
    page = visit(agenda)
    page.evaluate("window.isSamePage = true")

    page.check("input[value=law]")
    expect(page.locator("article")).to_have_count(1)
    assert (titles(page), query(page)) == (["On law"], {"track": ["law"]})
    assert page.inner_text("[data-part=count]") == "1 of 5 sessions"

    page.fill("[name=q]", "nothing of this")
    page.wait_for_selector(".nothing")
    assert page.evaluate("window.isSamePage && document.activeElement.name") == "q"

    page.reload()
    assert page.locator("input[value=law]").is_checked()
    assert page.input_value("[name=q]") == "nothing of this"


def test_filters_are_folded_on_a_phone(agenda, visit):
    page = visit(agenda, width=390, java_script_enabled=False)
    assert not page.locator("[name=q]").is_visible()

    page.click("text=Filter")
    page.check("input[value=law]")
    with page.expect_navigation():
        page.click("text=Apply")
    assert (titles(page), page.locator("[name=q]").is_visible()) == (["On law"], True)


def test_tab_of_the_day_in_view_is_the_current_one(agenda, visit):
    page = visit(agenda)
    current = page.locator(".tabs [aria-current]")
    first, *_others, last = page.locator(".tabs a").all()
    expect(current).to_have_text(first.inner_text())

    last.click()
    expect(current).to_have_text(last.inner_text())


def test_page_of_an_online_edition_reaches_the_edges_of_the_window(agenda, event, visit):
    event.attendance_mode = "online"
    event.save()

    assert visit(agenda).evaluate("document.body.getBoundingClientRect().left") == 0


def test_own_zone_is_offered_first_among_convenient_hours(agenda, visit):
    page = visit(agenda, timezone_id="Africa/Nairobi")

    page.click("text=More filters")
    assert page.locator("[name=zone] option").nth(1).inner_text() == "My time (Nairobi)"

    page.select_option("[name=zone]", "Africa/Nairobi")
    expect(page.locator("article")).to_have_count(4)
    assert titles(page) == ["On law", "On speech", "Night", "Closing"]


def test_star_keeps_a_session_and_gives_a_link_that_needs_no_script(agenda, event, visit):
    page = visit(agenda)
    star = page.get_by_role("button", name="My agenda: On law")
    before = page.evaluate(PLACES)

    star.press("Enter")
    assert star.get_attribute("aria-pressed") == "true"
    assert page.inner_text("[data-star-status]") == "Kept in your agenda: On law"

    page.reload()
    assert star.get_attribute("aria-pressed") == "true"
    assert page.evaluate(PLACES) == before

    page.get_by_label("My agenda only").check()
    expect(page.locator("article")).to_have_count(1)
    assert query(page) == {"mine": [short_name(event.sessions.get(slug="law"))]}
    assert page.get_attribute("text=These sessions as calendar", "href") is None
    assert page.locator("a[href$='agenda.ics?sessions=law']").count() == 1

    shared = visit(page.url, java_script_enabled=False)
    assert titles(shared) == ["On law"]
    assert shared.get_by_label("Chosen sessions only").is_checked()


def test_star_on_the_page_of_a_session_is_the_same_star(agenda, event, visit):
    page = visit(agenda.replace("agenda/", "sessions/law/"))
    star = page.get_by_role("button", name="Keep in my agenda")

    star.click()
    assert star.get_attribute("aria-pressed") == "true"

    with page.expect_navigation():
        page.get_by_role("link", name="My agenda").click()
    assert query(page) == {"mine": [short_name(event.sessions.get(slug="law"))]}
    assert titles(page) == ["On law"]
    assert page.get_by_label("My agenda only").is_checked()

    page.click("text=QR code")
    expect(page.locator(".mine-code img")).to_have_js_property("complete", True)
    assert page.evaluate("document.querySelector('.mine-code img').naturalWidth") > 0


def test_registered_person_keeps_the_stars_of_the_browser(agenda, event, visit):
    registration = make_registration(make_ticket_type(event))
    page = visit(agenda)
    page.get_by_role("button", name="My agenda: On law").click()
    page.goto(agenda.replace("events/forum/agenda/", f"registrations/{registration.secret}/"))

    page.get_by_role("button", name="Keep the stars of this browser here too 1").click()
    page.wait_for_url("**done=agenda**")
    assert page.locator(".my-session h4").all_inner_texts() == ["On law"]
    assert not page.get_by_role("button", name="Keep the stars").is_visible()

    page.get_by_role("button", name="Take out of my agenda: On law").click()
    page.wait_for_selector(".my-session", state="detached")
    assert not registration.stars.exists()


def test_link_of_somebody_else_stands_beside_the_own_agenda(agenda, event, visit):
    shared = short_name(event.sessions.get(slug="closing"))
    page = visit(f"{agenda}?mine={shared}")
    assert titles(page) == ["Closing"]
    assert not page.get_by_label("My agenda only").is_checked()

    page.get_by_label("My agenda only").check()
    page.wait_for_selector(".nothing")
    assert not page.get_by_label("Chosen sessions only").is_checked()
    assert "Your agenda is still empty" in page.inner_text(".nothing")


def test_another_zone_says_which_times_leave_the_day(agenda, visit):
    page = visit(agenda, timezone_id="America/New_York")
    rail = page.locator(".slot .rail")
    assert [one.split() for one in (rail.nth(0).inner_text(), rail.nth(2).inner_text())] == [
        ["09:00", "10:00"],
        ["23:00", "00:30", "(+1", "day)"],
    ]

    page.click(".agenda-bar button[value=mine]")
    assert rail.nth(0).inner_text().split() == ["20:00", "(−1", "day)", "21:00", "(−1", "day)"]
    assert rail.nth(2).inner_text().split() == ["10:00", "11:30"]
    assert page.inner_text("[data-zone-line]") == "Times in GMT-5 (New York)"
    assert page.inner_text(".head [data-zone-label]") == "New York\nGMT-5"

    page.select_option(".agenda-bar select", "Asia/Tokyo")
    assert rail.nth(2).inner_text().split() == ["00:00", "(+1", "day)", "01:30", "(+1", "day)"]
    page.reload()
    assert rail.nth(0).inner_text().split() == ["10:00", "11:00"]
    assert page.locator(".agenda-day").count() == 2

    page.click(".agenda-bar button[value=forum]")
    assert rail.nth(2).inner_text().split() == ["23:00", "00:30", "(+1", "day)"]
    assert page.inner_text("[data-zone-line]") == "Times in GMT+8 (Shanghai)"


def test_any_zone_can_be_chosen_and_is_remembered_on_other_pages(agenda, event, visit):
    make_appearance(event.sessions.get(slug="night"), make_speaker(slug="ada"))
    page = visit(agenda, timezone_id="America/New_York")
    assert page.inner_text(".agenda-bar [value=mine]").split("\n") == ["My time", "New York GMT-5"]
    assert page.inner_text(".agenda-bar [value=forum]").split("\n") == ["Forum time", "Shanghai GMT+8"]

    page.focus(".agenda-bar select")
    page.select_option(".agenda-bar select", "Asia/Yerevan")
    assert page.locator(".rail time").first.inner_text() == "05:00"

    page.goto(agenda.replace("agenda/", "speakers/ada/"))
    assert page.inner_text("[data-zone-line]") == "Times in GMT+4 (Yerevan)"
    assert page.inner_text(".turn-time").split("\n") == ["10 December 2026", "19:00–20:30"]

    page.goto(agenda.replace("agenda/", "sessions/night/"))
    assert page.inner_text(".side-time small") == "GMT+4 (Yerevan), 90 minutes"
    assert page.eval_on_selector(".head select", "(select) => select.value") == "Asia/Yerevan"


def test_time_of_the_forum_is_never_painted_before_the_own_one(agenda, event, visit):
    event.attendance_mode = "online"
    event.save()
    page = visit("about:blank", timezone_id="Africa/Nairobi")
    page.add_init_script(
        "window.painted = new Set(); (function look() { const time = document.querySelector('.rail time');"
        " if (time && getComputedStyle(time).visibility === 'visible') painted.add(time.textContent);"
        " requestAnimationFrame(look); })()"
    )

    def come_late(route):
        time.sleep(0.5)
        route.continue_()

    page.route("**/js/zone*.js", come_late)
    page.goto(agenda, wait_until="networkidle")

    assert page.evaluate("[...painted]") == ["04:00"]


def test_time_of_the_forum_is_shown_if_the_script_does_not_come(agenda, event, visit):
    event.attendance_mode = "online"
    event.save()
    page = visit("about:blank", timezone_id="Africa/Nairobi")
    page.route("**/js/zone*.js", lambda route: route.abort())
    page.goto(agenda)

    assert page.locator(".rail time").first.text_content() == "09:00"
    expect(page.locator(".rail time").first).to_be_visible()


def test_chosen_time_of_the_forum_is_not_hidden_first(agenda, event, visit):
    event.attendance_mode = "online"
    event.save()
    page = visit(agenda, timezone_id="Africa/Nairobi")
    page.click(".agenda-bar button[value=forum]")
    page.route("**/js/zone*.js", lambda route: route.abort())
    page.reload()

    assert page.locator(".rail time").first.is_visible()


def test_zone_holds_for_what_a_filter_brings(agenda, visit):
    page = visit(agenda, timezone_id="Africa/Nairobi")
    page.click(".agenda-bar button[value=mine]")

    page.check("input[value=law]")
    expect(page.locator("article")).to_have_count(1)

    assert page.locator(".rail time").first.inner_text() == "09:00"


def test_visitor_in_the_zone_of_the_forum_can_choose_another(agenda, visit):
    page = visit(agenda, timezone_id="Asia/Shanghai")

    page.select_option(".agenda-bar select", "UTC")
    assert page.locator(".rail time").first.inner_text() == "01:00"

    page.select_option(".agenda-bar select", "")
    assert page.locator(".rail time").first.inner_text() == "09:00"


@pytest.mark.parametrize(
    ("mode", "clock", "beside"), [("onsite", "09:00", 0), ("mixed", "09:00", 4), ("online", "04:00", 0)]
)
def test_form_of_the_event_decides_what_is_shown_first(agenda, event, visit, mode, clock, beside):
    event.attendance_mode = mode
    event.save()

    page = visit(agenda, timezone_id="Africa/Nairobi")

    assert page.locator(".rail time").first.inner_text() == clock
    assert page.locator(".rail .beside").count() == beside


def test_clocks_that_change_during_the_event_are_right(live_server, visit):
    event = make_event(slug="autumn", starts_on=dt.date(2026, 10, 24), timezone_name="Europe/Paris")
    for day in (0, 1):
        make_session(event, start="09:00", end="10:00", day=day)

    page = visit(f"{live_server.url}/en/events/autumn/agenda/", timezone_id="Africa/Nairobi")
    assert page.inner_text("[data-zone-line]") == "Times in GMT+2/GMT+1 (Paris)"

    page.click(".agenda-bar button[value=mine]")
    assert page.locator(".rail b").all_inner_texts() == ["10:00", "11:00"]
    page.select_option(".agenda-bar select", "Europe/London")
    assert page.locator(".rail b").all_inner_texts() == ["08:00", "08:00"]


def test_mark_of_now_moves_with_the_clock(agenda, event, visit):
    now = at(event, "09:10")
    with time_machine.travel(now, tick=True):
        page = visit(agenda, clock=now)
        talks = page.locator(".talk")
        assert "is-now" in talks.nth(0).get_attribute("class")
        assert page.inner_text(".now") == "Now 09:10"
        assert page.locator(".chip-live:visible").count() == 1

        page.clock.fast_forward("20:00")
        assert [one.get_attribute("class") for one in talks.all()] == ["talk", "talk is-now"]
        assert page.inner_text(".now") == "Now 09:30"

        page.clock.fast_forward("30:00")
        assert page.locator(".now, .is-now, .chip-live:visible").count() == 0


def test_mark_of_now_follows_the_chosen_zone(agenda, event, visit):
    now = at(event, "14:20")
    with time_machine.travel(now, tick=True):
        page = visit(agenda, clock=now, timezone_id="Africa/Nairobi")
        page.click(".agenda-bar button[value=mine]")

        assert page.inner_text(".slot.is-now .now") == "Now 09:20"
        assert page.locator(".chip-live:visible").count() == 2


def test_nothing_moves_while_the_agenda_loads(agenda, visit):
    for width in (390, 1440):
        page = visit("about:blank", width=width, timezone_id="Africa/Nairobi")
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries())"
            " window.moved += one.value; }).observe({ type: 'layout-shift', buffered: true });"
        )
        page.goto(agenda)
        wait_for_fonts(page)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < LETTERS_ONLY

        page.goto(agenda, wait_until="networkidle")
        assert round(page.evaluate("window.moved"), 3) == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_a_link_into_a_crowded_hour_leads_to_the_session(visit: Callable[..., Any], live_server: Any, width: int):
    last = make_large(sessions=720, people=20).sessions.filter(starts_at__hour=1).order_by("pk")[59]

    page = visit(f"{live_server.url}/en/events/large/agenda/?day={last.day}&from={last.slug}#{last.slug}", width=width)
    top = page.locator(f"#{last.slug}").bounding_box()["y"]
    bar = page.locator(".agenda-bar").bounding_box()

    assert 0 <= top < 844 / 2
    assert top >= bar["y"] + bar["height"]


def test_many_parallel_sessions_stand_as_close_as_few(visit: Callable[..., Any], event: Any, agenda: str):
    for number in range(5):
        make_session(event, slug=f"room-{number}", title_en=f"Room {number}", start="11:00", end="12:00")
    starts = "(one) => one.querySelector('h3').offsetTop"

    page = visit(agenda)
    few, many = page.locator("#law"), page.locator("#room-1")

    assert many.evaluate(starts) == few.evaluate(starts)
    assert many.bounding_box()["height"] <= few.bounding_box()["height"]
