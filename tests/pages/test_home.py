"""The home page of the site and of an edition, as a visitor gets it."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.enums import AttendanceMode, EventStatus
from events.queries.documents import KindGroup
from forum_site.pages.home import first_cards, home_context, recordings_first
from registrations.queries.main_button import main_button_of
from tests.factories import (
    at,
    make_appearance,
    make_document,
    make_event,
    make_key_date,
    make_page,
    make_partnership,
    make_series,
    make_session,
    make_speaker,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db


def full_event(size=1, **fields):
    """An edition in which everything the home page can show exists, `size` times."""
    event = make_event(summary_en="Why we meet.\n\nHow we meet.", **fields)
    for _number in range(size):
        session = make_session(event, start="09:00", end="10:00")
        make_appearance(session)
        make_partnership(event)
        make_page(event)
    return event


def test_home_shows_the_next_edition(client):
    make_event(theme_en="Long Past", starts_on=dt.date(2020, 12, 18))
    make_event(theme_en="Coming Next")

    response = client.get("/en/")

    assert response.status_code == 200
    assert response.context["event"].theme_en == "Coming Next"
    assert not response.cookies


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_home_without_an_edition_says_so(client, language):
    assert client.get(f"/{language}/").templates[0].name == "pages/home_empty.html"


def test_home_hides_a_draft(client):
    make_event(status=EventStatus.DRAFT)

    assert client.get("/en/").templates[0].name == "pages/home_empty.html"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_edition_has_its_own_home(client, language):
    event = full_event(starts_on=dt.date(2020, 12, 18))

    response = client.get(f"/{language}/events/{event.slug}/")

    assert response.status_code == 200
    assert response.context["event"] == event


def test_edition_home_needs_as_many_queries_for_many_as_for_one(client):
    few, many = full_event(), full_event(4)
    client.get("/en/editions/")  # asks the clock for all pages
    counts = []
    for event in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"/en/events/{event.slug}/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_home_says_that_an_edition_is_cancelled(client):
    make_event(status=EventStatus.CANCELLED, status_note_en="We are sorry.")

    assert "We are sorry." in client.get("/en/").content.decode()


def test_home_leaves_out_facts_that_are_not_known():
    assert home_context(make_event(attendance_mode=""))["facts"] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Thursday and Friday", "Shanghai, GMT+8"]), ("zh-hans", ["周四至周五", "上海，GMT+8"])],
)
def test_facts_name_the_zone_with_its_city(client, language, words):
    event = make_event(slug="forum", starts_on=dt.date(2026, 12, 10))

    page = client.get(f"/{language}/events/{event.slug}/").content.decode()

    [facts] = re.findall(r'<div class="facts">.*?</dl>', page, re.DOTALL)
    assert re.findall(r'<dd><span class="nowrap">([^<]+)</span></dd>', facts) == words


def test_home_line_names_place_and_form():
    event = make_event(place_en="Geneva", attendance_mode=AttendanceMode.MIXED)

    assert home_context(event)["hero_line"] == "Geneva and online"


def test_cards_fill_two_rows_and_a_long_title_counts_twice():
    event = make_event()
    session = make_session(event, start="09:00", end="10:00")
    make_appearance(session, printed_title_en="x" * 201)
    for _number in range(9):
        make_appearance(session)

    context = home_context(event)

    assert len(context["people"]) == 7
    assert context["people_count"] == 10
    assert first_cards([]) == []


def test_groups_keep_the_printed_label_and_the_order():
    event = make_event()
    make_partnership(event, label_en="Supporting Partners", position=1)
    make_partnership(event, label_en="Supporting Partners", position=2)
    make_partnership(event, role="host", position=1)

    groups = home_context(event)["partner_groups"]

    assert [(group.label, group.is_lead, len(group.partnerships)) for group in groups] == [
        ("Host", True, 1),
        ("Supporting Partners", False, 2),
    ]


def test_home_of_the_past_lists_recordings_first():
    papers = KindGroup("white_paper", "White papers", [])
    recordings = KindGroup("video", "Recordings", [])

    assert [group.kind for group in recordings_first([papers, recordings])] == ["video", "white_paper"]


def test_editions_mark_what_is_invented(client):
    make_event(series=make_series(slug="invented", is_sample=True))
    make_event(series=make_series(slug="real"))

    assert client.get("/en/editions/").content.decode().count("Sample edition") == 1


def test_editions_lists_all_public_ones_newest_first(client):
    make_event(theme_en="Old", starts_on=dt.date(2020, 1, 1))
    make_event(theme_en="New", starts_on=timezone.now().date())
    make_event(theme_en="Secret", status=EventStatus.DRAFT)

    editions = client.get("/en/editions/").context["editions"]

    assert [event.theme_en for event in editions] == ["New", "Old"]


def test_root_follows_the_browsers_language(client):
    response = client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"})

    assert (response.status_code, response["Location"], response["Vary"]) == (302, "/zh-hans/", "Accept-Language")


def test_home_names_a_speaker_once(client):
    event = make_event()
    speaker = make_speaker(name_en="Only Once")
    for start in ("09:00", "11:00"):
        make_appearance(make_session(event, start=start), speaker)

    assert [person.speaker for person in home_context(event)["people"]] == [speaker]


DAY = dt.date(2026, 12, 10)


@pytest.mark.parametrize(
    ("clock", "day", "words"),
    [
        ("23:59", -19, "in 19 days"),
        ("00:00", -18, "in 18 days"),
        ("23:59", -2, "in 2 days"),
        ("00:00", -1, "tomorrow"),
        ("23:59", -1, "tomorrow"),
        ("00:00", 0, "today"),
        ("08:59", 0, "today"),
        ("09:00", 0, ""),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Honolulu", "Pacific/Kiritimati"])
def test_countdown_counts_the_days_of_the_edition_and_not_of_the_visitor(zone, clock, day, words):
    event = make_event(starts_on=DAY, timezone_name=zone)
    make_session(event, start="09:00", end="10:00")

    with time_machine.travel(at(event, clock, day=day), tick=False):
        assert home_context(event)["countdown"] == words


def test_kept_home_counts_anew_at_midnight_of_the_edition(client):
    event = make_event(slug="forum", starts_on=DAY, timezone_name="Asia/Kathmandu")

    with time_machine.travel(at(event, "23:59", day=-2), tick=False) as clock:
        assert "in 2 days" in client.get("/en/events/forum/").content.decode()
        clock.move_to(at(event, "00:00", day=-1), tick=False)
        assert "tomorrow" in client.get("/en/events/forum/").content.decode()


def test_home_shows_first_whom_the_organizer_has_chosen():
    event = make_event()
    session = make_session(event, start="09:00", end="10:00")
    first, keynote, chosen, best = (make_speaker() for _number in range(4))
    make_appearance(session, first)
    make_appearance(session, keynote, role="keynote")
    make_appearance(session, chosen, featured_position=2)
    make_appearance(session, best, featured_position=1)

    assert [person.speaker for person in home_context(event)["people"]] == [best, chosen, keynote, first]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("clock", "day", "phase"), [("09:30", -9, "before"), ("09:30", 0, "live"), ("09:30", 9, "after")]
)
def test_home_follows_the_clock(client, language, clock, day, phase):
    event = make_event(slug="forum", starts_on=DAY, summary_en="Why.")
    make_key_date(event)
    make_ticket_type(event)
    session = make_session(event, start="09:00", end="10:00", recording_url="https://video.example/1")
    make_appearance(session)
    make_partnership(event)

    with time_machine.travel(at(event, clock, day=day), tick=False):
        client.get("/en/editions/")
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/{language}/events/forum/")

    html = response.content.decode()
    assert response.context["phase"] == phase
    assert len(queries) <= 12
    assert ('class="key-dates"' in html) == (phase == "before")
    assert ("data-live" in html) == ("button-live" in html) == (phase == "live")
    assert ('id="kind-video"' in html) == ("video.example" in html) == (phase == "after")


def test_home_of_the_past_leads_to_the_next_edition(client):
    series = make_series()
    old = make_event(series=series, starts_on=dt.date(2020, 12, 18))
    make_event(series=series, starts_on=dt.date(2022, 12, 9), slug="cancelled", status=EventStatus.CANCELLED)
    make_event(series=series, starts_on=dt.date(2023, 12, 9), slug="next")
    make_event(series=series, starts_on=dt.date(2024, 12, 9), slug="later")

    html = client.get(old.get_absolute_url()).content.decode()

    assert '<a class="more" href="/en/events/next/">' in html


def test_home_of_the_past_counts_what_is_known():
    event = make_event(starts_on=dt.date(2020, 12, 18))
    session = make_session(event)
    make_appearance(session)
    make_appearance(session)

    found = home_context(event)

    assert [(fact.label, fact.value) for fact in found["figures"]] == [
        ("Days", "2"),
        ("Sessions", "1"),
        ("Speakers", "2"),
    ]


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_home_of_what_was_called_off_neither_counts_nor_looks_back(client, status):
    event = make_event(starts_on=dt.date(2020, 12, 18), status=status)
    make_key_date(event)

    response = client.get(event.get_absolute_url())

    assert (response.context["phase"], response.context["countdown"], response.context["key_dates"]) == ("off", "", [])
    assert "took part" not in response.content.decode()


def test_the_documents_that_are_shown_afterwards_say_whether_there_is_anything_to_watch(django_assert_num_queries):
    event = make_event(starts_on=dt.date(2025, 5, 1))
    make_document(event, kind="video")

    home_context(event)

    with django_assert_num_queries(0):
        assert main_button_of(event).word == "Watch"
