"""The typefaces in a real browser: never before the first words, and never twice a change of letters."""

from __future__ import annotations

import pytest

from tests.chromium import wait_for_fonts
from tests.factories import make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ARE_ASKED_AFTER_THE_PAINT = """() => {
  const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const fonts = performance.getEntriesByType("resource").filter((one) => one.name.includes("-latin."));
  return fonts.map((one) => one.startTime > painted);
}"""


def test_first_visit_paints_before_it_asks_for_fonts_and_the_second_has_them(live_server, browser):
    make_event(slug="forum")

    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/en/events/forum/")
    wait_for_fonts(page)
    assert page.evaluate(ARE_ASKED_AFTER_THE_PAINT) == [True, True]

    page.goto(f"{live_server.url}/zh-hans/events/forum/", wait_until="commit")
    wait_for_fonts(page)
    assert page.evaluate(ARE_ASKED_AFTER_THE_PAINT) == [False, False]


def test_fonts_need_neither_scripts_nor_storage(live_server, browser):
    make_event(slug="forum")
    address = f"{live_server.url}/en/events/forum/"

    page = browser.new_context(java_script_enabled=False).new_page()
    with page.expect_request("**/forum-sans-latin*"):
        page.goto(address)

    page = browser.new_context().new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(address)
    wait_for_fonts(page)
