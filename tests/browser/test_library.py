"""The library of documents in a real browser: filters at once, or by their button where there are no scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_document, make_event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "International Forum on Cooperation, Evidence and Governance of Public Systems 2026"


@pytest.fixture
def address(live_server: Any) -> str:
    """The page with two documents of two editions, one with a name that fills the list."""
    make_document(make_event(name_en=LONG), title_en="White paper", kind="white_paper", languages=["en"])
    make_document(make_event(), title_en="Report", kind="report", languages=["zh-hans"])
    return f"{live_server.url}/en/documents/"


def test_filters_take_effect_at_once(browser, address):
    page = browser.new_page()
    page.goto(address)
    page.evaluate("window.isSamePage = true")

    page.get_by_label("Type").select_option("report")
    expect(page.locator("[data-part=count]")).to_have_text("1 of 2 documents")
    page.get_by_role("searchbox").fill("nowhere")
    expect(page.get_by_text("No document matches")).to_be_visible()

    assert page.url == f"{address}?q=nowhere&kind=report"
    assert page.evaluate("window.isSamePage")
    page.click("text=All documents")
    expect(page.locator("[data-part=count]")).to_have_text("2 documents")


def test_without_scripts_the_button_stands_beside_the_filters(browser, address):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    tops = {page.locator(one).bounding_box()["y"] for one in ("[name=q]", ".filters button")}

    assert max(tops) - min(tops) < 2
    page.get_by_label("Type").select_option("report")
    with page.expect_navigation():
        page.click("text=Apply")
    assert page.locator("[data-part=count]").inner_text() == "1 of 2 documents"
