"""Structured data and calendar links in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from events.enums import AttendanceMode
from tests.factories import make_appearance, make_event, make_partner, make_partnership, make_session, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any) -> str:
    event = make_event(slug="forum", attendance_mode=AttendanceMode.ONLINE)
    make_appearance(make_session(event, slug="opening", start="09:00", end="10:00"), make_speaker(slug="ada"))
    make_partnership(event, make_partner(slug="house"))
    return f"{live_server.url}/en/events/forum/"


def test_structured_data_is_no_matter_for_the_content_policy(browser, site):
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    for rest in ("", "agenda/", "sessions/opening/", "speakers/ada/", "partners/house/"):
        page.goto(f"{site}{rest}")
        assert page.locator('script[type="application/ld+json"]').count() == 1

    assert complaints == []


@pytest.mark.parametrize("rest", ["agenda/", "sessions/opening/"])
@pytest.mark.parametrize("width", [320, 1440])
def test_calendars_open_without_javascript(browser, site, rest, width):
    page = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{site}{rest}")
    page.click(".calendars summary")
    box = page.locator(".calendars ul").bounding_box()

    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
