"""A large programme: a page for each day, everything still found."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from benchmarks.large import make_large
from events.queries.agenda_page import MOST_ON_A_PAGE

pytestmark = pytest.mark.django_db
AGENDA = "/en/events/large/agenda/"
SESSION = re.compile(r'data-star="')


@pytest.fixture
def event():
    """Somewhat more than fits on one page, on three days."""
    return make_large(sessions=MOST_ON_A_PAGE + 30, people=20)


def shown(client, query=""):
    return client.get(AGENDA + query).content.decode()


def test_a_large_programme_shows_its_first_day_and_links_to_the_others(client, event):
    page = shown(client)

    assert len(SESSION.findall(page)) == (MOST_ON_A_PAGE + 30) / 3
    day = event.starts_on + dt.timedelta(days=1)
    assert f'href="{AGENDA}?day={day}#day-{day}"' in page
    assert f'id="day-{event.starts_on}"' in page
    assert 'aria-current="page"' in page
    assert "?day=all" in page


def test_each_day_has_an_address(client, event):
    page = shown(client, f"?day={event.ends_on}")

    assert f'id="day-{event.ends_on}"' in page
    assert f'id="day-{event.starts_on}"' not in page


def test_today_is_shown_while_it_runs(client, event, time_machine):
    time_machine.move_to(f"{event.ends_on}T05:00:00Z", tick=False)

    assert f'id="day-{event.ends_on}"' in shown(client)


@pytest.mark.parametrize("query", ["?day=all", "?q=administrations"])
def test_all_days_and_every_search_are_on_one_page(client, event, query):
    page = shown(client, query)

    assert len(SESSION.findall(page)) == MOST_ON_A_PAGE + 30
    assert f'href="#day-{event.ends_on}"' in page


def test_an_unknown_day_is_ignored(client, event):
    assert f'id="day-{event.starts_on}"' in shown(client, "?day=1999-01-01")


def test_a_programme_of_usual_size_shows_all_days(client):
    event = make_large(sessions=30, people=10)

    page = shown(client, f"?day={event.ends_on}")
    assert len(SESSION.findall(page)) == 30
    assert "?day=all" not in page


def test_a_session_leads_back_to_its_day(client, event):
    last = event.sessions.order_by("day").last()

    assert (
        f'href="{AGENDA}?day={last.day}&amp;from={last.slug}#{last.slug}"'
        in client.get(last.get_absolute_url()).content.decode()
    )


@pytest.fixture
def crowded():
    """Three days of 240 sessions each, 60 at a time."""
    return make_large(sessions=720, people=20)


def test_a_crowded_day_opens_its_first_hours_and_links_to_the_others(client, crowded):
    page = shown(client)
    per_hour = len(SESSION.findall(page))
    [second, *_others] = re.findall(rf'href="{AGENDA}\?day={crowded.starts_on}&amp;from=([^"#]+)#\1"', page)

    assert 0 < per_hour <= MOST_ON_A_PAGE
    later = shown(client, f"?day={crowded.starts_on}&from={second}")
    assert f'id="{second}"' in later
    assert f'id="{second}"' not in page
    assert len(SESSION.findall(later)) <= MOST_ON_A_PAGE


def test_a_crowded_day_can_be_asked_for_as_a_whole(client, crowded):
    page = shown(client, f"?day={crowded.ends_on}&show=all")

    assert len(SESSION.findall(page)) == crowded.sessions.count() / 3
    assert "&amp;from=" not in page


def test_the_hour_that_runs_is_open(client, crowded, time_machine):
    last = crowded.sessions.filter(day=crowded.ends_on).order_by("starts_at").last()
    time_machine.move_to(last.starts_at, tick=False)

    assert f'id="{last.slug}"' in shown(client)


def test_the_chart_of_the_home_page_leads_to_the_hour(client, crowded):
    first = crowded.sessions.order_by("day", "starts_at", "position").first()

    home = client.get(crowded.get_absolute_url()).content.decode()
    assert f'href="{AGENDA}?day={first.day}&amp;from={first.slug}#{first.slug}"' in home


def test_hundreds_of_sessions_together_name_their_people_in_a_line(client, crowded):
    everything = shown(client, "?day=all")

    assert len(SESSION.findall(everything)) == crowded.sessions.count()
    assert 'class="card-names"' in everything
    assert 'class="card-names"' not in shown(client)
