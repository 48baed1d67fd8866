"""Chromium for browser tests: where it is, and how it is started so that it talks to nobody but the tested site."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Return the program, or None where there is none; ``CHROMIUM`` names another."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *ELSEWHERE]
    return next((path for path in found if path and Path(path).exists()), None)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window; ``browser.new_context(locale=…, viewport=…)`` gives a clean visitor."""
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if path is None:
        raise FileNotFoundError("Chromium was not found: install it, or name it in CHROMIUM.")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def wait_for_fonts(page: Page) -> None:
    """Wait until the page is drawn with the typefaces of the site. Its policy forbids to poll by a script."""
    page.wait_for_load_state()
    page.wait_for_selector("html.has-fonts", state="attached")
    assert page.evaluate("document.fonts.load('1em Forum Sans').then((found) => found.length > 0)")
    assert page.evaluate("getComputedStyle(document.body).fontFamily.includes('Forum Sans')")
