"""Documents and recordings: where they stand, who sees them, how they are found."""

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from events.domain.documents import measure
from events.enums import DocumentKind, EventStatus, SessionStatus
from events.models import Document
from events.queries.documents import documents_of
from forum_site.lib.image_jobs import make_widths
from tests.factories import make_document, make_event, make_session

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=1)


def titles(response):
    return [item.title for item in response.context["page"]]


def test_documents_and_recordings_stand_by_type(client):
    event = make_event(slug="forum")
    make_document(event, title_en="Photographs", kind=DocumentKind.PHOTOGRAPHS)
    make_document(event, title_en="Second", kind=DocumentKind.REPORT, position=2)
    make_document(event, title_en="First", kind=DocumentKind.REPORT, position=1)
    make_session(event, title_en="Opening", recording_url="https://video.example.org/1")
    make_session(event, title_en="Cancelled", recording_url="https://x.example.org/", status=SessionStatus.CANCELLED)

    groups = client.get("/en/events/forum/documents/").context["groups"]

    assert [(group.label, [item.title for item in group.items]) for group in groups] == [
        ("Reports", ["First", "Second"]),
        ("Recordings", ["Opening"]),
        ("Photographs", ["Photographs"]),
    ]


def make_photograph(event, **fields):
    """A photograph of 90 by 60 pixels, kept as uploads are."""
    picture = io.BytesIO()
    Image.new("RGB", (90, 60)).save(picture, "PNG")
    document = make_document(event, kind=DocumentKind.PHOTOGRAPHS, **fields)
    document.url, document.file = "", ContentFile(picture.getvalue(), name="hall.png")
    measure(document).save()
    make_widths("events.Document", document.pk, "file")
    document.refresh_from_db()
    return document


@pytest.mark.parametrize(
    ("language", "title", "shown_in"), [("en", "The hall", "en"), ("zh-hans", "会议大厅", "zh-Hans")]
)
@pytest.mark.parametrize("path", ["", "documents/"])
def test_photographs_are_shown_and_links_named(client, path, language, title, shown_in):
    event = make_event(slug="forum", starts_on=dt.date(2025, 5, 1))
    photograph = make_photograph(event, title_en="The hall", title_zh_hans="会议大厅", description_en="At nine.")
    make_document(event, kind=DocumentKind.PHOTOGRAPHS, title_en="Album", url="https://album.example.org/")
    make_document(event, kind=DocumentKind.OTHER, title_en="Plan", file=ContentFile(b"x", name="plan.png"))

    page = client.get(f"/{language}/events/forum/{path}").content.decode()

    small = photograph.file.storage.url(photograph.file_widths["90"])
    [figure] = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert f'<a href="{photograph.file.url}" lang="{shown_in}"><img src="{photograph.file.url}"' in figure
    assert f'srcset="{small} 90w"' in figure
    assert f'alt="{title}" width="90" height="60" loading="lazy"' in figure
    assert f'<span lang="{shown_in}">{title}</span> <small>At nine.</small>' in figure
    for words in ('<a href="https://album.example.org/" rel="noopener"', ">Plan</a>"):
        assert words in page


def test_photographs_stand_as_links_in_the_library_and_before_their_moment_nowhere(client):
    event = make_event(slug="forum")
    make_photograph(event, title_en="Today")
    make_photograph(event, title_en="Tomorrow", published_at=timezone.now() + SOON)

    library, own = (client.get(f"/en/{path}").content.decode() for path in ("documents/", "events/forum/documents/"))

    assert ["<figure>" in page for page in (library, own)] == [False, True]
    assert [("Today" in page, "Tomorrow" in page) for page in (library, own)] == [(True, False)] * 2


def test_measure_forgets_the_pictures_of_another_file():
    document = make_photograph(make_event())
    document.file = ContentFile(b"%PDF-1.7 text", name="paper.pdf")

    measure(document)

    assert (document.file_size, document.picture_width, document.picture_height) == (13, None, None)
    assert document.file_widths == {}


@pytest.mark.parametrize(
    "fields",
    [{"published_at": None}, {"published_at": "later"}, {"session": "draft"}, {"session": "embargoed"}],
    ids=str,
)
def test_what_is_not_public_is_found_nowhere(client, fields):
    event = make_event(slug="forum")
    sessions = {
        "draft": lambda: make_session(event, status=SessionStatus.DRAFT),
        "embargoed": lambda: make_session(event, publish_at=timezone.now() + SOON),
    }
    shown = make_session(event, slug="shown")
    if "session" in fields:
        make_document(event, title_en="Secret", session=sessions[fields["session"]]())
    else:
        later = fields["published_at"] and timezone.now() + SOON
        make_document(event, title_en="Secret", session=shown, published_at=later)

    for path in ("events/forum/", "events/forum/documents/", "documents/", "events/forum/sessions/shown/"):
        assert "Secret" not in client.get(f"/en/{path}").content.decode()
    assert "/en/events/forum/documents/" not in client.get("/en/events/forum/").content.decode()


def test_recording_under_embargo_is_found_nowhere(client):
    event = make_event(slug="forum")
    make_session(event, title_en="Secret", recording_url="https://x.example.org/", publish_at=timezone.now() + SOON)

    for path in ("events/forum/documents/", "documents/"):
        assert "x.example.org" not in client.get(f"/en/{path}").content.decode()


def test_documents_of_a_draft_edition_are_found_nowhere(client):
    event = make_event(slug="forum", status=EventStatus.DRAFT)
    make_document(event, title_en="Secret")
    make_session(event, title_en="Secret talk", recording_url="https://x.example.org/")

    assert client.get("/en/events/forum/documents/").status_code == 404
    assert "Secret" not in client.get("/en/documents/").content.decode()


def test_document_of_a_part_stands_on_the_page_of_its_session(client):
    event = make_event(slug="forum")
    whole = make_session(event, slug="plenary", title_en="Plenary")
    part = make_session(event, slug="part", parent=whole, type="part")
    make_document(event, title_en="Slides of the part", session=part)
    make_document(event, title_en="Slides elsewhere", session=make_session(event))

    html = client.get("/en/events/forum/sessions/plenary/").content.decode()

    assert "Slides of the part" in html
    assert "Slides elsewhere" not in html
    assert '/en/events/forum/sessions/plenary/#part"' in client.get("/en/documents/").content.decode()


def test_library_filters_by_edition_type_language_and_words(client):
    old = make_event(slug="old", starts_on=dt.date(2024, 5, 1), name_en="Old forum")
    new = make_event(slug="new", starts_on=dt.date(2025, 5, 1), name_en="New forum")
    make_document(old, title_en="White paper", kind="white_paper", languages=["en"])
    make_document(new, title_en="Report", title_zh_hans="人工智能治理报告", kind="report", languages=["en", "zh-hans"])
    make_session(new, title_en="Keynote", recording_url="https://video.example.org/", languages=["fr"])

    def found(query):
        return titles(client.get(f"/en/documents/?{query}"))

    assert found("") == ["Report", "Keynote", "White paper"]
    assert found("edition=old") == ["White paper"]
    assert found("kind=video") == ["Keynote"]
    assert found("language=zh-hans") == ["Report"]
    assert found("q=智能治理") == ["Report"]
    assert found("q=WHITE%20old") == ["White paper"]
    assert found("edition=new&kind=white_paper") == []
    assert found("edition=nowhere&kind=x&language=y") == ["Report", "Keynote", "White paper"]


def test_library_says_when_it_is_empty_and_when_nothing_matches(client):
    assert "after the forum" in client.get("/en/documents/").content.decode()
    make_document(make_event())

    assert "No document matches" in client.get("/en/documents/?q=nowhere").content.decode()


def test_library_keeps_its_filters_from_page_to_page(client):
    event = make_event(slug="forum")
    for _ in range(51):
        make_document(event, kind="report")

    html = client.get("/en/documents/?kind=report").content.decode()

    assert 'href="?kind=report&amp;page=2"' in html
    assert len(titles(client.get("/en/documents/?kind=report&page=2"))) == 1


@pytest.mark.parametrize("path", ["/en/documents/?q=e", "/en/events/forum/documents/?u=1"])
def test_lists_cost_as_many_queries_for_many_as_for_one(client, path):
    event, counts = make_event(slug="forum"), []
    client.get(path)
    for number in (1, 20):
        for _ in range(number):
            session = make_session(event, recording_url="https://video.example.org/")
            make_document(event, session=make_session(event, parent=session))
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_documents_of_makes_two_queries(django_assert_num_queries):
    event = make_event()
    for _ in range(3):
        make_document(event, session=make_session(event, recording_url="https://video.example.org/"))

    with django_assert_num_queries(2):
        items = documents_of(event)
        assert [item.session.get_absolute_url() for item in items]


def test_document_is_a_file_or_a_link(client):
    event = make_event()

    with pytest.raises(IntegrityError):
        make_document(event, url="")


def test_document_cannot_belong_to_the_session_of_another_edition():
    document = make_document(make_event(), session=None)
    document.session = make_session(make_event())

    with pytest.raises(ValidationError, match="another edition"):
        document.full_clean()


def test_file_lies_where_nobody_can_guess_and_is_sent_as_what_it_is(client):
    file = ContentFile(b"%PDF-1.7 text", name="paper.pdf")
    document = Document.objects.create(event=make_event(), title_en="Paper", file=file, file_size=13)

    response = client.get(document.address)
    response.close()

    assert len(document.file.name.split("/")[1]) == 32
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="paper.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "page.htm", "script.js", "noending"])
def test_what_was_never_taken_is_not_shown_by_browsers(client, settings, name):
    settings.MEDIA_ROOT.mkdir(exist_ok=True, parents=True)
    (settings.MEDIA_ROOT / name).write_text("<script>alert(1)</script>")

    response = client.get(f"/media/{name}")
    response.close()

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_nothing_outside_of_the_folder_is_sent(client):
    assert client.get("/media/../forum.sqlite3").status_code == 400
    assert client.get("/media/documents/").status_code == 404
