"""What other pages show of registration."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone

from events.enums import EventStatus, Phase
from events.models import Event
from registrations.queries.offers import deadline_label, note_of
from registrations.templatetags.registrations import HeroNote, hero_note, how_to_join
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
    hero = "{% load registrations %}{% main_button event long=True %}"
    assert ">Join the waiting list</a>" in Template(hero).render(Context({"event": ticket_type.event}))


@pytest.mark.parametrize(("taken", "note"), [(0, ""), (8, ""), (9, "1 of 10 places left")])
def test_places_are_counted_when_few_are_left(taken, note):
    ticket_type = make_ticket_type(capacity=10)
    for _number in range(taken):
        make_registration(ticket_type)
    ticket_type.refresh_from_db()

    assert note_of(ticket_type) == note


def test_line_under_the_headline_says_what_is_full_or_to_come():
    full = make_ticket_type(capacity=1)
    make_registration(full)
    empty = make_event(slug="empty")

    assert hero_note(full.event, Phase.BEFORE, []) == HeroNote("All places are taken.", is_warning=True)
    assert hero_note(empty, Phase.BEFORE, []).words == "The programme and registration will be announced here."
    assert [hero_note(empty, Phase.BEFORE, ["a day"]), hero_note(empty, Phase.AFTER, [])] == [None, None]
    assert hero_note(make_ticket_type(make_event(slug="open")).event, Phase.BEFORE, []) is None


def test_who_cannot_register_any_more_is_told_on_the_live_page():
    closed = make_ticket_type(closes_at=timezone.now()).event
    opened = make_ticket_type(make_event(slug="open")).event

    assert [how_to_join(event)["can_register"] for event in (closed, opened)] == [False, True]
    assert [how_to_join(event)["is_closed"] for event in (closed, opened)] == [True, False]


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
