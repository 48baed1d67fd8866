"""The list of labels about an edition, and where it tells how to get to the venue."""

from __future__ import annotations

import pytest

from forum_site.pages.about import AboutRow, rows_about, way_to_venue
from forum_site.pages.frame import frame_of
from tests.factories import make_event, make_page, make_venue

pytestmark = pytest.mark.django_db
ABOUT = "/en/events/forum/about/#venue"
PAGE = "/en/events/forum/venue/"


def make_edition(**fields):
    venue = make_venue(name_en="Congress House", address_en="1 Quay", city_en="Calavine", **fields)
    return make_event(slug="forum", theme_en="", venue=venue)


def row(event, label, venue_page=""):
    """The row with the label, if it is there."""
    return next((one for one in rows_about(event, venue_page) if one.label == label), None)


def test_location_has_the_whole_address_where_no_more_is_known():
    event = make_edition()

    assert row(event, "Location") == AboutRow("Location", ["Congress House", "1 Quay", "Calavine"])
    assert row(event, "Venue and access") is None
    assert way_to_venue(event, "") == ""


def test_a_section_tells_how_to_get_to_the_venue():
    event = make_edition(directions_en="Tram **2**.", website="https://house.example/")

    assert row(event, "Location") == AboutRow("Location", ["Congress House", "Calavine"], url=ABOUT)
    found = row(event, "Venue and access")
    assert (found.lines, found.website, found.anchor) == (
        ["Congress House", "1 Quay", "Calavine"],
        "https://house.example/",
        "venue",
    )
    assert found.html.strip() == "<p>Tram <strong>2</strong>.</p>"


def test_the_page_of_the_organizers_stands_for_the_section():
    event = make_edition(directions_en="Tram 2.")

    assert row(event, "Location", PAGE).url == PAGE
    assert row(event, "Venue and access", PAGE) is None


@pytest.mark.parametrize("fields", [{"website": "https://house.example/"}, {"directions_en": "Tram 2."}])
def test_the_section_shows_only_what_is_known(client, fields):
    make_edition(**fields)

    page = client.get("/en/events/forum/about/").content.decode()
    section = page[page.index('id="venue"') :].split("</dl>")[0]

    assert ['class="prose"' in section, 'rel="noopener"' in section] == ["directions_en" in fields, "website" in fields]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_place_on_the_home_page_leads_to_the_section(client, language):
    event = make_edition(directions_en="Tram 2.")
    address = f"/{language}/events/forum/"

    assert f'<a href="{address}about/#venue">Congress House</a>' in client.get(address).content.decode()
    make_page(event, slug="venue")
    assert f'<a href="{address}venue/">Congress House</a>' in client.get(address).content.decode()


def test_the_frame_knows_the_page_about_the_venue_in_the_menu_or_not():
    event = make_event(slug="forum")
    make_page(event, slug="venue-and-access")
    make_page(event, slug="venue", is_in_menu=False)
    frame = frame_of(event)

    assert frame.venue_page == PAGE
    assert [link.key for link in frame.links] == ["about", "venue-and-access"]


def test_a_draft_about_the_venue_is_not_public():
    event = make_event()
    make_page(event, slug="venue", is_published=False)

    assert frame_of(event).venue_page == ""
