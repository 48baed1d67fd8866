"""What the address of the agenda can ask for."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.http import QueryDict
from icalendar import Calendar

from events.enums import AttendanceMode, SessionType
from events.queries.agenda_page import agenda_page
from events.queries.filters import LONGEST_TEXT, MOST_WORDS, Wishes, folded, short_name
from tests.factories import (
    make_appearance,
    make_event,
    make_partner,
    make_partnership,
    make_session,
    make_speaker,
    make_track,
)

pytestmark = pytest.mark.django_db


def shown(event, query=""):
    """The titles on the page at this address."""
    return [one.session.title for one in agenda_page(event, QueryDict(query)).shown]


@pytest.fixture
def event():
    return make_event(slug="forum", timezone_name="Asia/Shanghai")


def test_agenda_without_parameters_is_whole(event):
    make_session(event, start="09:00", title_en="A")
    make_session(event, start="10:00", title_en="Tea", type=SessionType.BREAK)

    page = agenda_page(event, QueryDict())

    assert ([one.session.title for one in page.shown], page.count, page.total) == (["A"], 1, 1)
    assert [slot.is_break for slot in page.days[0].slots] == [False, True]
    assert page.wishes == Wishes()


def test_tracks_add_up(event):
    law, speech = make_track(event, slug="law"), make_track(event, slug="speech")
    for title, track in (("L", law), ("S", speech), ("None", None)):
        make_session(event, start="09:00", title_en=title, track=track)

    assert shown(event, "track=law") == ["L"]
    assert shown(event, "track=law&track=speech") == ["L", "S"]
    assert [(one.value, one.count, one.is_chosen) for one in agenda_page(event, QueryDict("track=law")).tracks] == [
        ("law", 1, True),
        ("speech", 1, False),
    ]


def test_type_language_and_mode_narrow(event):
    make_session(event, title_en="P", type=SessionType.PLENARY, languages=["en"], mode=AttendanceMode.MIXED)
    make_session(event, title_en="T", type=SessionType.THEMATIC, languages=["en", "zh"], mode=AttendanceMode.ONSITE)
    make_session(event, title_en="W", type=SessionType.WORKSHOP, languages=["zh"], mode=AttendanceMode.ONLINE)

    assert shown(event, "type=plenary") == ["P"]
    assert shown(event, "language=zh") == ["T", "W"]
    assert shown(event, "language=zh&type=thematic") == ["T"]
    assert shown(event, "mode=online") == ["P", "W"]
    assert shown(event, "mode=onsite") == ["P", "T"]


def test_partner_shows_what_it_co_hosts(event):
    shared = make_session(event, title_en="Shared")
    make_session(event, title_en="Other")
    make_partnership(event, make_partner(slug="audit", name_en="Audit Offices")).sessions.add(shared)
    make_partnership(event, make_partner(slug="idle"))

    page = agenda_page(event, QueryDict("partner=audit"))

    assert [one.session.title for one in page.shown] == ["Shared"]
    assert [(one.value, one.label) for one in page.partners] == [("audit", "Audit Offices")]
    assert shown(event, "partner=idle") == ["Shared", "Other"]


def test_zone_shows_what_lies_between_8_and_22_there(event):
    make_session(event, start="09:00", end="10:00", title_en="Morning")  # 04:00 in Nairobi
    make_session(event, start="13:00", end="14:00", title_en="Noon")  # 08:00
    make_session(event, start="19:00", title_en="Evening")  # 14:00
    make_session(event, title_en="Someday")

    assert shown(event, "zone=Africa/Nairobi") == ["Noon", "Evening"]
    assert shown(event, "zone=America/New_York") == ["Morning"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("audit", True),
        ("AUDIT rules", True),
        ("可信", True),
        ("问责 audit", True),
        ("ribera", True),
        ("里贝拉", True),
        ("ministry of truth", True),
        ("Ａｕｄｉｔ", True),
        ("part one", True),
        ("nothing of this", False),
        ("room", False),
    ],
)
def test_search_reads_both_languages_whatever_the_page_is_in(event, text, found):
    session = make_session(event, title_en="Rules of audit", abstract_zh_hans="面向公众的可信人工智能与问责机制。")
    speaker = make_speaker(name_en="Tomás Ribera", name_zh_hans="托马斯·里贝拉")
    make_appearance(session, speaker, printed_title_en="Ministry of Truth")
    make_session(event, parent=session, title_en="Part one")
    make_session(event, title_en="Something else")

    assert shown(event, f"q={quote(text)}") == (["Rules of audit"] if found else [])


def test_search_is_bounded(event):
    make_session(event, title_en="A")

    wishes = agenda_page(event, QueryDict(f"q={'a%20' * 5000}")).wishes

    assert (len(wishes.text) <= LONGEST_TEXT, len(wishes.words)) == (True, MOST_WORDS)
    assert shown(event, "q=%00a") == ["A"]


def test_folded_text_has_no_case_accents_or_wide_forms():
    assert folded("Straße ＡＩ Ñandú 问责") == "strasse ai nandu 问责"


@pytest.mark.parametrize(
    "query", ["track=x", "type=break", "type=x", "mode=mixed", "language=xx", "partner=x", "zone=Mars", "q=", "y=1"]
)
def test_what_is_not_known_is_ignored(client, event, query):
    make_session(event, title_en="A")

    assert shown(event, query) == ["A"]
    assert client.get(f"/en/events/forum/agenda/?{query}").status_code == 200


def test_own_agenda_is_read_from_the_address(client, event):
    first, second = make_session(event, title_en="First", slug="first"), make_session(event, slug="second")

    page = client.get(f"/en/events/forum/agenda/?mine={short_name(first)}-00000000").content.decode()

    assert shown(event, f"mine={short_name(first)}-00000000") == ["First"]
    assert "1 of 2 sessions" in page
    assert "agenda.ics?sessions=first" in page
    assert f'value="00000000-{short_name(first)}" checked' in page or f'value="{short_name(first)}-00000000"' in page
    assert second.slug not in page.partition("<main")[2]


def test_empty_own_agenda_says_how_to_fill_it(client, event):
    make_session(event)

    page = client.get("/en/events/forum/agenda/?mine=").content.decode()

    assert "Your agenda is still empty" in page
    assert "0 of 1 session" in page


def test_nothing_found_leads_back(client, event):
    make_session(event)

    page = client.get("/zh-hans/events/forum/agenda/?q=zzz").content.decode()

    assert 'class="nothing"' in page
    assert 'href="/zh-hans/events/forum/agenda/"' in page.partition('class="nothing"')[2]


def test_text_of_a_search_is_escaped(client, event):
    make_session(event)

    page = client.get("/en/events/forum/agenda/?q=%22%3E%3Cscript%3E").content.decode()

    assert 'value="&quot;&gt;&lt;script&gt;"' in page


def test_calendar_of_chosen_sessions_has_no_others(client, event):
    for slug in ("a", "b", "c"):
        make_session(event, start="09:00", end="10:00", slug=slug)

    def entries(query):
        calendar = Calendar.from_ical(client.get(f"/en/events/forum/agenda.ics{query}").content)
        return [str(one["url"]).rstrip("/").rpartition("/")[2] for one in calendar.walk("VEVENT")]

    assert entries("") == ["a", "b", "c"]
    assert entries("?sessions=c,a,unknown") == ["a", "c"]
    assert entries("?sessions=") == []


@pytest.mark.parametrize("query", ["", "?track=t0&language=en&partner=p0&zone=UTC&q=a&mine=00000000"])
def test_agenda_needs_as_many_queries_for_many_as_for_one(client, query, django_assert_max_num_queries):
    event = make_event()
    counts = []
    for number in range(4):
        track = make_track(event, slug=f"t{number}")
        session = make_session(event, start="09:00", end="10:00", track=track, languages=["en"])
        make_appearance(session)
        make_partnership(event, make_partner(slug=f"p{number}")).sessions.add(session)
        with django_assert_max_num_queries(14) as queries:
            client.get(f"/en/events/{event.slug}/agenda/{query}")
        counts.append(len(queries))

    assert len(set(counts[1:])) == 1
