"""Archives of the sample editions: complete, whole in themselves, and the same at any time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from events.models import Document, Event
from forum_site.pages.archive.copy import copying
from forum_site.pages.archive.write import write_archive
from forum_site.pages.sitemaps import places_of, reverse_in
from tests.pages.archives import PageReader, contents_of, problems_of

#: What is tested does not depend on the database, and drawing every page takes its time.
pytestmark = pytest.mark.process
#: The embargoes of the sample are over then.
DURING = dt.datetime(2026, 12, 17, 2, 30, tzinfo=dt.UTC)
LONG_AFTER = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
EDITIONS = ["aicg-2020", "aicg-2021", "aicg-2022", "calavine-forum-sample"]


@pytest.fixture(scope="module")
def archives(sample_for_module, django_db_blocker, tmp_path_factory) -> dict[str, Path]:
    """The archive of every edition, written while the invented one is running; and "again", one of that much later."""
    root = tmp_path_factory.mktemp("archives")
    with django_db_blocker.unblock():  # what is published after the invented one is there in both of its archives
        Document.objects.filter(published_at__gt=DURING).update(published_at=DURING)
    written = [(slug, slug, DURING) for slug in EDITIONS] + [("again", EDITIONS[-1], LONG_AFTER)]
    for name, slug, moment in written:
        with django_db_blocker.unblock(), time_machine.travel(moment, tick=False):
            write_archive(Event.objects.get(slug=slug), root / name, has_cards=False)
    return {name: root / name for name, _slug, _moment in written}


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_has_no_dead_link(sample, archives, slug):
    assert problems_of(archives[slug]) == []


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_has_every_page_in_both_languages(sample, archives, slug):
    event = Event.objects.get(slug=slug)
    with copying(event):
        places = places_of(event)
    addresses = [reverse_in(code, name, args) for code in ("en", "zh-hans") for name, args in places]

    assert [one for one in addresses if not (archives[slug] / one.strip("/") / "index.html").is_file()] == []


@pytest.mark.parametrize("slug", EDITIONS)
def test_archive_of_a_sample_edition_asks_nothing_of_a_server(sample, archives, slug):
    elements = [
        tag for path in archives[slug].rglob("*.html") for tag, _address in PageReader(path.read_text()).addresses
    ]
    texts = [path.read_text() for path in archives[slug].rglob("*.html")]

    assert "form" not in elements
    assert not any("<form" in text or 'type="module"' in text or "webcal:" in text for text in texts)


def test_archive_is_the_same_at_another_time(sample, archives):
    assert contents_of(archives["again"]) == contents_of(archives["calavine-forum-sample"])
