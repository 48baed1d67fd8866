"""The pages of registration in Chromium: no barrier for axe, no cookie, nothing refused by the content policy.

The other pages that one person alone can open are in ``test_states.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import new_database
from tests.journeys.looks import barriers, watched_page
from tests.processes import running_site

pytestmark = [pytest.mark.browser, pytest.mark.process]

SEED = """
import datetime as dt, json
from django.utils import timezone
from tests.factories import make_event, make_page, make_registration, make_session, make_ticket_type
event = make_event(slug="open", name_en="Open Forum", name_zh_hans="开放论坛", data_kept_until=dt.date(2099, 12, 31))
make_page(event, slug="privacy", title_en="Privacy notice", title_zh_hans="隐私说明")
make_session(event, start="09:00", end="10:00")
online = make_ticket_type(event, name_en="Online", name_zh_hans="线上")
hall = make_ticket_type(event, name_en="On site", name_zh_hans="现场", capacity=1, needs_approval=True)
soon = make_event(slug="soon", name_en="Next Forum")
make_ticket_type(soon, opens_at=timezone.now() + dt.timedelta(days=2))
full = make_ticket_type(make_event(slug="full", name_en="Full Forum"), capacity=1)
people = [make_registration(online, timezone_name="Africa/Nairobi"), make_registration(hall), make_registration(hall)]
make_registration(full)
print(json.dumps([person.secret for person in people]))
"""

ANSWERS = {"full_name": "Ada 林", "email": "ada@example.org", "organization": "Society"}


def addresses(secrets: list[str]) -> list[str]:
    """The pages that can be opened as they are: of somebody confirmed, somebody to be approved, somebody waiting."""
    forms = [f"events/{slug}/register/" for slug in ("open", "soon", "full")]
    said = [f"events/open/register/{what}/" for what in ("resend", "group", "group/done", "erased", "renewed")]
    return [*forms, *said, *(f"registrations/{secret}/" for secret in secrets)]


def check_forms(page: Any, root: str) -> list[str]:
    """The form with errors, and the page of thanks."""
    page.goto(f"{root}events/open/register/")
    page.click("form.form button")
    page.wait_for_selector("#errors:focus")
    found = barriers(page)
    for name, value in ANSWERS.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=country]", "KE")
    page.check("[name=ticket_type] >> nth=0")
    page.check("[name=consent]")
    page.click("form.form button")
    page.wait_for_url("**/done/**")
    return found + barriers(page)


@pytest.fixture(scope="module")
def site(django_db_setup: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a running site, and the rest of the addresses of its pages."""
    folder = tmp_path_factory.mktemp("registration")
    with new_database(folder, django_db_setup) as url, running_site(url, is_migrated=True) as running:
        yield running.url, addresses(json.loads(running.manage("shell", "-c", SEED).strip().splitlines()[-1]))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_the_pages_of_registration_have_no_barriers(browser, site, scheme, width):
    home, paths = site
    problems: list[str] = []
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = watched_page(context, home, problems)
    for language in ("en", "zh-hans"):
        root = f"{home}/{language}/"
        for address in paths:
            assert page.goto(root + address).status == 200
            problems += barriers(page)
        problems += check_forms(page, root)

    assert context.cookies() == []
    assert problems == []
