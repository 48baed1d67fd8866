"""The map of the site."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.enums import EventStatus, SessionStatus, SessionType
from tests.factories import make_appearance, make_event, make_page, make_partnership, make_session, make_speaker

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "http://testserver"


def tree(client, path):
    response = client.get(path)
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def addresses(client, path):
    return [one.text for one in tree(client, path).iterfind(".//s:loc", NAMES)]


def test_index_names_public_editions_only(client):
    make_event(slug="forum")
    make_event(slug="draft", status=EventStatus.DRAFT)

    assert addresses(client, "/sitemap.xml") == [f"{SITE}/sitemap.site.xml", f"{SITE}/sitemap-forum.xml"]
    assert client.get("/sitemap-draft.xml").status_code == 404


def test_robots_find_the_map(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_edition_maps_every_page_that_exists_in_both_languages(client):
    event = make_event(slug="forum")
    make_appearance(make_session(event, slug="opening", start="09:00"), make_speaker(slug="ada"))
    partner = make_partnership(event).partner
    make_page(event, slug="travel")

    found = addresses(client, "/sitemap-forum.xml")

    rests = [
        "",
        "about/",
        "agenda/",
        "live/",
        "speakers/",
        "partners/",
        "travel/",
        "sessions/opening/",
        "speakers/ada/",
    ]
    rests.append(f"partners/{partner.slug}/")
    assert found == [f"{SITE}/{code}/events/forum/{rest}" for rest in rests for code in ("en", "zh-hans")]
    assert {client.get(url.removeprefix(SITE)).status_code for url in found} == {200}


def test_edition_map_names_the_other_language_and_the_last_change(client):
    event = make_event(slug="forum", theme_en="")

    [first, _second] = tree(client, "/sitemap-forum.xml").iterfind("s:url", NAMES)

    links = {link.get("hreflang"): link.get("href") for link in first.iterfind("x:link", NAMES)}
    assert links == {
        "en": f"{SITE}/en/events/forum/",
        "zh-Hans": f"{SITE}/zh-hans/events/forum/",
        "x-default": f"{SITE}/en/events/forum/",
    }
    assert dt.datetime.fromisoformat(first.findtext("s:lastmod", namespaces=NAMES)) == event.changed_at


def test_edition_map_hides_what_visitors_cannot_see(client):
    event = make_event(slug="forum", theme_en="")
    shown = make_session(event, slug="shown", start="09:00")
    make_session(event, slug="secret-draft", status=SessionStatus.DRAFT)
    make_session(event, slug="secret-embargo", publish_at=timezone.now() + dt.timedelta(days=1))
    make_session(event, slug="secret-part", parent=shown)
    make_session(event, slug="secret-break", type=SessionType.BREAK)
    make_appearance(shown, make_speaker(slug="secret-person"), is_announced=False)
    make_page(event, slug="secret-page", is_published=False)

    assert not [url for url in addresses(client, "/sitemap-forum.xml") if "secret" in url]


def test_edition_map_needs_as_many_queries_for_many_as_for_one(client):
    counts = []
    for number in (1, 30):
        event = make_event()
        for _ in range(number):
            make_appearance(make_session(event, start="09:00"))
            make_partnership(event)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/sitemap-{event.slug}.xml")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 9


def test_site_map_has_the_pages_of_no_edition(client):
    assert addresses(client, "/sitemap.site.xml") == [
        f"{SITE}/en/",
        f"{SITE}/zh-hans/",
        f"{SITE}/en/editions/",
        f"{SITE}/zh-hans/editions/",
        f"{SITE}/en/documents/",
        f"{SITE}/zh-hans/documents/",
    ]
