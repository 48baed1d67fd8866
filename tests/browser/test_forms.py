"""Forms of registration in a real browser: what stands beside what, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest

from registrations.domain.groups import Person, register_group
from tests.factories import make_code, make_event, make_ticket_type

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box(page: Any, selector: str) -> dict[str, float]:
    return page.locator(selector).bounding_box()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_line_of_the_code_keeps_its_distance(browser, live_server, language, width):
    make_code(make_ticket_type(make_event(slug="forum")))
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()

    for rest in ("", "?code=WRONG", "?code=OPEN-SESAME"):
        page.goto(f"{live_server.url}/{language}/events/forum/register/{rest}")
        line, label = box(page, ".code"), box(page, "label[for=id_full_name]")
        assert label["y"] - line["y"] - line["height"] >= 24
    page.goto(f"{live_server.url}/{language}/events/forum/register/")
    assert box(page, ".code summary")["height"] >= 44


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_taking_and_declining_a_place_are_equally_wide_on_a_phone(browser, live_server, language):
    ticket_type = make_ticket_type()
    group = register_group(
        ticket_type.event,
        ticket_type=ticket_type,
        contact_name="Ada Lovelace",
        contact_email="ada@example.org",
        people=[Person("", "", "Society", "GB")],
        waits_together=False,
        language=language,
        consent_text="I agree.",
    )
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(live_server.url + group.members.get().claim_path())

    widths = [one.bounding_box()["width"] for one in page.locator(".actions .button").all()]

    assert widths == [350, 350]
