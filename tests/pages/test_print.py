"""Paper: the agenda as a booklet, and what else is only for it."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

import pytest

from events.queries.filters import short_name
from tests.factories import make_event, make_session, make_track

pytestmark = pytest.mark.django_db
AGENDA = "/en/events/forum/agenda/"


def make_programme() -> Any:
    event = make_event(slug="forum", name_en="Forum 2026", theme_en="A Theme")
    return make_session(event, start="09:00", abstract_en="What it is *about*.")


def test_title_page_names_edition_address_and_zone(client):
    make_programme()

    page = client.get(AGENDA).content.decode()
    booklet = page[page.index('class="booklet') : page.index('class="wrap page-head"')]

    for word in ("Forum 2026", "A Theme", "Times in GMT+8 (Shanghai)", "http://testserver/en/events/forum/agenda/"):
        assert word in booklet
    assert 'src="/en/events/forum/hall.svg"' in booklet
    assert 'src="/en/events/forum/agenda/code.svg"' in booklet
    assert 'rel="stylesheet" href="/static/css/print.css" media="print"' in page


def test_title_page_of_a_choice_has_its_own_code(client):
    session = make_programme()

    page = client.get(f"{AGENDA}?mine={short_name(session)}").content.decode()

    assert f'src="{AGENDA}mine.svg?mine={short_name(session)}" alt="" width="110"' in page


@pytest.mark.parametrize("address", ["/en/events/forum/hall.svg", f"{AGENDA}code.svg"])
def test_drawings_are_kept_by_anybody(client, address):
    make_programme()

    response = client.get(address)

    assert ElementTree.fromstring(response.content).attrib["viewBox"]
    assert response["Content-Type"] == "image/svg+xml"
    assert not response.cookies
    assert client.get(address.replace("forum/", "nothing/")).status_code == 404


def test_abstracts_stand_in_the_agenda_where_asked_for(client):
    make_programme()

    assert "<em>about</em>" not in client.get(AGENDA).content.decode()
    assert "<em>about</em>" in client.get(f"{AGENDA}?abstracts=yes").content.decode()


@pytest.mark.parametrize("beside", [0, 1], ids=["alone", "in parallel"])
def test_abstracts_of_parts_stand_there_too(client, beside):
    event = make_event(slug="forum")
    whole = make_session(event, start="09:00")
    make_session(event, parent=whole, start="09:00", label_en="Part I", abstract_en="What a part is *about*.")
    make_session(event, parent=whole, start="10:00", status="draft", abstract_en="A *draft*.")
    for _number in range(beside):
        make_session(event, start="09:00")

    plain, asked = (client.get(f"{AGENDA}{query}").content.decode() for query in ("", "?abstracts=yes"))

    assert 'name="abstracts"' in plain
    assert [words in plain for words in ("<em>about</em>", "<em>draft</em>")] == [False, False]
    assert [words in asked for words in ("<em>about</em>", "<em>draft</em>")] == [True, False]
    assert asked.index("Part I") < asked.index("<em>about</em>")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_agenda_prints_a_title_page_and_a_sheet_a_day(browser, live_server):
    event = make_programme().event
    make_session(event, start="10:00", day=1)
    page = browser.new_page()
    page.goto(f"{live_server.url}{AGENDA}")
    assert not page.locator(".booklet, .foot-address").filter(visible=True).count()

    file = io.BytesIO(page.pdf(prefer_css_page_size=True))
    assert file.getvalue().count(b"/Type /Page\n") == 3
    page.emulate_media(media="print")
    assert page.locator(".booklet").is_visible()
    hidden = page.locator(".head, .filters, .zone-switch, .star, .bar, .tools, .foot")
    assert not hidden.filter(visible=True).count()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_agenda_of_an_online_edition_prints_as_well(browser, live_server):
    event = make_programme().event
    event.attendance_mode = "online"
    event.save()
    page = browser.new_page()
    page.goto(f"{live_server.url}{AGENDA}")

    page.emulate_media(media="print")

    assert page.locator(".booklet").is_visible()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_parallel_session_stays_on_one_sheet_with_its_track(browser, live_server):
    event = make_programme().event
    for track in (make_track(event), make_track(event, slug="other")):
        make_session(event, start="14:00", track=track)
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}{AGENDA}")

    assert set(page.locator(".card").evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakInside)")) == {
        "avoid"
    }
