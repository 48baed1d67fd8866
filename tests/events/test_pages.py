"""The public pages of an edition, as a visitor gets them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.domain.addresses import remember_slug
from events.enums import AppearanceMode, EventStatus, SessionStatus, SessionType, SlugKind
from tests.factories import (
    make_appearance,
    make_event,
    make_page,
    make_partnership,
    make_room,
    make_session,
    make_speaker,
    make_track,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans"]


def url(event, rest, language="en"):
    return f"/{language}/events/{event.slug}/{rest}"


def full_event(sessions=1):
    """An edition in which everything a page can show exists."""
    event = make_event(slug="forum", background_en="Why we meet.", languages=["en", "zh"])
    for number in range(sessions):
        session = make_session(event, slug=f"s{number}", start="09:00", end="10:00", room=make_room())
        session.track = make_track(event)
        session.save()
        part = make_session(event, slug=f"part{number}", start="09:00", parent=session)
        make_appearance(part, make_speaker(slug=f"person{number}"))
        make_appearance(session, mode=AppearanceMode.VIDEO)
        make_partnership(event).sessions.add(session)
    make_page(event, slug="travel", body_en="By **train**.")
    return event


PAGES = ["about/", "agenda/", "sessions/s0/", "speakers/", "speakers/person0/", "partners/", "travel/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_answers_without_a_cookie(client, page, language):
    response = client.get(url(full_event(), page, language))

    assert response.status_code == 200
    assert not response.cookies
    assert response.templates


@pytest.mark.parametrize("page", PAGES)
def test_page_needs_as_many_queries_for_many_as_for_one(client, page, django_assert_num_queries):
    event = full_event(sessions=2)
    with CaptureQueriesContext(connection) as few:
        client.get(url(event, page))
    for session in list(event.sessions.filter(parent=None)):
        for _ in range(6):
            other = make_session(event, start="09:00", end="10:00", room=make_room(), track=make_track(event))
            make_appearance(other, make_speaker())
            make_appearance(make_session(event, parent=session, start="09:00"), make_speaker())
            make_appearance(other, event.sessions.get(slug="part0").appearances.get().speaker)
            make_partnership(event).sessions.add(other)

    with django_assert_num_queries(len(few)):
        client.get(url(event, page))


def test_agenda_prints_times_zone_roles_and_names(client):
    event = make_event(starts_on=dt.date(2026, 12, 10))
    session = make_session(event, start="09:00", end="10:15", title_en="Opening", type=SessionType.OPENING)
    speaker = make_speaker(name_en="LIN Qinghe", name_zh_hans="林清河")
    make_appearance(session, speaker, label_en="Welcome remarks", printed_title_en="Dean", mode=AppearanceMode.REMOTE)

    page = client.get(url(event, "agenda/")).content.decode()

    assert "Times in GMT+8 (Shanghai)" in page
    assert '<time datetime="2026-12-10T01:00Z" data-clock>09:00</time>' in page
    assert "Thursday 10 December 2026" in page
    assert f'href="/en/events/{event.slug}/speakers/{speaker.slug}/">LIN Qinghe</a>' in page
    assert '<span class="other-name" lang="zh-Hans">林清河</span> <small>(live, remote)</small>' in page
    assert "Welcome remarks" in page
    assert "Dean" in page


def test_agenda_shows_parallel_sessions_parts_breaks_and_what_was_cancelled(client):
    event = make_event()
    whole = make_session(event, start="14:00", end="15:00", track=make_track(event, name_en="Language"))
    make_session(event, start="14:00", end="15:30", status=SessionStatus.CANCELLED)
    make_session(event, parent=whole, label_en="Part I", title_en="Keynotes")
    make_session(event, start="15:30", end="15:45", type=SessionType.BREAK, title_en="Tea break")
    make_session(event, title_en="Someday")

    page = client.get(url(event, "agenda/")).content.decode()

    assert "Thematic sessions, two in parallel" in page
    assert page.count("card is-cancelled") == 1
    assert "Cancelled" in page
    assert "Tea break, 15 minutes" in page
    assert page.index("Time not known") < page.rindex("Someday")


def test_agenda_marks_what_ends_on_the_next_day(client):
    event = make_event()
    end = dt.datetime.combine(event.starts_on + dt.timedelta(days=1), dt.time(1), event.zone)
    make_session(event, start="22:00", ends_at=end)

    assert "+1 day" in client.get(url(event, "agenda/")).content.decode()


def test_agenda_shows_the_tracks_asked_for(client):
    event = make_event()
    for name in ("Law", "Speech"):
        make_session(event, title_en=f"On {name}", track=make_track(event, slug=name.lower(), name_en=name))

    page = client.get(url(event, "agenda/?track=law&track=nonsense")).content.decode()

    assert "On Law" in page
    assert "On Speech" not in page
    assert 'value="law" checked' in page
    assert "On Speech" in client.get(url(event, "agenda/?track=nonsense")).content.decode()


def test_agenda_without_sessions_says_why(client):
    event = make_event(programme_note_en="The programme is not published here.")

    page = client.get(url(event, "agenda/")).content.decode()

    assert "The programme is not published here." in page
    assert "Times in GMT+8" not in page


def test_chinese_agenda_prints_chinese(client):
    event = make_event(starts_on=dt.date(2026, 12, 10))
    speaker = make_speaker(name_en="Ada Speaker", name_zh_hans="阿达·斯皮克")
    session = make_session(event, start="09:00", title_zh_hans="开幕式")
    make_appearance(session, speaker, label_zh_hans="欢迎致辞", printed_title_zh_hans="校长")

    page = client.get(url(event, "agenda/", "zh-hans")).content.decode()

    for words in ("2026年12月10日 周四", "开幕式", "欢迎致辞", "校长", "阿达·斯皮克</a>"):
        assert words in page
    assert '<span class="other-name" lang="en">Ada Speaker</span>' in page


SECRETS = ["Secret draft", "Secret embargo", "Secret person", "Secret part"]


def leaky_event():
    """An edition with everything that must not be seen."""
    event = full_event()
    shown = event.sessions.get(slug="s0")
    person = make_speaker(slug="secret-person", name_en="Secret person")
    later = timezone.now() + dt.timedelta(hours=1)
    embargoed = make_session(event, slug="embargo", start="10:00", title_en="Secret embargo", publish_at=later)
    draft = make_session(event, slug="draft", start="09:00", title_en="Secret draft", status=SessionStatus.DRAFT)
    make_session(event, slug="hidden-part", parent=embargoed, title_en="Secret part")
    for session in (embargoed, draft):
        make_appearance(session, person)
        make_appearance(session, shown.parts.get().appearances.get().speaker)
        event.partnerships.first().sessions.add(session)
    make_appearance(shown, person, is_announced=False)
    make_page(event, slug="draft-page", title_en="Secret draft", is_published=False)
    return event


@pytest.mark.parametrize("page", [*PAGES, "agenda.ics", "sessions/s0.ics"])
def test_page_shows_nothing_that_is_not_public(client, page):
    event = leaky_event()

    text = client.get(url(event, page)).content.decode()

    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize(
    "page",
    [
        *["sessions/draft/", "sessions/embargo/", "sessions/hidden-part/", "sessions/draft.ics"],
        *["speakers/secret-person/", "speakers/nobody/", "draft-page/", "nothing/"],
    ],
)
def test_address_of_what_is_not_public_is_not_found(client, page):
    assert client.get(url(leaky_event(), page)).status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "agenda.ics", "sessions/s0.ics"])
def test_draft_edition_is_not_found(client, page):
    event = full_event()
    event.status = EventStatus.DRAFT
    event.save()

    assert client.get(url(event, page)).status_code == 404


def test_speaker_of_another_edition_is_not_found(client):
    event = full_event()
    make_appearance(make_session(make_event()), make_speaker(slug="elsewhere"))

    assert client.get(url(event, "speakers/elsewhere/")).status_code == 404


def test_speaker_page_lists_all_editions_with_the_title_of_the_day(client):
    speaker = make_speaker(slug="ada", biography_en="Writes *engines*.")
    old, new = make_event(starts_on=dt.date(2021, 12, 4), name_en="Forum 2021"), make_event()
    make_appearance(make_session(old, title_en="Old talk"), speaker, printed_title_en="Dean in 2021")
    make_appearance(make_session(new, title_en="New talk"), speaker, printed_title_en="President")

    page = client.get(url(new, "speakers/ada/")).content.decode()

    assert page.index("New talk") < page.index("Old talk") < page.index("Forum 2021") < page.index("Dean in 2021")
    assert "<em>engines</em>" in page


@pytest.mark.parametrize(("language", "words"), [("en", "Country/region: Japan"), ("zh-hans", "国家/地区：日本")])
def test_speaker_page_shows_the_country_or_region_where_it_is_known(client, language, words):
    event = make_event()
    for slug, country in (("ada", "JP"), ("bo", "")):
        make_appearance(make_session(event), make_speaker(slug=slug, country=country))

    pages = [client.get(url(event, f"speakers/{slug}/", language)).content.decode() for slug in ("ada", "bo")]

    assert [words in page for page in pages] == [True, False]
    assert words[:4] not in pages[1]


def test_session_page_shows_parts_and_neighbours(client):
    event = make_event()
    make_session(event, start="09:00", title_en="Opening")
    plenary = make_session(event, slug="plenary", start="10:30", end="12:15", abstract_en="Four keynotes.")
    part = make_session(event, parent=plenary, slug="one", start="10:30", label_en="Part I", title_en="Keynotes")
    make_appearance(part, make_speaker(name_en="Ingrid Solvang"))
    make_session(event, start="14:00", title_en="After 1")
    make_session(event, start="14:00", title_en="After 2")

    page = client.get(url(event, "sessions/plenary/")).content.decode()

    for words in ("Four keynotes.", "Part I", "Keynotes", "Ingrid Solvang", "105 minutes", "Opening", "After 1"):
        assert words in page
    assert "and one session in parallel" in page
    assert client.get(url(event, "sessions/one/")).headers["Location"] == url(event, "sessions/plenary/#one")


def test_session_page_shows_the_abstracts_of_its_parts(client):
    event = make_event()
    whole = make_session(event, slug="plenary", start="09:00")
    make_session(event, parent=whole, start="09:00", abstract_en="About *evidence*.")
    later = timezone.now() + dt.timedelta(days=1)
    make_session(event, parent=whole, start="10:00", abstract_en="About *secrets*.", publish_at=later)

    page = client.get(url(event, "sessions/plenary/")).content.decode()

    assert "About <em>evidence</em>." in page
    assert "secrets" not in page


def test_break_has_no_page(client):
    event = make_event()
    make_session(event, slug="tea", type=SessionType.BREAK)

    assert client.get(url(event, "sessions/tea/")).status_code == 404


def test_old_addresses_redirect_for_ever(client):
    event = full_event()
    remember_slug(SlugKind.EVENT, target=event.pk, old="old-forum")
    remember_slug(SlugKind.SESSION, target=event.sessions.get(slug="s0").pk, old="old-session", event=event)
    speaker = event.sessions.get(slug="part0").appearances.get().speaker
    remember_slug(SlugKind.SPEAKER, target=speaker.pk, old="old-person")
    remember_slug(SlugKind.PAGE, target=event.pages.get().pk, old="old-page", event=event)

    for old, new in [
        ("/en/events/old-forum/agenda/?a=1", "/en/events/forum/agenda/?a=1"),
        ("/zh-hans/events/old-forum/sessions/s0/", "/zh-hans/events/forum/sessions/s0/"),
        ("/en/events/forum/sessions/old-session/", "/en/events/forum/sessions/s0/"),
        ("/en/events/forum/sessions/old-session.ics", "/en/events/forum/sessions/s0.ics"),
        ("/en/events/forum/speakers/old-person/", "/en/events/forum/speakers/person0/"),
        ("/en/events/forum/old-page/", "/en/events/forum/travel/"),
    ]:
        response = client.get(old)
        assert (response.status_code, response.headers.get("Location")) == (301, new)


def test_about_page_lists_the_labels(client):
    event = make_event(
        theme_en="Rules That Travel", starts_on=dt.date(2026, 12, 10), attendance_mode="online", languages=["en", "zh"]
    )
    make_partnership(event, role="host", printed_name_en="Tsinghua University")

    page = client.get(url(event, "about/")).content.decode()

    for words in ("Rules That Travel", "10–11 December 2026", "Online", "Chinese", "Host", "Tsinghua University"):
        assert words in page


def test_cancelled_edition_says_so(client):
    event = make_event(status=EventStatus.CANCELLED, status_note_en="A storm.")
    make_session(event, start="09:00")

    page = client.get(url(event, "agenda/")).content.decode()

    assert "This edition has been cancelled.</strong> A storm." in page
