"""Sample content that is loaded once for all tests that only read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

#: The invented edition then starts on Thursday 17 December 2026.
SUNDAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def sample_for_module(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load everything inside a transaction that ends with the module; every test has its own within it."""
    from forum_site.sample.loader import load_sample

    with django_db_blocker.unblock(), rolled_back():
        with override_settings(MEDIA_ROOT=tmp_path_factory.getbasetemp() / "media"):  # where each test looks for it
            load_sample(at=SUNDAY)
        with django_db_blocker.block():
            yield


@pytest.fixture
def sample(sample_for_module: None, db: None) -> None:
    """Give the test the sample content, to be read."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo at the end whatever was done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
