"""The dates that people plan by."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.translation import override

from events.models import KeyDate
from forum_site.pages.key_dates import key_dates
from tests.factories import at, make_event, make_key_date, make_ticket_type

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 10)


@pytest.fixture
def event():
    return make_event(slug="forum", starts_on=DAY)


def rows(event, clock="12:00", *, day=-30):
    """Date, label and hour of each line, with a mark for the past and the next."""
    with time_machine.travel(at(event, clock, day=day), tick=False):
        return [
            (row.when, row.label, row.hour, "past" if row.is_past else "next" if row.is_next else "")
            for row in key_dates(event)
        ]


def test_the_days_of_the_forum_alone_are_no_list(event):
    make_ticket_type(event)

    assert rows(event) == []


def test_registration_and_what_the_organizers_entered_stand_in_order(event):
    make_ticket_type(event, opens_at=at(event, "10:00", day=-40), closes_at=at(event, "00:00", day=-2))
    make_key_date(event, label_en="Agenda", happens_on=dt.date(2026, 12, 4))
    make_key_date(event, label_en="Call closes", happens_at=at(event, "18:00", day=-20))

    assert rows(event) == [
        ("31 Oct", "Registration opened", "10:00 (Shanghai, GMT+8)", "past"),
        ("20 Nov", "Call closes", "18:00 (Shanghai, GMT+8)", "next"),
        ("4 Dec", "Agenda", "", ""),
        ("7 Dec", "Registration closes", "", ""),
        ("10–11 Dec", "Forum", "", ""),
    ]


def test_registration_is_named_as_it_stands(event):
    make_ticket_type(event, opens_at=at(event, "10:00", day=-20), closes_at=at(event, "18:00", day=-2))

    assert rows(event, "09:59", day=-20)[0][1] == "Registration opens"
    assert rows(event, "10:00", day=-20)[0][1] == "Registration opened"
    assert rows(event, "17:59", day=-2)[1][1] == "Registration closes"
    assert rows(event, "18:00", day=-2)[1][1] == "Registration closed"


def test_a_window_that_not_all_ticket_types_have_is_not_named(event):
    make_ticket_type(event, closes_at=at(event, "18:00", day=-2))
    make_ticket_type(event)

    assert rows(event) == []


def test_a_day_is_over_when_it_ends_in_the_zone_of_the_edition(event):
    make_key_date(event, happens_on=dt.date(2026, 12, 4))

    assert rows(event, "23:59", day=-6)[0][3] == "next"
    assert rows(event, "00:00", day=-5)[0][3] == "past"


def test_chinese_dates(event):
    make_key_date(event, label_zh_hans="公布议程", happens_on=dt.date(2026, 12, 4))

    with override("zh-hans"):
        assert [row[:2] for row in rows(event)] == [("12月4日", "公布议程"), ("12月10日至11日", "论坛")]


@pytest.mark.parametrize("when", [{}, {"happens_on": DAY, "happens_at": dt.datetime(2026, 12, 1, tzinfo=dt.UTC)}])
def test_a_key_date_is_either_a_day_or_a_moment(event, when):
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyDate.objects.create(event=event, label_en="Both or neither", **when)
