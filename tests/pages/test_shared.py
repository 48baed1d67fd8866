"""What pages share is kept for one state of everything public."""

from __future__ import annotations

import pytest

from forum_site.lib.previews import previewing
from forum_site.pages.cache import shared as module
from forum_site.pages.cache.shared import Shared
from tests.factories import make_event, make_page

pytestmark = pytest.mark.django_db


def test_an_answer_is_made_once_for_a_state():
    event, kept = make_event(), Shared()
    answers = iter("abc")

    assert [kept.get("key", lambda: next(answers)) for _ in range(2)] == ["a", "a"]
    assert kept.get("other", lambda: next(answers)) == "b"
    make_page(event)
    assert kept.get("key", lambda: next(answers)) == "c"


def test_nothing_is_kept_of_a_preview():
    event, kept = make_event(), Shared()

    with previewing(event.pk):
        assert [kept.get("key", lambda value=value: value) for value in "ab"] == ["a", "b"]
    assert kept.get("key", lambda: "c") == "c"


def test_answers_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    make_event()
    kept = Shared()

    assert [kept.get(number, lambda number=number: number) for number in (1, 2, 3, 1)] == [1, 2, 3, 1]
    assert len(kept._kept[2]) <= 2


def test_the_menu_follows_a_change_at_once(client):
    event = make_event(slug="menu")
    assert "Travel advice" not in client.get("/en/events/menu/about/").content.decode()

    make_page(event, slug="travel", title_en="Travel advice", is_in_menu=True)

    assert "Travel advice" in client.get("/en/events/menu/about/").content.decode()
