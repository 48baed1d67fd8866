import datetime as dt

import pytest

from events.enums import EventStatus
from events.queries.editions import all_editions, current_event
from tests.factories import make_event

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)
NOON = dt.datetime(2026, 12, 10, 4, tzinfo=dt.UTC)  # in Shanghai


def on(days, **fields):
    return make_event(starts_on=DAY + dt.timedelta(days=days), **fields)


def test_current_event_is_the_running_one():
    on(-400)
    running = on(-1)
    on(30)

    assert current_event(NOON) == running


def test_current_event_is_the_next_one():
    on(-400)
    on(90)
    soon = on(30)

    assert current_event(NOON) == soon


def test_current_event_is_else_the_latest_past_one():
    on(-800)
    latest = on(-400)

    assert current_event(NOON) == latest


def test_current_event_stays_until_its_last_day_is_over_in_its_own_zone():
    ending = on(-1)
    following = on(20)

    assert current_event(dt.datetime(2026, 12, 10, 15, 59, tzinfo=dt.UTC)) == ending
    assert current_event(dt.datetime(2026, 12, 10, 16, 1, tzinfo=dt.UTC)) == following


def test_drafts_are_in_no_list():
    on(1, status=EventStatus.DRAFT)
    assert current_event(NOON) is None
    cancelled, published = on(-300, status=EventStatus.CANCELLED), on(-20)

    assert list(all_editions()) == [published, cancelled]
