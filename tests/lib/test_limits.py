import pytest
import time_machine
from django.core.cache import cache

from forum_site.lib.limits import allow


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}}
    cache.clear()


@time_machine.travel("2026-12-10 01:00:00+00:00", tick=False)
def test_allow_counts_to_the_limit():
    assert [allow("a@example.org", limit=2, seconds=60) for _ in range(4)] == [True, True, False, False]


@time_machine.travel("2026-12-10 01:00:00+00:00", tick=False)
def test_allow_counts_each_key_alone():
    assert allow("a@example.org", limit=1, seconds=60)
    assert allow("b@example.org", limit=1, seconds=60)


def test_allow_begins_again_in_the_next_window():
    with time_machine.travel("2026-12-10 01:00:59+00:00", tick=False):
        assert allow("a", limit=1, seconds=60)
        assert not allow("a", limit=1, seconds=60)
    with time_machine.travel("2026-12-10 01:01:00+00:00", tick=False):
        assert allow("a", limit=1, seconds=60)


def test_allow_of_none_allows_none():
    assert not allow("a", limit=0, seconds=60)


def test_allow_takes_any_key():
    assert allow("论坛 with spaces\n" + "x" * 500, limit=1, seconds=60)
