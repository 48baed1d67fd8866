"""An edition as static files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from benchmarks.large import make_large
from events.enums import EventStatus, SessionStatus
from forum_site.lib.errors import DomainError
from forum_site.pages.archive.addresses import own_address
from forum_site.pages.archive.copy import copying
from forum_site.pages.archive.site import answer_of
from forum_site.pages.archive.write import write_archive
from tests.factories import (
    make_announcement,
    make_appearance,
    make_document,
    make_event,
    make_news,
    make_page,
    make_partnership,
    make_session,
    make_speaker,
    make_ticket_type,
    make_track,
)
from tests.pages.archives import contents_of, problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    """An edition with something of each kind."""
    event = make_event(slug="forum", name_zh_hans="论坛", accent="#7A1F3D", background_en="Why we meet.")
    session = make_session(event, title_en="Opening", slug="opening", start="09:00", end="10:00")
    make_session(event, title_en="Closing", slug="closing", start="16:00", day=1, track=make_track(event))
    make_appearance(session, make_speaker(name_en="Ada Moor", slug="ada-moor"))
    make_partnership(event)
    make_ticket_type(event)
    return event


@pytest.fixture
def archive(forum, tmp_path):
    """Writes the edition and returns the folder."""

    def write(**options):
        write_archive(forum, tmp_path / "copy", **{"has_cards": False} | options)
        return tmp_path / "copy"

    return write


def page(folder, path="", language="en"):
    """The text of a page."""
    return (folder / language / "events/forum" / path / "index.html").read_text()


def test_archive_holds_pages_calendars_and_what_they_need(archive):
    folder = archive()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}

    assert {"index.html", "archive.json", "SHA256SUMS", "accents/7a1f3d.css"} <= files
    for language in ("en", "zh-hans"):
        names = ["index.html", "about/index.html", "agenda/index.html", "sessions/opening/index.html", "agenda.ics"]
        names += ["speakers/ada-moor/index.html", "partners/index.html", "sessions/opening.ics"]
        assert {f"{language}/events/forum/{name}" for name in names} <= files
    assert {path for path in files if path.endswith(".woff2")}
    assert problems_of(folder) == []


def test_archive_links_from_page_to_page_without_a_server(archive):
    folder = archive()

    assert 'href="../../../../zh-hans/events/forum/agenda/index.html"' in page(folder, "agenda")
    assert 'href="../../agenda/index.html#day-' in page(folder, "sessions/opening")
    assert 'href="en/events/forum/index.html"' in (folder / "index.html").read_text()


def test_archive_keeps_parts_of_the_programme_under_plain_names(archive, forum):
    first = forum.starts_on.isoformat()

    assert f'href="../agenda.day-{first}.ics"' in page(archive(), "agenda")


def test_archive_is_read_after_the_edition(archive):
    home = page(archive())

    assert "Register" not in home
    assert "Archived copy of" in home
    assert "This edition is kept" not in home


def test_archive_leads_back_to_the_site_for_what_it_does_not_hold(archive, forum, settings):
    settings.SITE_URL = "https://forum.example.org"
    other = make_event(series=forum.series, slug="another")
    home = page(archive())

    assert f'href="https://forum.example.org/en/events/{other.slug}/"' in home
    assert '<link rel="canonical" href="https://forum.example.org/en/events/forum/">' in home
    assert '"@context"' in home


def test_archive_from_one_machine_names_no_address_of_it(archive, forum, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    make_event(series=forum.series, slug="another")
    folder = archive()

    assert not [path for path in folder.rglob("*.html") if "127.0.0.1" in path.read_text()]
    assert "Archived copy, as of the last change" in page(folder)


def test_archive_follows_links_of_organizers_and_drops_dead_ones(archive, forum):
    whole = "http://testserver/en/events/forum/agenda/"
    body = f"[here](../agenda/) [whole]({whole}) [gone](../nowhere/) [out](https://un.org)"
    make_page(forum, slug="venue", title_en="Venue", body_en=body, is_published=True)
    text = page(archive(), "venue")

    assert '<a href="../agenda/index.html" rel="noopener">here</a>' in text
    assert '<a href="../agenda/index.html" rel="noopener">whole</a>' in text
    assert "<span>gone</span>" in text
    assert 'href="https://un.org"' in text


def test_archive_holds_nothing_that_visitors_do_not_see(archive, forum):
    later = timezone.now() + dt.timedelta(days=2)
    make_session(forum, title_en="Secret talks", slug="secret", publish_at=later, start="11:00")
    make_session(forum, title_en="Draft talks", slug="draft", status=SessionStatus.DRAFT, start="12:00")
    make_page(forum, slug="hidden", title_en="Hidden page", is_published=False)
    make_session(forum, title_en="Shown talks", slug="shown", publish_at=timezone.now(), start="14:00")
    text = b"".join(contents_of(archive()).values()).decode(errors="replace")

    assert "Shown talks" in text
    assert not [words for words in ("Secret talks", "Draft talks", "Hidden page") if words in text]


def test_archive_is_whole_by_its_own_sums(archive):
    folder = archive()
    lines = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text().splitlines()]
    files = contents_of(folder)

    assert {name: hashlib.sha256(files[name]).hexdigest() for _sum, name in lines} == {name: one for one, name in lines}
    assert {name for _sum, name in lines} == set(files) - {"SHA256SUMS"}
    assert json.loads(files["archive.json"])["edition"] == "forum"


def test_archive_has_the_pictures_for_other_sites(archive):
    folder = archive(has_cards=True)

    assert (folder / "en/events/forum/sessions/opening/card.png").read_bytes().startswith(b"\x89PNG")


def test_archive_replaces_an_older_one_of_the_same_edition(archive, tmp_path):
    folder = archive()
    (folder / "en/events/forum/old.html").write_text("from an older archive")
    archive()

    assert not (folder / "en/events/forum/old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_archive_refuses_a_place_that_holds_something_else(archive, forum, tmp_path):
    place = tmp_path / "copy"
    place.mkdir()
    (place / "thesis.txt").write_text("ten years")
    with pytest.raises(DomainError, match="is not empty and is no archive"):
        archive()
    (place / "thesis.txt").unlink()
    archive()  # an empty folder is taken

    other = make_event()
    with pytest.raises(DomainError, match="holds the archive of the edition “forum”"):
        write_archive(other, place)
    with pytest.raises(DomainError, match="is a file"):
        write_archive(forum, place / "archive.json")
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_archive_refuses_a_draft(forum, archive, tmp_path):
    forum.status = EventStatus.DRAFT
    forum.save()

    with pytest.raises(DomainError, match="is a draft"):
        archive()
    assert list(tmp_path.iterdir()) == []


def test_archive_of_an_edition_that_changes_meanwhile_replaces_nothing(forum, archive, tmp_path):
    before = contents_of(archive())

    def change(count):
        type(forum).objects.filter(pk=forum.pk).update(version=forum.version + 1, name_en="New name")

    with pytest.raises(DomainError, match="changed while it was being written"):
        archive(progress=change)
    assert contents_of(tmp_path / "copy") == before


def test_command_archives_and_says_what(forum, tmp_path, capsys):
    call_command("archive", "forum", str(tmp_path / "copy"), "--no-cards")

    assert "Archived forum: " in capsys.readouterr().out
    assert (tmp_path / "copy/index.html").is_file()


def test_command_names_the_editions_it_knows(forum, tmp_path):
    with pytest.raises(CommandError, match=r"There is no edition “nowhere”\. Known: forum"):
        call_command("archive", "nowhere", str(tmp_path / "copy"))


def test_archive_holds_documents_news_and_no_announcement(archive, forum):
    make_announcement(forum, text_en="The hall has changed.")
    posts = [make_news(forum, title_en=f"Post {number}", slug=f"post-{number}") for number in range(23)]
    document = make_document(forum, title_en="White paper", file=ContentFile(b"%PDF-1.4 paper", "paper.pdf"))
    folder = archive()

    assert "The hall has changed." not in page(folder)
    assert "Post 7" in page(folder, "news/post-7")
    assert all((folder / f"en/events/forum/news/{post.slug}/index.html").is_file() for post in posts)
    assert b"Post 7" in (folder / "en/events/forum/news.atom").read_bytes()
    assert (folder / f"media/{document.file.name}").read_bytes() == b"%PDF-1.4 paper"
    assert problems_of(folder) == []


def test_archive_has_no_star_and_no_filter(archive):
    names = {path.name.partition(".")[0] for path in archive().rglob("*.js")}

    assert names == {"focus", "fonts", "zone"}


def test_archive_folds_nothing_of_a_large_edition():
    event = make_large(sessions=720, people=310)
    with copying(event):
        agenda, speakers = (
            b"".join(answer_of(f"/en/events/large/{address}").content).decode()
            for address in (f"agenda/?day={event.ends_on}", "speakers/")
        )

    assert agenda.count('data-star="') == 240
    assert speakers.count('class="person"') == 310
    bodies = [page.partition("<main")[2] for page in (agenda, speakers)]
    assert not [words for words in ("from=", "show=") if words in "".join(bodies)]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a/?day=2026-12-17&from=opening#opening", ("/a/?day=2026-12-17", "opening")),
        ("?from=opening", ("/a/", "")),
        ("/a/?show=all", ("/a/", "")),
        ("/a/?q=%E8%AE%BA%E5%9D%9B", ("/a/?q=%E8%AE%BA%E5%9D%9B", "")),
    ],
)
def test_ways_to_unfold_a_page_are_that_page_in_an_archive(href, address):
    assert own_address(href, "/a/") == address
