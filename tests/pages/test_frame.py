"""What stands around every page."""

import pytest
from django.urls import reverse

from forum_site.pages.context import language_links
from forum_site.pages.frame import Frame, Link, frame_of
from tests.factories import make_appearance, make_event, make_page, make_partnership, make_series, make_session

pytestmark = pytest.mark.django_db


def test_menu_shows_only_what_exists():
    event = make_event(theme_en="")

    assert frame_of(event).links == []


def test_menu_follows_the_house_order():
    event = make_event(background_en="Why.")
    make_appearance(make_session(event, start="09:00"))
    make_partnership(event)
    make_page(event, slug="travel", title_en="Travel")
    make_page(event, slug="secret", is_published=False)

    assert [link.key for link in frame_of(event).links] == ["about", "agenda", "speakers", "partners", "travel"]


def test_frame_makes_four_queries(django_assert_num_queries):
    event = make_event()
    make_page(event)

    with django_assert_num_queries(4):
        frame_of(event)


def test_header_leaves_out_links_that_do_not_fit():
    links = [Link(str(number), "x" * 20, "/") for number in range(3)]

    assert Frame(links).header_links == links[:2]


def test_bar_prefers_agenda_and_speakers():
    links = [Link(key, key, "/") for key in ("about", "agenda", "partners", "speakers")]

    assert [link.key for link in Frame(links).bar_links] == ["agenda", "speakers"]


def test_footer_lists_the_editions_of_the_same_series_only():
    series = make_series()
    event, sister = make_event(series=series), make_event(series=series)
    make_event()

    assert set(frame_of(event).editions) == {event, sister}


def test_accent_is_linked_only_if_it_is_not_the_default(client):
    plain, green = make_event(), make_event(accent="#0E5C4A")

    assert "/accents/" not in client.get(plain.get_absolute_url()).content.decode()
    assert reverse("accent", args=["0e5c4a"]) in client.get(green.get_absolute_url()).content.decode()


def test_language_links_stay_on_the_page(rf):
    links = language_links(rf.get("/en/events/forum/agenda/?track=a"))

    assert [(link.code, link.url, link.is_current) for link in links] == [
        ("en", "/en/events/forum/agenda/?track=a", True),
        ("zh-Hans", "/zh-hans/events/forum/agenda/?track=a", False),
    ]


def test_language_links_are_missing_where_the_address_has_no_language(rf):
    assert language_links(rf.get("/admin/")) == []


def test_page_names_its_other_language_and_its_address(client):
    html = client.get(make_event(slug="forum").get_absolute_url()).content.decode()

    assert '<link rel="canonical" href="http://testserver/en/events/forum/">' in html
    assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/zh-hans/events/forum/">' in html


def test_sample_edition_says_so(client):
    sample = make_event(series=make_series(is_sample=True))

    assert 'class="strip"' in client.get(sample.get_absolute_url()).content.decode()
    assert 'class="strip"' not in client.get(make_event().get_absolute_url()).content.decode()


def test_pages_carry_no_inline_style_or_script(client):
    event = make_event()
    make_appearance(make_session(event, start="09:00", end="10:00"))

    html = client.get(event.get_absolute_url()).content.decode()

    assert " style=" not in html
    assert "<script>" not in html
    assert "<style" not in html
