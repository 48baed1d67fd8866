"""Pictures for other sites."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from PIL import Image

from events.enums import EventStatus, SessionStatus, SessionType
from events.models import OldSlug
from forum_site.lib.cards import Card
from forum_site.pages.cards import shelf
from forum_site.pages.cards.words import drawable, edition_words, session_words, speaker_words
from tests.factories import make_appearance, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_shelf(tmp_path, settings):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def event():
    event = make_event(slug="forum", theme_zh_hans="以实证立信任")
    make_appearance(make_session(event, slug="opening", start="09:00"), make_speaker(slug="ada"))
    return event


@pytest.mark.parametrize("rest", ["", "sessions/opening/", "speakers/ada/"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_card_is_a_picture_of_the_right_size(client, event, rest, language):
    response = client.get(f"/{language}/events/forum/{rest}card.png")

    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert response["Content-Type"] == "image/png"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


def test_card_is_drawn_once_and_answers_304(client, event, tmp_path):
    first = client.get("/en/events/forum/card.png")
    again = client.get("/en/events/forum/card.png", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    [kept] = (tmp_path / "cards").iterdir()
    assert kept.read_bytes() == first.content


def test_card_changes_with_its_words(client, event):
    first = client.get("/en/events/forum/card.png")
    event.theme_en = "Another theme"
    event.save()

    assert client.get("/en/events/forum/card.png")["ETag"] != first["ETag"]


def test_cards_that_are_kept_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_PICTURES", 3)
    monkeypatch.setattr(shelf, "AT_A_TIME", 2)
    monkeypatch.setattr(shelf, "draw_card", lambda card: card.title.encode())

    for number in range(4):
        shelf.picture_of(Card("forum", "#4C2A8F", "Forum", f"Title {number}"))

    assert len(list((tmp_path / "cards").iterdir())) == 2


def test_card_is_given_even_where_it_cannot_be_kept(settings, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.VAR_DIR = blocked

    assert shelf.picture_of(Card("forum", "#4C2A8F", "Forum", "Title")).startswith(b"\x89PNG")


def test_card_of_what_visitors_cannot_see_does_not_exist(client, event):
    make_event(slug="draft", status=EventStatus.DRAFT)
    make_session(event, slug="secret", status=SessionStatus.DRAFT)
    make_session(event, slug="embargo", publish_at=timezone.now() + dt.timedelta(days=1))
    make_session(event, slug="tea", type=SessionType.BREAK)
    make_appearance(event.sessions.get(slug="opening"), make_speaker(slug="nobody"), is_announced=False)

    for path in ("draft/", "forum/sessions/secret/", "forum/sessions/embargo/", "forum/speakers/nobody/"):
        assert client.get(f"/en/events/{path}card.png").status_code == 404
    assert client.get("/en/events/forum/sessions/tea/card.png").status_code == 404


def test_card_follows_an_address_that_moved(client, event):
    OldSlug.objects.create(kind="event", slug="older", target=event.pk)

    assert client.get("/en/events/older/card.png")["Location"] == "/en/events/forum/card.png"


def test_words_are_those_of_the_page():
    event = make_event(starts_on=dt.date(2026, 12, 10), short_name_en="Forum 2026", theme_en="A theme")
    session = make_session(event, start="09:00", end="10:15", status=SessionStatus.CANCELLED, title_en="Opening")
    here = make_appearance(session, make_speaker(name_en="Ada Lovelace"), printed_title_en="Countess")

    assert (edition_words(event).title, edition_words(event).foot) == ("A theme", "10–11 December 2026")
    card = session_words(event, session)
    assert (card.title, card.second) == ("Opening", "Cancelled")
    assert (card.foot, card.foot_note) == ("Thursday 10 December 2026", "09:00–10:15 (Shanghai, GMT+8)")
    assert (speaker_words(event, here).title, speaker_words(event, here).second) == ("Ada Lovelace", "Countess")


def test_words_that_cannot_be_drawn_give_way_to_others():
    event = make_event(theme_en="A theme", theme_zh_hans="龘靐齉")
    unknown = make_session(event, title_en="龘", title_zh_hans="龘")

    assert drawable(lambda: edition_words(event)).title == "A theme"
    assert drawable(lambda: session_words(event, unknown), lambda: edition_words(event)).title == "A theme"
