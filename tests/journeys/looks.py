"""Looking at pages in Chromium: what stands in somebody's way, what is refused, who else is asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe


def watched_page(context: Any, root: str, problems: list[str]) -> Any:
    """Open a page that notes errors and requests to anybody else."""
    page = context.new_page()
    page.on("console", lambda message: problems.append(message.text) if is_error(message) else None)
    page.on("request", lambda request: problems.append(request.url) if is_elsewhere(request.url, root) else None)
    return page


def is_error(message: Any) -> bool:
    """Whether something went wrong; that a page has another status than 200 is seen by itself."""
    is_status_of_page = message.text.startswith("Failed to load resource") and message.location["url"] == (
        message.page.url if message.page else ""
    )
    return message.type == "error" and not is_status_of_page


def is_elsewhere(url: str, root: str) -> bool:
    """Whether a request leaves the site."""
    return urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc != urlsplit(root).netloc


def barriers(page: Any) -> list[str]:
    """What axe finds on the open page, with the elements, and whether it is as wide as the screen."""
    found = Axe().run(page).response["violations"]
    problems = [f"{page.url} {one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        problems.append(f"{page.url} is wider than the screen")
    if page.evaluate("document.body.offsetWidth < document.documentElement.clientWidth"):
        problems.append(f"{page.url} does not fill the screen")
    return problems
