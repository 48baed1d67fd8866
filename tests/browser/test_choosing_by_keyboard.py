"""Choosing sessions by keyboard alone, from the personal page, and a clash that is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from events.queries.filters import short_name
from registrations.models import BookableSession, Registration
from tests.browser.test_registering_by_keyboard import IN_FOCUS, tab_to
from tests.factories import make_bookable, make_event, make_registration, make_session, make_ticket_type

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLASH = {
    "en": "It runs at the same time as “Reading a test report”, which you have booked.",
    "zh-hans": "与您已预订的“读懂测试报告”时间冲突。",
}


@pytest.fixture
def workshops() -> list[BookableSession]:
    """Two workshops at the same hour, and one after them."""
    event = make_event(slug="forum")
    titles = [
        ("Reading a test report", "读懂测试报告"),
        ("Telling the public", "向公众说明"),
        ("Next steps", "后续工作"),
    ]
    hours = ["09:00", "09:00", "11:00"], ["10:00", "10:00", "12:00"]
    return [
        make_bookable(make_session(event, start=start, end=end, title_en=english, title_zh_hans=chinese), capacity=5)
        for (english, chinese), start, end in zip(titles, *hours, strict=True)
    ]


def box(bookable: BookableSession) -> str:
    return f"#choice-{short_name(bookable.session)}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_sessions_are_chosen_and_a_clash_is_refused_by_name(workshops, live_server, browser, language):
    first, second, third = workshops
    person = make_registration(make_ticket_type(first.session.event), language=language)
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}{person.self_service_path()}")
    tab_to(page, 'main a[href$="/sessions/"]', presses=60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/")

    tick(page, first, second, third)
    save(page)
    page.wait_for_selector("#errors:focus")
    hear_of_the_clash(page, second, CLASH[language])
    assert chosen(person) == set()

    page.keyboard.press("Space")  # the link in the summary has led to the box: the second one is given up
    tab_to(page, box(third), presses=2)
    save(page)
    page.wait_for_url("**?done=sessions*")
    assert page.locator("[role=status]").is_visible()
    assert page.locator("#my-sessions .chip-positive").count() == 2
    assert chosen(person) == {first, third}


def tick(page: Any, *wanted: BookableSession) -> None:
    """Reach each box from the one before."""
    for bookable in wanted:
        tab_to(page, box(bookable))
        page.keyboard.press("Space")
        assert page.evaluate(f"{IN_FOCUS}.checked")


def save(page: Any) -> None:
    tab_to(page, "main form .button", presses=3)
    page.keyboard.press("Enter")


def hear_of_the_clash(page: Any, refused: BookableSession, sentence: str) -> None:
    """The summary is in focus, its link leads to the box, and the box says the same; what was ticked still is."""
    assert sentence in page.inner_text("#errors")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(f"{IN_FOCUS}.matches({box(refused)!r})")
    assert page.evaluate(f"{IN_FOCUS}.ariaInvalid") == "true"
    described = page.evaluate(f"document.getElementById({IN_FOCUS}.getAttribute('aria-describedby')).innerText")
    assert described == sentence
    assert page.locator("main form input:checked").count() == 3


def chosen(person: Registration) -> set[BookableSession]:
    return {one.bookable for one in person.bookings.booked().select_related("bookable")}
