"""Editions in every state, pages that one person alone can open, and pages for what went wrong: no barrier either.

Each page is seen twice, in the dark on a phone and in the light on a desk, and in one language each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import new_database
from tests.journeys import steps
from tests.journeys.looks import barriers, watched_page
from tests.processes import running_site
from tests.sample_states import EDITIONS, IN_TROUBLE, add_states, address_in

pytestmark = [pytest.mark.browser, pytest.mark.process]

FORUM = "events/calavine-forum-sample/"
LANGUAGES = ["en", "zh-hans"]
VIEWS = [("dark", 390, 0), ("light", 1440, 1)]
BELOW_EDITIONS = [f"events/{slug}/{page}" for slug in EDITIONS for page in ("", "register/")]
BELOW_EDITIONS += ["events/lakeside-cancelled/agenda/", "events/lakeside-empty/agenda/"]
#: What each of these addresses answers.
TROUBLE = {f"{FORUM}nowhere/": 404, "transfers/unknown/": 404}
TROUBLE |= {f"trouble/{status}/": status for status in (400, 403, 500, 503)}


@pytest.fixture(scope="module")
def site(django_db_setup: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, dict[str, str]]]:
    """A running site with all states, at which things break, and the addresses of personal pages."""
    folder = tmp_path_factory.mktemp("states")
    with (
        new_database(folder, django_db_setup) as url,
        running_site(url, is_migrated=True, **IN_TROUBLE) as running,
    ):
        running.manage("loadsample")
        yield running, add_states(running)


@pytest.mark.parametrize(("scheme", "width", "turn"), VIEWS)
def test_every_state_has_no_barrier(browser, site, scheme, width, turn):
    running, personal = site
    pages = dict.fromkeys([*BELOW_EDITIONS, *personal.values()], 200) | TROUBLE
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    problems: list[str] = []
    page = watched_page(context, running.url, problems)

    for number, (address, expected) in enumerate(pages.items(), start=turn):
        status = page.goto(running.url + address_in(LANGUAGES[number % 2], address)).status
        problems += barriers(page) if status == expected else [f"{page.url} answers {status}"]

    assert problems == []
    assert context.cookies() == []


@pytest.mark.parametrize(("scheme", "width", "turn"), VIEWS)
def test_answers_to_what_was_sent_have_no_barrier(browser, site, scheme, width, turn):
    running, _personal = site
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    problems: list[str] = []
    page = watched_page(context, running.url, problems)
    root = f"{running.url}/{LANGUAGES[turn]}/{FORUM}register/"

    for step, expected in ((steps.nothing, 200), (steps.nobody, 200), (steps.too_much, 413), (steps.too_often, 429)):
        assert steps.send(page, step, root) == expected
        problems += barriers(page)

    assert problems == []
    assert context.cookies() == []
