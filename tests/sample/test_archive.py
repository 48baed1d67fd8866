"""Archives of the sample editions: complete, whole in themselves, and the same at any time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from events.models import Event
from forum_site.pages.archive.write import write_archive
from forum_site.pages.sitemaps import places_of, reverse_in
from tests.pages.archives import PageReader, contents_of, problems_of

#: What is tested does not depend on the database, and drawing every page takes its time.
pytestmark = pytest.mark.process
EDITIONS = ["aicg-2020", "aicg-2021", "aicg-2022", "calavine-forum-sample"]


@pytest.fixture(scope="module")
def archives(sample_for_module, django_db_blocker, tmp_path_factory) -> dict[str, Path]:
    """The archive of every edition, read on one day."""
    root = tmp_path_factory.mktemp("archives")
    with django_db_blocker.unblock(), time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), tick=False):
        for slug in EDITIONS:
            write_archive(Event.objects.get(slug=slug), root / slug, has_cards=False)
    return {slug: root / slug for slug in EDITIONS}


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_has_no_dead_link(sample, archives, slug):
    assert problems_of(archives[slug]) == []


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_has_every_page_in_both_languages(sample, archives, slug):
    places = places_of(Event.objects.get(slug=slug))
    addresses = [reverse_in(code, name, args) for code in ("en", "zh-hans") for name, args in places]

    assert [one for one in addresses if not (archives[slug] / one.strip("/") / "index.html").is_file()] == []


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_asks_nothing_of_a_server(sample, archives, slug):
    elements = [tag for path in archives[slug].rglob("*.html") for tag, _address in PageReader(path).addresses]
    texts = [path.read_text() for path in archives[slug].rglob("*.html")]

    assert "form" not in elements
    assert not any("<form" in text or 'type="module"' in text or "webcal:" in text for text in texts)


def test_archive_is_the_same_at_another_time(sample, archives, tmp_path):
    with time_machine.travel(dt.datetime(2026, 12, 17, 2, 30, tzinfo=dt.UTC), tick=False):
        write_archive(Event.objects.get(slug="calavine-forum-sample"), tmp_path / "during", has_cards=False)

    assert contents_of(tmp_path / "during") == contents_of(archives["calavine-forum-sample"])
