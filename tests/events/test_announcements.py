"""Announcements: at the top of every page, between start and end."""

import datetime as dt

import pytest
from django.utils import timezone

from forum_site.pages.frame import frame_of
from tests.factories import make_announcement, make_event, make_session, make_ticket_type

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 1, 9, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def test_announcement_stands_on_every_page_of_its_edition_and_nowhere_else(client):
    event = make_event(slug="forum")
    make_session(event, slug="opening")
    make_ticket_type(event)
    make_announcement(event, text_en="Doors open at 8:00.", url="https://example.org/doors")
    other = make_event(slug="other")

    for path in ("", "about/", "agenda/", "sessions/opening/", "speakers/", "documents/", "register/"):
        html = client.get(f"/en/events/forum/{path}").content.decode()
        assert html.count("<span>Doors open at 8:00.") == 1
        assert 'role="status"' in html
    for path in (other.get_absolute_url(), "/en/editions/", "/en/documents/"):
        assert "Doors open" not in client.get(path).content.decode()


def test_announcement_comes_and_goes_at_its_moments_also_where_pages_are_kept(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    event = make_event(slug="forum", starts_on=dt.date(2026, 6, 1))
    make_announcement(event, text_en="Now", starts_at=NOW + 2 * MINUTE, ends_at=NOW + 4 * MINUTE)

    def is_shown(minutes):
        time_machine.move_to(NOW + minutes * MINUTE, tick=False)
        return "<span>Now" in client.get("/en/events/forum/").content.decode()

    assert [is_shown(minutes) for minutes in (0, 1.9, 2, 3.9, 4, 5)] == [False, False, True, True, False, False]


def test_important_ones_stand_first():
    event, now = make_event(), timezone.now()
    make_announcement(event, text_en="Newer", starts_at=now - MINUTE)
    make_announcement(event, text_en="Important", level=2, starts_at=now - 9 * MINUTE)

    assert [str(one) for one in frame_of(event).announcements] == ["Important", "Newer"]


def test_words_of_an_announcement_are_words(client):
    event = make_event(slug="forum")
    make_announcement(event, text_en="<b>Bold</b>")

    assert "&lt;b&gt;Bold" in client.get("/en/events/forum/").content.decode()
