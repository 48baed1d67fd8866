"""An archive from a disk, in a real browser; and from a command with its own process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from forum_site.pages.archive.write import write_archive
from tests.chromium import wait_for_fonts
from tests.factories import make_event, make_session
from tests.pages.archives import contents_of
from tests.processes import running_site

PAGES = ["index.html", "en/events/forum/index.html", "zh-hans/events/forum/agenda/index.html"]
PAGES += ["en/events/forum/sessions/opening/index.html"]


@pytest.mark.browser
@pytest.mark.django_db
def test_archive_opens_from_a_disk_with_style_and_without_errors(browser: Any, tmp_path: Path):
    event = make_event(slug="forum", attendance_mode="mixed")
    make_session(event, title_en="Opening", slug="opening", start="09:00")
    write_archive(event, tmp_path / "copy", has_cards=False)
    problems: list[str] = []

    page = browser.new_context(timezone_id="Europe/Paris").new_page()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(request.url))
    for name in PAGES:
        page.goto((tmp_path / "copy" / name).as_uri())
        wait_for_fonts(page)
    page.get_by_role("link", name="Agenda").first.click()
    page.get_by_role("link", name="中文").click()
    page.wait_for_url((tmp_path / "copy/zh-hans/events/forum/agenda/index.html").as_uri())
    page.get_by_role("button", name="巴黎").first.wait_for()  # the switch of zones works by script

    assert problems == []


@pytest.mark.browser
@pytest.mark.django_db
def test_archive_needs_no_script(browser: Any, tmp_path: Path):
    event = make_event(slug="forum")
    make_session(event, title_en="Opening", slug="opening", start="09:00")
    write_archive(event, tmp_path / "copy", has_cards=False)

    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((tmp_path / "copy/index.html").as_uri())
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="Agenda").first.click()
    page.get_by_role("link", name="Opening").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")


@pytest.mark.process
def test_command_writes_the_same_bytes_in_every_process(migrated_database_url, tmp_path: Path):
    with running_site(migrated_database_url, is_migrated=True) as site:
        site.manage("loadsample", "--only", "real")
        for seed in ("1", "2"):
            site.environment["PYTHONHASHSEED"] = seed
            site.manage("archive", "aicg-2022", str(tmp_path / seed))

    assert contents_of(tmp_path / "1") == contents_of(tmp_path / "2")
    assert list((tmp_path / "1").rglob("css/site.*.css"))  # the collected files, with their hashed names
