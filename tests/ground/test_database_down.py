from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from tests.postgres import postgres_server
from tests.processes import running_site


def status_of(url: str) -> tuple[int, str]:
    """Fetch a page, whatever its status."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.process
@pytest.mark.postgresql
def test_a_database_that_is_killed_gives_a_page_that_says_so_and_comes_back():
    with postgres_server() as server, running_site(server.url) as site:
        assert status_of(f"{site.url}/en/")[0] == 200
        assert status_of(f"{site.url}/readyz")[0] == 200

        server.kill()
        status, page = status_of(f"{site.url}/en/")

        assert status == 503
        assert "database" in page.lower()
        assert status_of(f"{site.url}/healthz")[0] == 200
        assert status_of(f"{site.url}/readyz")[0] == 503

        server.start()
        assert status_of(f"{site.url}/en/")[0] == 200
