"""News with a picture: cleaned on arrival, shown in the list, on the page and by other sites, kept in the archive."""

import datetime as dt
import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from PIL import Image

from forum_site.lib.image_jobs import make_widths
from forum_site.pages.archive.write import write_archive
from tests.admin.forms import form_data
from tests.admin.test_images import photograph
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_news
from tests.pages.archives import problems_of

pytestmark = pytest.mark.django_db
PICTURE = re.compile(r'<img src="/media/news/[^>]*>')


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def post():
    post = make_news(
        make_event(slug="forum"), slug="opened", picture_words_en="A full hall", picture_words_zh_hans="会场"
    )
    post.picture.save("hall.jpg", ContentFile(photograph(), name="hall.jpg"))
    make_widths("events.NewsPost", post.pk, "picture")
    post.refresh_from_db()
    return post


def send(post, **fields):
    client = signed_in(organizer(post.event))
    change = reverse("admin:events_newspost_change", args=[post.pk])
    response = client.post(change, form_data(client.get(change), "newspost_form") | fields)
    post.refresh_from_db()
    return response


def test_picture_is_stored_without_the_notes_of_the_camera_and_cut_in_a_job():
    post = make_news(make_event())

    send(post, picture=SimpleUploadedFile("a.jpg", photograph()), picture_words_en="A full hall")

    with post.picture.open() as stored:
        assert b"Secret camera" not in stored.read()
    assert (post.picture_width, post.picture_height) == (900, 600)
    assert OrmQ.objects.count() == 1


def test_picture_without_words_is_refused():
    post = make_news(make_event())

    response = send(post, picture=SimpleUploadedFile("a.jpg", photograph()))

    assert "what the picture shows" in str(response.context["errors"])
    assert not post.picture


@pytest.mark.parametrize("rest", ["", "news/", "news/opened/"])
@pytest.mark.parametrize(("language", "words"), [("en", "A full hall"), ("zh-hans", "会场")])
def test_picture_stands_on_the_pages_with_its_words_and_its_size(client, post, rest, language, words):
    [picture] = PICTURE.findall(client.get(f"/{language}/events/forum/{rest}").content.decode())

    assert f'alt="{words}" width="900" height="600"' in picture
    assert ".w320.webp 320w" in picture
    assert "hall.jpg 900w" in picture


def test_news_without_a_picture_show_none(client):
    make_news(make_event(slug="forum"), slug="opened")

    assert not PICTURE.search(client.get("/en/events/forum/news/").content.decode())
    assert client.get("/en/events/forum/news/opened/card.jpg").status_code == 404


def test_other_sites_show_the_picture(client, post):
    html = client.get("/en/events/forum/news/opened/").content.decode()
    card = client.get("/en/events/forum/news/opened/card.jpg")

    assert '<meta property="og:image" content="http://testserver/en/events/forum/news/opened/card.jpg">' in html
    assert '<meta property="og:image:type" content="image/jpeg">' in html
    assert '<meta property="og:image:alt" content="A full hall">' in html
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert card["Content-Type"] == "image/jpeg"
    assert client.get(card.request["PATH_INFO"], headers={"If-None-Match": card["ETag"]}).status_code == 304


def test_picture_of_news_to_come_is_not_given(client, post):
    post.published_at = timezone.now() + dt.timedelta(hours=1)
    post.save()

    assert client.get("/en/events/forum/news/opened/card.jpg").status_code == 404


def test_picture_whose_file_is_missing_is_not_found(client, post):
    post.picture.storage.delete(post.picture.name)

    assert client.get("/en/events/forum/news/opened/card.jpg").status_code == 404
    assert client.get("/en/events/forum/news/").status_code == 200


def test_picture_is_kept_in_the_archive(post, tmp_path):
    write_archive(post.event, tmp_path / "copy", has_cards=True)

    assert problems_of(tmp_path / "copy") == []
    with post.picture.open() as stored:
        assert (tmp_path / "copy" / "media" / post.picture.name).read_bytes() == stored.read()
    assert (tmp_path / "copy" / "en/events/forum/news/opened/card.jpg").is_file()
