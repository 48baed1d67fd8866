"""News: what visitors see of it, at which address, and in feed readers."""

import datetime as dt
import json
import re
import uuid
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.domain.addresses import remember_slug
from events.enums import EventStatus, SlugKind
from events.queries.news import latest_news
from tests.factories import make_appearance, make_event, make_news, make_session, make_speaker, make_venue

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SOON = dt.timedelta(minutes=3)


def test_news_stand_newest_first_without_drafts_and_what_comes_later(client):
    event, now = make_event(slug="forum"), timezone.now()
    for days in (3, 1, 2):
        make_news(event, title_en=f"Days {days}", published_at=now - dt.timedelta(days=days))
    make_news(event, title_en="Draft", published_at=None)
    make_news(event, title_en="Later", published_at=now + SOON)
    make_news(make_event(), title_en="Of another edition")

    response = client.get("/en/events/forum/news/")

    assert [post.title for post in response.context["posts"]] == ["Days 1", "Days 2", "Days 3"]
    assert "Later" not in response.content.decode()


@time_machine.travel("2026-11-23 09:05:00+00:00", tick=False)  # what is kept ends at every quarter of an hour
def test_news_page_costs_as_many_queries_for_many_as_for_one(client):
    counts = []
    for number in (1, 15):
        event = make_event()
        for _ in range(number):
            make_news(event)
        path = f"/en/events/{event.slug}/news/"
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{path}?unknown=1")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_many_news_are_paged(client):
    event = make_event(slug="forum")
    for _ in range(21):
        make_news(event)

    assert len(client.get("/en/events/forum/news/").context["posts"]) == 20
    assert len(client.get("/en/events/forum/news/?page=2").context["posts"]) == 1
    assert client.get("/en/events/forum/news/?page=3").status_code == 404
    assert client.get("/en/events/forum/news/?page=x").status_code == 404


@pytest.mark.parametrize("published_at", [None, "later"])
def test_what_is_not_published_is_found_nowhere(client, published_at):
    event = make_event(slug="forum")
    make_news(event, slug="secret", title_en="Secret", published_at=published_at and timezone.now() + SOON)

    for path in ("", "news/", "news.atom"):
        assert "Secret" not in client.get(f"/en/events/forum/{path}").content.decode()
    assert client.get("/en/events/forum/news/secret/").status_code == 404
    assert "secret" not in client.get("/sitemap-forum.xml").content.decode()


def test_news_of_a_draft_edition_is_found_nowhere(client):
    make_news(make_event(slug="forum", status=EventStatus.DRAFT), slug="secret")

    for path in ("news/", "news/secret/", "news.atom"):
        assert client.get(f"/en/events/forum/{path}").status_code == 404


def test_news_appear_at_their_moment_also_where_pages_are_kept(client, time_machine):
    start = dt.datetime(2026, 5, 1, 9, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    make_news(make_event(slug="forum"), title_en="Surprise", published_at=start + SOON)
    assert "Surprise" not in client.get("/en/events/forum/").content.decode()

    time_machine.move_to(start + SOON, tick=False)

    assert "Surprise" in client.get("/en/events/forum/").content.decode()


def test_an_old_address_leads_to_the_new_one(client):
    event = make_event(slug="forum")
    post = make_news(event, slug="new")
    remember_slug(SlugKind.NEWS, target=post.pk, old="old", event=event)

    response = client.get("/zh-hans/events/forum/news/old/")

    assert (response.status_code, response["Location"]) == (301, "/zh-hans/events/forum/news/new/")


def test_home_page_shows_the_newest_three_in_one_query(django_assert_num_queries):
    event, now = make_event(), timezone.now()
    for days in range(1, 5):
        make_news(event, title_en=f"Days {days}", published_at=now - dt.timedelta(days=days))

    with django_assert_num_queries(1):
        addresses = [post.get_absolute_url() for post in latest_news(event, 3)]

    assert len(addresses) == 3
    assert [post.title for post in latest_news(event, 1)] == ["Days 1"]


def test_menu_and_head_name_the_news_only_where_there_is_some(client):
    event = make_event(slug="forum")
    assert "news.atom" not in client.get(event.get_absolute_url()).content.decode()

    make_news(event)

    html = client.get(event.get_absolute_url()).content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/en/events/forum/news.atom"' in html
    assert '<a class="nav-link" href="/en/events/forum/news/"' in html


def feed_of(client, path):
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_feed_says_everything_with_whole_addresses(client):
    event = make_event(slug="forum", name_en="The Forum")
    published = dt.datetime(2026, 5, 1, 9, 0, tzinfo=dt.UTC)
    words = {"title_en": "Open", "lead_en": "Now.", "body_en": "[Agenda](/en/events/forum/agenda/)"}
    make_news(event, slug="open", published_at=published, changed_at=published - SOON, **words)

    feed = feed_of(client, "/en/events/forum/news.atom")
    [entry] = feed.iter(f"{ATOM}entry")

    assert feed.findtext(f"{ATOM}id") == "http://testserver/en/events/forum/news.atom"
    assert entry.findtext(f"{ATOM}title") == "Open"
    assert entry.findtext(f"{ATOM}summary") == "Now."
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/en/events/forum/news/open/"
    assert 'href="http://testserver/en/events/forum/agenda/"' in entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "2026-05-01T09:00:00+00:00"


def test_entries_keep_their_identifier_and_have_one_per_language(client):
    event = make_event(slug="forum")
    post = make_news(event)

    def identifier(language):
        return feed_of(client, f"/{language}/events/forum/news.atom").findtext(f"{ATOM}entry/{ATOM}id")

    before = identifier("en")
    type(post).objects.filter(pk=post.pk).update(slug="moved", title_en="Other words")

    assert identifier("en") == before == uuid.uuid5(post.guid, "en").urn
    assert identifier("zh-hans") != before


def test_signs_that_xml_cannot_hold_break_no_feed(client):
    event = make_event(slug="forum", name_en="The\x0b Forum", theme_en="A\x01 theme\ufffe")
    words = {"title_en": "Open\x0b now", "lead_en": "Now\x08.", "body_en": "All\x1f of it"}
    make_news(event, slug="open", **words)

    feed = feed_of(client, "/en/events/forum/news.atom")
    [entry] = feed.iter(f"{ATOM}entry")

    assert [feed.findtext(f"{ATOM}{name}") for name in ("title", "subtitle")] == ["The Forum", "A theme"]
    assert [entry.findtext(f"{ATOM}{name}") for name in ("title", "summary")] == ["Open now", "Now."]
    assert entry.findtext(f"{ATOM}content") == "<p>All of it</p>\n"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_signs_that_xml_cannot_hold_break_no_other_file(client, language, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    odd = "Odd\x0b\x01\x1f\ufffe words"
    event = make_event(slug="forum", name_en=odd, theme_en=odd, venue=make_venue(name_en=odd))
    session = make_session(event, slug="odd", start="09:00", end="10:00", title_en=odd, abstract_en=odd)
    make_appearance(session, make_speaker(slug="odd", name_en=odd))
    make_news(event, slug="odd", title_en=odd)
    files = ["agenda.ics", "sessions/odd.ics", "schedule.xml", "schedule.json", "card.png", "sessions/odd/card.png"]
    files += ["speakers/odd/card.png", "hall.svg", "agenda/code.svg", "news.atom"]
    pages = ["", "agenda/", "sessions/odd/", "speakers/odd/", "news/odd/"]

    answers = {path: client.get(f"/{language}/events/forum/{path}") for path in [*files, *pages]}
    answers["sitemap"] = client.get("/sitemap-forum.xml")

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    for path in ("schedule.xml", "hall.svg", "agenda/code.svg", "news.atom", "sitemap"):
        ElementTree.fromstring(answers[path].content)
    for path in ("agenda.ics", "sessions/odd.ics"):
        assert re.findall(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", answers[path].content) == []
    assert json.loads(answers["schedule.json"].content)["schedule"]["conference"]["title"] == odd


def test_feed_without_news_is_a_feed(client):
    make_event(slug="forum")

    assert list(feed_of(client, "/zh-hans/events/forum/news.atom").iter(f"{ATOM}entry")) == []


def test_article_says_who_published_it_and_when(client):
    event = make_event(slug="forum", name_en="The Forum")
    published = dt.datetime(2026, 5, 1, 9, 0, tzinfo=dt.UTC)
    make_news(event, slug="open", title_en="Open", lead_en="Now.", published_at=published, changed_at=published)

    html = client.get("/en/events/forum/news/open/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Open"
    assert data["datePublished"] == "2026-05-01T17:00:00+08:00"
    assert data["publisher"]["name"] == event.series.name_en
    assert data["about"]["name"] == "The Forum"
    assert '<meta property="og:type" content="article">' in html
