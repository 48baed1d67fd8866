"""The invented edition of the sample content, as it stands in the database."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.apps import apps
from django.utils.translation import override

from events.domain.usual_pages import missing_usual_pages
from events.models import Appearance, Event, EventSeries
from forum_site.lib.bilingual import missing_languages
from forum_site.pages.frame import frame_of
from registrations.models import BookableSession, CheckIn, RegistrationGroup
from tests.sample.conftest import SUNDAY

pytestmark = pytest.mark.usefixtures("sample")


def test_loaded_models_pass_their_own_checks():
    for label in ("events", "partners", "registrations"):
        for model in apps.get_app_config(label).get_models():
            for thing in model.objects.all():
                thing.full_clean()


def test_invented_edition_starts_on_the_first_thursday_after_24_days():
    event = Event.objects.get(slug="calavine-forum-sample")
    assert (event.starts_on, event.ends_on) == (dt.date(2026, 12, 17), dt.date(2026, 12, 18))


def test_invented_edition_is_marked_as_sample_and_the_real_ones_are_not():
    assert list(EventSeries.objects.order_by("slug").values_list("slug", "is_sample")) == [
        ("ai-cooperation-governance", False),
        ("calavine-forum", True),
    ]


def test_invented_edition_carries_the_year_of_its_days():
    event = Event.objects.get(slug="calavine-forum-sample")
    assert event.name_en == "Calavine Forum on AI and Public Trust 2026"
    assert event.name_zh_hans == "卡拉文人工智能与公共信任论坛2026"


def test_invented_edition_has_the_scale_of_a_real_one():
    event = Event.objects.get(slug="calavine-forum-sample")
    assert event.sessions.count() == 24
    talks = Appearance.objects.filter(session__event=event)
    assert (talks.count(), talks.values("speaker").distinct().count()) == (46, 30)
    assert event.partnerships.count() == 14
    assert event.sessions.filter(status="cancelled").count() == 1
    assert event.partnerships.filter(sessions__isnull=False).count() == 3
    assert sorted(event.venue.rooms.values_list("kind", flat=True)) == ["place"] * 3 + ["stream"] * 2


def test_invented_edition_is_complete_in_both_languages():
    event = Event.objects.get(slug="calavine-forum-sample")
    fields = ["name", "short_name", "theme", "place", "summary", "background", "programme_note", "interpretation"]
    assert [name for name in fields if missing_languages(event, name)] == []
    for appearance in Appearance.objects.filter(session__event=event):
        assert not missing_languages(appearance, "printed_title")
        assert not missing_languages(appearance.speaker, "name")


def test_invented_edition_has_the_usual_pages_in_both_languages():
    event = Event.objects.get(slug="calavine-forum-sample")

    assert missing_usual_pages(event) == []
    for page in event.pages.all():
        assert page.is_published
        assert not missing_languages(page, "title")
        assert not missing_languages(page, "body")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_header_of_the_invented_edition_keeps_its_six_links(sample, language):
    with time_machine.travel(SUNDAY + dt.timedelta(hours=1)), override(language):
        frame = frame_of(Event.objects.get(slug="calavine-forum-sample"))

    assert [link.key for link in frame.header_links] == ["about", "agenda", "speakers", "partners", "news", "documents"]
    assert [link.key for link in frame.links[6:]] == [
        *("practical-information", "venue", "press", "faq", "code-of-conduct", "contact", "privacy")
    ]
    assert frame.venue_page == f"/{language}/events/calavine-forum-sample/venue/"


@pytest.mark.parametrize(("days", "shown"), [(0, False), (30, True)], ids=["before", "after"])
def test_invented_edition_shows_a_photograph_after_the_forum(client, days, shown):
    with time_machine.travel(SUNDAY + dt.timedelta(days=days)):
        page = client.get("/zh-hans/events/calavine-forum-sample/").content.decode()

    assert ('alt="参会人员抵达灯塔码头" width="1280" height="853"' in page) == shown


@pytest.mark.parametrize(("language", "words"), [("en", "Country/region"), ("zh-hans", "国家/地区")])
def test_people_of_the_invented_edition_can_be_asked_for_by_country_or_region(client, language, words):
    address = f"/{language}/events/calavine-forum-sample/speakers/"

    assert words in client.get(address).content.decode()
    assert client.get(f"{address}?country=CN").content.decode().count('class="person"') == 2


def test_invented_edition_shows_every_way_in():
    event = Event.objects.get(slug="calavine-forum-sample")
    hall, code, delegation = event.quotas.get(), event.access_codes.get(), event.delegations.get()

    assert {one.slug for one in hall.ticket_types.all()} == {"on-site", "press"}
    assert hall.capacity < sum(one.capacity for one in hall.ticket_types.all())
    assert [one.slug for one in code.ticket_types.all()] == ["press"]
    assert (code.code, code.most_uses, code.skips_approval) == ("LANTERN-PRESS", 12, True)
    assert not missing_languages(delegation, "name")
    assert delegation.partner.partnerships.filter(event=event).exists()
    assert event.questions.exclude(condition={}).exists()
    assert BookableSession.objects.filter(session__event=event).count() == 3


def test_invented_edition_has_one_group_with_a_place_to_claim():
    event = Event.objects.get(slug="calavine-forum-sample")
    group = RegistrationGroup.objects.get()
    people = list(group.members.order_by("pk"))

    assert set(event.registrations.all()) == set(people)
    assert [one.is_unclaimed for one in people] == [False, False, False, True]
    assert {(one.status, one.ticket_type.slug, one.organization) for one in people} == {
        ("confirmed", "on-site", "Office of Digital Affairs, City of Calavine")
    }
    assert event.partnerships.filter(partner__name_en=people[0].organization).exists()
    assert "Institute for Trustworthy Public Systems" in people[0].consent_text
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_the_group_open(client, language):
    group = RegistrationGroup.objects.get()
    free = group.members.get(is_unclaimed=True)
    with time_machine.travel(SUNDAY + dt.timedelta(hours=1)):
        page = client.get(f"/{language}/groups/{group.secret}/").content.decode()
        claim = client.get(f"/{language}/registrations/{free.secret}/claim/")

    assert "LU Wenqin" in page
    assert claim.status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_newcomer_finds_each_of_them_in_the_pages(client, language):
    event = Event.objects.get(slug="calavine-forum-sample")
    register = f"/{language}/events/{event.slug}/register/"
    with time_machine.travel(SUNDAY + dt.timedelta(hours=1)):
        pages = {path: client.get(path).content.decode() for path in (register, f"{register}group/")}
        by_code = client.get(f"{register}?code=lantern press").content.decode()
        delegation = client.get(f"/{language}/delegations/{event.delegations.get().secret}/").content.decode()

    word = {"en": "Press", "zh-hans": "新闻媒体"}[language]
    assert f'href="{register}group/"' in pages[register]
    assert f">{word}<" not in pages[register].partition("<main")[2].partition("</main>")[0]
    assert 'name="name-8"' in pages[f"{register}group/"]
    assert 'name="name-9"' not in pages[f"{register}group/"]
    assert word in by_code
    assert {"en": "Court of Audit of Velmora", "zh-hans": "韦尔莫拉审计法院"}[language] in delegation


def test_invented_edition_opens_registration_at_once_and_closes_it_the_day_before():
    tickets = Event.objects.get(slug="calavine-forum-sample").ticket_types.all()
    assert list(tickets.values_list("slug", "capacity")) == [("on-site", 60), ("online", 3000), ("press", 12)]
    shown = list(tickets.filter(is_hidden=False))
    assert list(tickets.open(SUNDAY)) == shown
    assert list(tickets.open(dt.datetime(2026, 12, 16, 15, 59, tzinfo=dt.UTC))) == shown
    assert list(tickets.open(dt.datetime(2026, 12, 16, 16, 0, tzinfo=dt.UTC))) == []
