"""How a page looks where its address is passed on, and which addresses it names."""

import re

import pytest

from tests.factories import (
    make_appearance,
    make_event,
    make_page,
    make_partner,
    make_partnership,
    make_session,
    make_speaker,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')


@pytest.fixture
def event():
    event = make_event(slug="forum", name_en="The Forum", theme_en="A theme")
    make_appearance(make_session(event, slug="opening", start="09:00", title_en="Opening"), make_speaker(slug="ada"))
    make_partnership(event, make_partner(slug="house"))
    make_page(event, slug="travel")
    make_ticket_type(event)
    return event


PAGES = [
    "",
    "about/",
    "agenda/",
    "sessions/opening/",
    "speakers/",
    "speakers/ada/",
    "partners/",
    "partners/house/",
    "travel/",
    "register/",
]


@pytest.mark.parametrize("rest", PAGES)
def test_page_can_be_passed_on(client, event, rest):
    html = client.get(f"/en/events/forum/{rest}").content.decode()
    meta = dict(META.findall(html))

    assert meta["og:title"]
    assert meta["og:description"]
    assert meta["og:url"] == f"http://testserver/en/events/forum/{rest}"
    assert meta["twitter:card"] == "summary_large_image"
    assert client.get(meta["og:image"].removeprefix("http://testserver"))["Content-Type"] == "image/png"


def test_session_and_person_have_their_own_picture(client, event):
    session = dict(META.findall(client.get("/zh-hans/events/forum/sessions/opening/").content.decode()))
    person = dict(META.findall(client.get("/en/events/forum/speakers/ada/").content.decode()))

    assert session["og:image"] == "http://testserver/zh-hans/events/forum/sessions/opening/card.png"
    assert (session["og:locale"], session["og:title"]) == ("zh_CN", "Opening")
    assert person["og:image"] == "http://testserver/en/events/forum/speakers/ada/card.png"
    assert person["og:type"] == "profile"


@pytest.mark.parametrize("path", ["/en/events/nowhere/", "/en/events/forum/sessions/none/", "/en/"])
def test_pages_that_do_not_exist_are_not_passed_on(client, path):
    assert META.findall(client.get(path).content.decode()) == []


@pytest.mark.parametrize("rest", PAGES)
def test_page_names_all_languages_without_its_query(client, event, rest):
    html = client.get(f"/zh-hans/events/forum/{rest}?track=a").content.decode()

    assert dict(ALTERNATE.findall(html)) == {
        "en": f"http://testserver/en/events/forum/{rest}",
        "zh-Hans": f"http://testserver/zh-hans/events/forum/{rest}",
        "x-default": f"http://testserver/en/events/forum/{rest}",
    }
    assert f'<link rel="canonical" href="http://testserver/zh-hans/events/forum/{rest}">' in html


def test_page_names_its_icons(client, event):
    html = client.get("/en/events/forum/").content.decode()

    assert '<link rel="apple-touch-icon" href="/static/icons/apple-touch-icon.png">' in html
    assert '<link rel="manifest" href="/site.webmanifest">' in html


def test_manifest_names_the_forum(client, event):
    manifest = client.get("/site.webmanifest")

    assert manifest["Content-Type"] == "application/manifest+json"
    assert manifest.json()["name"] == str(event.series.name)
    assert {icon["sizes"] for icon in manifest.json()["icons"]} == {"192x192", "512x512"}


def test_list_of_editions_shows_the_newest(client, event):
    meta = dict(META.findall(client.get("/en/editions/").content.decode()))

    assert meta["og:image"] == "http://testserver/en/events/forum/card.png"
