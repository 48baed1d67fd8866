"""A site with the sample content and a large edition, for journeys that only look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import new_database
from tests.processes import running_site

LARGE = "from benchmarks.large import make_large; make_large()"


@pytest.fixture(scope="session")
def sample_site(django_db_setup: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running site."""
    folder = tmp_path_factory.mktemp("sample-site")
    with (
        new_database(folder, django_db_setup) as url,
        running_site(url, is_migrated=True, WEB_CONCURRENCY="1") as running,
    ):
        running.manage("loadsample")
        running.manage("shell", "-v", "0", "-c", LARGE)
        yield running.url
