"""Every kind of public page in Chromium, on the sample content: no barrier, no cookie, nobody else asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import new_database
from tests.journeys.looks import barriers, watched_page
from tests.processes import running_site
from tests.sample_moments import add_recordings, moments_of

pytestmark = [pytest.mark.browser, pytest.mark.process]

FORUM = "events/calavine-forum-sample/"
PAGES = [
    "",
    "editions/",
    FORUM,
    f"{FORUM}about/",
    f"{FORUM}agenda/",
    f"{FORUM}agenda/changes/",
    f"{FORUM}sessions/opening-ceremony/",
    f"{FORUM}speakers/",
    f"{FORUM}speakers/?order=name",
    f"{FORUM}partners/",
    f"{FORUM}privacy/",
    f"{FORUM}news/",
    f"{FORUM}news/programme-published/",
    f"{FORUM}documents/",
    "documents/",
    "documents/?q=nothing-has-this",
    f"{FORUM}live/",
    f"{FORUM}register/",
    "events/aicg-2022/",
    "events/aicg-2022/agenda/",
    "events/aicg-2022/partners/",
    "events/aicg-2021/agenda/",
    "events/aicg-2021/speakers/beate-trankmann/",
]
#: Pages that look different while the forum is live, between its days, and afterwards.
LATER_PAGES = [FORUM, f"{FORUM}live/", f"{FORUM}agenda/", f"{FORUM}documents/", f"{FORUM}sessions/opening-ceremony/"]
VIEWS = [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)]


@pytest.fixture(scope="module")
def site(django_db_setup: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running site with the sample content."""
    folder = tmp_path_factory.mktemp("public")
    with new_database(folder, django_db_setup) as url, running_site(url, is_migrated=True) as running:
        running.manage("loadsample")
        yield running


def open_pages(context: Any, root: str, pages: list[str], moment: dt.datetime | None = None) -> list[str]:
    """Open every page, at another moment where one is given, and return what is wrong with it."""
    problems: list[str] = []
    page = watched_page(context, root, problems)
    if moment:
        page.clock.set_system_time(moment)
    for address in pages:
        status = page.goto(root + address).status
        problems += barriers(page) if status == 200 else [f"{address} answers {status}"]
    return problems


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_public_pages_have_no_barrier_no_cookie_and_ask_nobody_else(browser, site, scheme, width, language):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})

    problems = open_pages(context, f"{site.url}/{language}/", PAGES)

    assert problems == []
    assert context.cookies() == []


@pytest.fixture(scope="module", params=["live", "overnight", "after"])
def later_site(request: pytest.FixtureRequest, site: Any) -> tuple[Any, dt.datetime]:
    """The same site with its clock at another moment."""
    moment = moments_of(site)[request.param]
    if request.param == "after":
        add_recordings(site)
    site.move_clock(moment)
    return site, moment


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(("scheme", "width"), VIEWS)
def test_live_and_past_pages_are_as_good(browser, later_site, scheme, width, language):
    site, moment = later_site
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})

    problems = open_pages(context, f"{site.url}/{language}/", LATER_PAGES, moment)

    assert problems == []
    assert context.cookies() == []
