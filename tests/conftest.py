"""What every test stands on: its own environment, a fast and real database, no mail or network to the outside."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.chromium import chromium, chromium_path
from tests.databases import is_postgresql, kept_pattern, new_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
VARIABLES = [
    line.lstrip("# ").split("=")[0]
    for line in (ROOT / ".env.example").read_text().splitlines()
    if "=" in line and line.lstrip("# ").split("=")[0].isupper()
]
_folder = tempfile.TemporaryDirectory(prefix="forum-tests-")
VAR_DIR = Path(_folder.name)
(VAR_DIR / "static").mkdir()  # WhiteNoise warns of a folder that is not there

# Before Django reads the settings: nothing of the developer's own environment or .env may reach a test.
os.environ.update(dict.fromkeys(VARIABLES, ""))
os.environ.update(
    SECRET_KEY="Only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
    SITE_URL="http://testserver",
    VAR_DIR=str(VAR_DIR),
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{VAR_DIR / 'forum.sqlite3'}",
    DJANGO_SETTINGS_MODULE="forum_site.settings",
)


def pytest_configure(config: pytest.Config) -> None:
    """Use quick password hashes and plain static files, and compile the translations once."""
    from django.apps import apps
    from django.conf import settings
    from django.core.files.storage import storages
    from django.test.signals import storages_changed

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The settings may have been read before this file, with the folder of the process that has started this one.
    settings.PRIVATE_ROOT = VAR_DIR / "private"
    private = settings.STORAGES["private"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "private": private | {"OPTIONS": private["OPTIONS"] | {"location": settings.PRIVATE_ROOT}},
    }
    storages_changed(setting="STORAGES")
    if apps.ready:  # then the model has asked for its storage already
        apps.get_model("registrations", "answer")._meta.get_field("file").storage = storages["private"]
    if not hasattr(config, "workerinput"):
        sys.path.insert(0, str(ROOT / "deploy"))
        from translations import compile_catalogs

        compile_catalogs()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine or this database cannot run; in CI a missing browser is a failure."""
    for item in items:
        if item.get_closest_marker("process") and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db)  # else there is no test database to be copied
        if item.get_closest_marker("postgresql") and not is_postgresql():
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))
        if item.get_closest_marker("browser") and not chromium_path() and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="Chromium was not found"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Keep SQLite's test database in a file, as a real site does: connections of several threads then really meet."""
    from django.conf import settings

    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{uuid.uuid4().hex[:8]}"
    test = settings.DATABASES["default"].setdefault("TEST", {})
    test["NAME"] = name if is_postgresql() else str(VAR_DIR / f"{name}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """Keep a copy of the test database as it is before the first test."""
    folder = tmp_path_factory.mktemp("pattern")
    with django_db_blocker.unblock(), kept_pattern(folder) as pattern, django_db_blocker.block():
        yield pattern


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Let no test see counters or pages that another one has left."""
    from django.core.cache import cache

    from forum_site.pages.cache.clock import clock
    from forum_site.pages.cache.shared import shared
    from forum_site.pages.cache.store import pages

    yield
    cache.clear()
    pages.clear()
    shared.clear()
    clock.clear()


@pytest.fixture(autouse=True)
def no_mail_server(settings: Any) -> None:
    """Keep what the worker sends in ``django.core.mail.outbox``."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def own_media(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Give uploads a folder of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(autouse=True)
def no_private_files(settings: Any) -> Iterator[None]:
    """Let no test find files that people of another one have sent."""
    yield
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin and end every test in English, whatever language it has switched to."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def empty_database_url(tmp_path: Path) -> Iterator[str]:
    """Give the address of a new database for servers and workers that a test starts as processes of their own."""
    with new_database(tmp_path) as url:
        yield url


@pytest.fixture
def migrated_database_url(django_db_setup: str, tmp_path: Path) -> Iterator[str]:
    """Give the address of one that is migrated already, for ``running_site(…, is_migrated=True)``."""
    with new_database(tmp_path, django_db_setup) as url:
        yield url


@pytest.fixture(scope="session")
def chromium_of_the_session() -> Iterator[Browser]:
    """Start one browser for all tests of this process. Its loop runs in this thread, which Django would refuse."""
    from playwright.sync_api import expect

    expect.set_options(timeout=15_000)  # on a crowded machine five seconds are not enough for a page
    with pytest.MonkeyPatch.context() as patch, chromium() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield started


@pytest.fixture
def browser(chromium_of_the_session: Browser) -> Iterator[Browser]:
    """Give the browser: ``browser.new_context(locale=…, viewport=…)`` is a clean visitor, who is gone afterwards."""
    yield chromium_of_the_session
    for context in chromium_of_the_session.contexts:
        context.close()
