"""What other pages show of registration."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from events.enums import EventStatus
from events.models import Event
from registrations.queries.offers import deadline_label
from tests.factories import make_event, make_registration, make_session, make_ticket_type

pytestmark = pytest.mark.django_db

TWICE = Template("{% load registrations %}{% main_button event %}{% main_button event small=True %}")


def button(event: Event) -> str:
    return TWICE.render(Context({"event": event})).strip()


def test_the_button_leads_to_the_form(django_assert_num_queries):
    event = make_ticket_type().event

    with django_assert_num_queries(1):
        shown = button(event)

    assert f'<a class="button" href="/en/events/{event.slug}/register/">Register</a>' in shown
    assert '<a class="button button-small"' in shown


def test_the_button_names_the_waiting_list():
    ticket_type = make_ticket_type(capacity=1)
    make_registration(ticket_type)

    assert ">Waiting list</a>" in button(ticket_type.event)


def test_the_button_of_a_past_edition_leads_to_its_recordings(django_assert_num_queries):
    event = make_event(starts_on=timezone.now().date() - dt.timedelta(days=60))
    make_ticket_type(event)
    assert button(Event.objects.get()) == ""

    make_session(event, recording_url="https://video.example/1")
    with django_assert_num_queries(1):
        assert "/documents/#kind-video" in button(event)


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_there_is_no_button_where_nobody_can_register(status):
    assert button(make_ticket_type(make_event(status=status)).event) == ""


def test_there_is_no_button_without_ticket_types_or_after_the_window():
    assert button(make_event()) == ""
    assert button(make_ticket_type(closes_at=timezone.now()).event) == ""


@pytest.mark.parametrize(
    ("closes", "language", "words"),
    [
        (dt.datetime(2026, 12, 16, 16, 0, tzinfo=dt.UTC), "en", "16 December 2026, 24:00 (Shanghai, GMT+8)"),
        (dt.datetime(2026, 12, 16, 16, 0, tzinfo=dt.UTC), "zh-hans", "2026年12月16日 24:00（上海，GMT+8）"),
        (dt.datetime(2026, 12, 16, 10, 0, tzinfo=dt.UTC), "en", "16 December 2026, 18:00 (Shanghai, GMT+8)"),
    ],
)
def test_deadline_at_midnight_belongs_to_the_day_it_ends(closes, language, words):
    assert deadline_label(closes, "Asia/Shanghai", language) == words
