"""The frame of every page in a real browser: menu, widths, my time."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from events.models import Event
from tests.factories import make_appearance, make_event, make_partnership, make_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THEME = "International Cooperation and Accountable Governance for a Resilient Future"
LINES_OF_THE_THEME = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector("h1"));
  return [...range.getClientRects()].map(({ left, right, top }) => ({ left, right, top }));
}"""


@pytest.fixture
def home(live_server: Any) -> str:
    """The address of an edition in which everything exists."""
    event = make_event(slug="forum", theme_en=THEME, background_en="Why.", timezone_name="Asia/Shanghai")
    make_appearance(make_session(event, slug="opening", start="09:00", end="10:00"))
    make_partnership(event)
    return f"{live_server.url}/en/events/forum/"


@pytest.fixture
def visit(browser: Any) -> Callable[..., Any]:
    """Open a page as a clean visitor; options are those of a browser context."""

    def open_page(url: str, *, width: int = 390, **options: Any) -> Any:
        page = browser.new_context(viewport={"width": width, "height": 844}, **options).new_page()
        page.goto(url)
        return page

    return open_page


def test_menu_opens_without_javascript(home, visit):
    page = visit(home, java_script_enabled=False)

    page.click(".bar summary")

    assert page.locator(".sheet a").all_inner_texts() == ["About", "Agenda", "Speakers", "Partners"]
    assert page.locator(".sheet").is_visible()


def test_no_width_scrolls_sideways(home, visit):
    for width in (320, 390, 768, 900, 1024, 1100, 1440):
        page = visit(home, width=width)

        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_theme_stays_inside_the_hollow_of_the_hall(home, visit):
    page = visit(home, width=1440)
    hall = page.locator(".hero .hall").bounding_box()
    centre, base = hall["x"] + hall["width"] / 2, hall["y"] + hall["height"]

    lines = page.evaluate(LINES_OF_THE_THEME)

    corners = [(edge - centre, base - line["top"]) for line in lines for edge in (line["left"], line["right"])]
    assert len(lines) > 1
    assert max(math.hypot(x, y) for x, y in corners) < 0.685 * 0.49 * hall["width"]


def test_my_time_rewrites_the_clocks_and_is_remembered(home, visit):
    page = visit(f"{home}agenda/", width=1440, timezone_id="Africa/Nairobi")
    first = page.locator("time[data-clock]").first
    assert first.inner_text() == "09:00"

    page.click(".agenda-bar button[value=mine]")
    assert first.inner_text() == "04:00"

    page.reload()
    assert first.inner_text() == "04:00"


def test_visitor_in_the_zone_of_the_forum_gets_no_switch(home, visit):
    page = visit(f"{home}agenda/", width=1440, timezone_id="Asia/Shanghai")

    assert page.locator("[data-zone-switch] button").count() == 0


def glance(page: Any) -> dict[str, Any]:
    """What the programme at a glance says: its caption, the hours above it, and the times that screen readers hear."""
    part = page.locator("section[aria-labelledby=programme-title]")
    return {
        "caption": part.locator("[data-zone-line]").inner_text(),
        "hours": part.locator(".hour").all_text_contents(),
        "times": part.locator(".glance-time").all_text_contents(),
    }


MY_GLANCE = {"caption": "Times in GMT+3 (Nairobi)", "hours": ["04"], "times": ["04:00"]}
GLANCE = {"caption": "Times in GMT+8 (Shanghai)", "hours": ["09"], "times": ["09:00"]}


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("mode", "first"), [("online", MY_GLANCE), ("mixed", GLANCE), ("onsite", GLANCE)])
def test_glance_is_in_one_time_from_its_caption_to_its_hidden_times(home, visit, mode, first, width):
    Event.objects.update(attendance_mode=mode)
    page = visit(home, width=width, timezone_id="Africa/Nairobi")
    assert glance(page) == first

    choose(page, "mine")
    assert glance(page) == MY_GLANCE

    choose(page, "forum")
    assert glance(page) == GLANCE


def test_glance_says_once_that_its_hours_are_of_another_day(home, visit):
    make_session(Event.objects.get(), slug="noon", start="12:00", end="14:00")
    page = visit(home, width=1440, timezone_id="America/New_York")

    choose(page, "mine")

    hours = page.locator(".hour")
    assert hours.all_inner_texts() == ["20\n(−1 day)", "21", "22", "23", "00"]
    assert glance(page)["times"] == ["20:00 (−1 day)", "23:00 (−1 day)"]
    assert hours.first.bounding_box()["y"] < page.locator(".glance-slot").first.bounding_box()["y"]


def choose(page: Any, zone: str) -> None:
    """Press a part of the switch: in the header, or in the menu of a phone."""
    place = page.locator(".head-zone" if page.viewport_size["width"] >= 1080 else ".bar details")
    place.locator("summary").click()
    place.locator(f"button[value={zone}]").click()
    place.locator("summary").click()
