"""The public pages by keyboard alone: everything is reached, in its order, seen where it is, and left again."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.process]

FORUM = "events/calavine-forum-sample/"
#: Page, language, width.
WALKS = [
    ("", "en", 1440),
    (f"{FORUM}agenda/", "zh-hans", 1440),
    (f"{FORUM}agenda/", "en", 390),
    (f"{FORUM}sessions/opening-ceremony/", "zh-hans", 390),
    (f"{FORUM}speakers/", "en", 1440),
    (f"{FORUM}partners/", "zh-hans", 1440),
    ("documents/", "en", 390),
    (f"{FORUM}register/", "zh-hans", 1440),
]
#: What a person can use on the page as it is open, each with its place in the document; of radio buttons one a group.
USABLE = """() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not(main)";
  const groups = new Set();
  window.stops = [...document.querySelectorAll(wanted)].filter((one) => {
    if (one.disabled || !one.checkVisibility({ visibilityProperty: true }) || one.closest("[inert]")) return false;
    const rect = one.getBoundingClientRect();
    if (one.matches(".trap *") || !(rect.width && rect.height)) return false;
    if (one.type !== "radio") return true;
    const isFirst = !groups.has(one.name);
    groups.add(one.name);
    return isFirst;
  });
  return stops.length;
}"""
#: What is in focus, and what of it cannot be seen.
IN_FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
  const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\\)$/.test(outlineColor);
  const rect = [...one.getClientRects()].find(({ width, height }) => width && height);
  const at = rect && document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2);
  const isOpen = Boolean(at) && (one.contains(at) || at.contains(one));
  const name = `${one.tagName} ${one.className} ${(one.innerText || one.name || "").trim().slice(0, 40)}`;
  return { number: stops.indexOf(one), name, isMarked, isOpen };
}"""


@pytest.mark.parametrize(("address", "language", "width"), WALKS)
def test_the_tabulator_reaches_everything_in_order_and_shows_where_it_is(
    browser, sample_site, address, language, width
):
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{sample_site}/{language}/{address}")
    number = page.evaluate(USABLE)

    walked = walk(page, presses=number + 5)

    assert [stop["number"] for stop in walked] == list(range(number))
    assert [stop["name"] for stop in walked if not stop["isMarked"]] == []
    assert [stop["name"] for stop in walked if not stop["isOpen"]] == []


def walk(page: Any, *, presses: int) -> list[dict[str, Any]]:
    """Press the tabulator until it leaves the page, and return what was in focus."""
    stops = []
    for _press in range(presses):
        page.keyboard.press("Tab")
        stop = page.evaluate(IN_FOCUS)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"The tabulator does not leave the page: {[stop['name'] for stop in stops[-8:]]}")


def test_the_skip_link_leads_past_the_menu(browser, sample_site):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{sample_site}/en/{FORUM}agenda/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.matches('main :is(a, button, summary, input)')")
