"""Registration by keyboard alone, and as a screen reader reads it, from the home page to a confirmed place."""

from __future__ import annotations

from typing import Any

import pytest

from registrations.models import Registration
from tests.factories import make_event, make_session, make_ticket_type

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_FOCUS = "document.activeElement"
#: What a screen reader says at the place in focus: name, whether it is demanded, whether it is wrong, and its error.
SAID = f"""() => {{
  const field = {IN_FOCUS};
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
  return {{
    label: field.labels?.[0]?.innerText,
    isRequired: field.required || field.ariaRequired === "true",
    isInvalid: field.ariaInvalid === "true",
    error: described.find((one) => one?.matches(".error"))?.innerText,
  }};
}}"""
VISIBLE_FIELDS = "main form :is(input:not([type=hidden]), select, textarea)"


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One edition that takes registrations, with one way to attend."""
    monkeypatch.setattr("django.conf.settings.FORM_MINIMUM_SECONDS", 0)
    event = make_event(slug="forum")
    make_session(event, start="09:00", end="10:00")
    make_ticket_type(event)
    return event


def tab_to(page: Any, selector: str, *, presses: int = 40) -> None:
    """Press the tabulator until this is in focus, as a person without a mouse does."""
    for _press in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(f"{IN_FOCUS}.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} is not reached by {presses} presses of the tabulator")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_two_presses_and_one_form_lead_from_home_to_a_confirmed_place(edition, live_server, browser, language):
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/{language}/events/forum/")
    tab_to(page, 'main a[href$="/register/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/")
    asked = [one.get_attribute("name") for one in page.locator(VISIBLE_FIELDS).all() if one.is_visible()]
    assert len(asked) <= 6

    page.locator("[name=full_name]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#errors:focus")
    hear_what_is_wrong(page)
    fill_in(page)

    page.wait_for_url("**/register/done/**")
    assert "Lin Qinghe" in page.inner_text("h1")
    [registration] = Registration.objects.all()
    assert (registration.status, registration.language) == ("confirmed", language)


def hear_what_is_wrong(page: Any) -> None:
    """The summary is in focus and links every field; the field itself says its name and its own error."""
    assert page.evaluate(f"{IN_FOCUS}.getAttribute('role')") == "alert"
    assert page.locator("#errors a").count() >= 3
    summary = page.inner_text("#errors")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = page.evaluate(SAID)
    assert page.evaluate(f"{IN_FOCUS}.name") == "full_name"
    assert (said["isRequired"], said["isInvalid"]) == (True, True)
    assert said["label"] in summary or said["error"] in summary
    assert said["error"]


def fill_in(page: Any) -> None:
    """From the first field to the button, each reached from the one before."""
    page.keyboard.type("Lin Qinghe")
    tab_to(page, "[name=email]", presses=2)
    page.keyboard.type("lin@donghu.example")
    tab_to(page, "[name=organization]", presses=2)
    page.keyboard.type("Donghu University")
    tab_to(page, "[name=country]", presses=2)
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=consent]", presses=3)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
