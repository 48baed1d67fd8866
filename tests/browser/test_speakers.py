"""The speakers in a real browser: filters with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server: Any) -> str:
    """The page of an edition with three people of two countries."""
    event = make_event(slug="forum")
    for name, country in (("Zoe", "KE"), ("Bo", "CN"), ("Ada", "KE")):
        make_appearance(make_session(event, start="09:00"), make_speaker(name_en=name, country=country))
    return f"{live_server.url}/en/events/forum/speakers/"


def names(page: Any) -> list[str]:
    return page.locator(".person .name").all_inner_texts()


def test_order_and_filters_work_with_and_without_scripts(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.evaluate("window.isSamePage = true")
    assert names(page) == ["Zoe", "Bo", "Ada"]

    page.get_by_label("A to Z").check()
    expect(page.locator(".letter")).to_have_count(3)
    assert names(page) == ["Ada", "Bo", "Zoe"]
    page.get_by_label("Country/region").select_option("KE")
    expect(page.locator(".person")).to_have_count(2)
    assert page.url == f"{address}?order=name&country=KE"
    assert page.inner_text("[data-part=count]") == "2 of 3 people"
    assert page.evaluate("window.isSamePage")

    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)
    assert names(plain) == ["Ada", "Zoe"]
    plain.uncheck("[name=order]")
    with plain.expect_navigation():
        plain.click("text=Apply")
    assert (names(plain), plain.url) == (["Zoe", "Ada"], f"{address}?session=&country=KE")
    with plain.expect_navigation():
        plain.click("text=All speakers")
    assert len(names(plain)) == 3
