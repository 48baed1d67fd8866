"""What a first visit costs: the bytes that Chromium receives, compressed and with their heads, pictures apart."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.process]

MOST, MOST_SCRIPTS, MOST_OF_A_LARGE_AGENDA = 100_000, 15_000, 150_000
COUNTED = {"Document", "Stylesheet", "Script", "Font"}
FORUM = "events/calavine-forum-sample/"
PAGES = ["", FORUM, f"{FORUM}agenda/", f"{FORUM}sessions/opening-ceremony/"]
PAGES += [f"{FORUM}speakers/", f"{FORUM}partners/", f"{FORUM}register/"]


def received(browser: Any, address: str) -> dict[str, int]:
    """Return how many bytes of each kind a clean visitor receives."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    network = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    bytes_of: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "")
        bytes_of[kind] = bytes_of.get(kind, 0) + event["encodedDataLength"]

    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", note)
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.wait_for_selector("html.has-fonts", state="attached")
    page.context.close()
    return {kind: count for kind, count in bytes_of.items() if kind in COUNTED}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_first_visit_of_every_kind_of_page_is_light(browser, sample_site, language):
    found = {page: received(browser, f"{sample_site}/{language}/{page}") for page in PAGES}

    assert all(set(bytes_of) == COUNTED for bytes_of in found.values())
    assert {page: bytes_of for page, bytes_of in found.items() if sum(bytes_of.values()) > MOST} == {}
    assert {page: bytes_of for page, bytes_of in found.items() if bytes_of["Script"] > MOST_SCRIPTS} == {}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_agenda_of_a_thousand_sessions_is_light_enough(browser, sample_site, language):
    bytes_of = received(browser, f"{sample_site}/{language}/events/large/agenda/")

    assert sum(bytes_of.values()) < MOST_OF_A_LARGE_AGENDA
    assert bytes_of["Script"] <= MOST_SCRIPTS
