"""No process serves a page from before a change that another one has made."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Iterator

import pytest

from tests.process.site_data import seed
from tests.processes import RunningSite, free_port, running_site

pytestmark = [pytest.mark.process, pytest.mark.both_databases]
CHANGE = "from events.models import Event; Event.objects.update(theme_en='{theme}')"
ASKED = 12


def pages_of(site: RunningSite) -> set[str]:
    """Ask often enough that every worker answers, each time by a new connection."""
    return {page_of(site) for _time in range(ASKED)}


def page_of(site: RunningSite) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("GET", "/en/events/race/")
        response = connection.getresponse()
        assert response.status == 200
        assert "Set-Cookie" not in response.headers
        return response.read().decode()
    finally:
        connection.close()


def test_a_change_made_elsewhere_is_on_the_next_page_of_every_server(migrated_database_url):
    with running_site(migrated_database_url, is_migrated=True) as first:
        seed(first, None)
        with second_server(first) as second:
            for site in (first, second):
                assert "Brighter" not in "".join(pages_of(site))

            for theme in ("Brighter Days", "Brighter Nights"):
                first.manage("shell", "-c", CHANGE.format(theme=theme))

                assert all(theme in page for site in (first, second) for page in pages_of(site))


@contextlib.contextmanager
def second_server(first: RunningSite) -> Iterator[RunningSite]:
    """Start another machine, as it were, in front of the same database."""
    port = free_port()
    site = RunningSite(port, first.folder, first.environment | {"PORT": str(port)})
    try:
        site.start_web()
        yield site
    finally:
        site.stop()
