"""From an edition to the others of its series."""

from __future__ import annotations

import datetime as dt

import pytest

from events.enums import EventStatus
from forum_site.pages.frame import frame_of
from tests.factories import (
    make_appearance,
    make_document,
    make_event,
    make_news,
    make_page,
    make_partnership,
    make_series,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions():
    """2020 with nothing, 2021 with everything, 2022 looked at, a draft, and an edition of another series."""
    series = make_series()
    old, full, here = (
        make_event(series=series, slug=f"y{year}", starts_on=dt.date(year, 5, 1), theme_en="")
        for year in (2020, 2021, 2022)
    )
    make_event(series=series, slug="draft", status=EventStatus.DRAFT)
    make_event(slug="other")
    for event in (full, here):
        make_appearance(make_session(event, start="09:00"))
        make_partnership(event)
        make_page(event, slug="faq")
        make_news(event)
        make_document(event)
        event.background_en = "Why."
        event.save()
    return old, full, here


@pytest.mark.parametrize("kind", ["about", "agenda", "speakers", "partners", "news", "documents", "faq"])
def test_the_switcher_leads_to_the_same_kind_of_page_where_there_is_one(editions, kind, django_assert_num_queries):
    with django_assert_num_queries(4):
        links = frame_of(editions[2], kind).switch

    assert [link.url for link in links] == [
        f"/en/events/y2022/{kind}/",
        f"/en/events/y2021/{kind}/",
        "/en/events/y2020/",
    ]
    assert [link.is_current for link in links] == [True, False, False]


@pytest.mark.parametrize("kind", ["", "live", "register"])
def test_elsewhere_it_leads_to_the_home_of_each_edition(editions, kind):
    assert [link.url for link in frame_of(editions[2], kind).switch] == [
        f"/en/events/y{year}/" for year in (2022, 2021, 2020)
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "page", ["", "about/", "agenda/", "speakers/", "partners/", "news/", "documents/", "faq/", "live/"]
)
def test_every_page_of_a_past_edition_says_so_and_leads_on(client, editions, page, language):
    html = client.get(f"/{language}/events/y2022/{page}").content.decode()

    assert 'class="strip strip-past"' in html
    assert html.count(f'href="/{language}/events/y2021/{page if page != "live/" else ""}"') >= 2
    assert "/register/" not in html


def test_what_is_to_come_or_was_called_off_did_not_take_place(client):
    past = dt.date(2021, 5, 1)
    for event in (make_event(), make_event(starts_on=past, status=EventStatus.CANCELLED)):
        assert "strip-past" not in client.get(event.get_absolute_url()).content.decode()


def test_the_footer_folds_what_it_has_no_room_for(client):
    series = make_series()
    events = [make_event(series=series, starts_on=dt.date(2010 + number, 5, 1)) for number in range(9)]

    frame = frame_of(events[0])

    assert [len(frame.switch), len(frame.footer_switch), len(frame.other_switch)] == [9, 6, 3]
    assert "<details><summary>Earlier editions" in client.get(events[0].get_absolute_url()).content.decode()
