"""The dashboard counts what is there, in a constant number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum_site.accounts.enums import Role
from forum_site.admin.chart import draw_chart, round_up
from forum_site.admin.missing import missing
from registrations.domain.accept import accept
from registrations.domain.cancel import cancel
from registrations.jobs import hand_on_places
from tests.admin.worlds import make_world, organizer, signed_in
from tests.factories import (
    make_appearance,
    make_event,
    make_page,
    make_partner,
    make_partnership,
    make_registration,
    make_session,
    make_speaker,
    make_ticket_type,
)

INDEX = "admin:index"


def figures_of(response):
    return {str(figure.label): figure.number for figure in response.context["figures"]}


@pytest.mark.django_db
def test_dashboard_counts_registrations_by_status():
    event = make_event()
    full = make_ticket_type(event, capacity=2)
    asked = make_ticket_type(event, needs_approval=True)
    for ticket_type in (full, full, full, asked):
        make_registration(ticket_type)
    cancel(make_registration(make_ticket_type(event)))

    response = signed_in(organizer(event)).get(reverse(INDEX))

    assert figures_of(response) == {
        "Registered": 4,
        "Confirmed": 2,
        "To approve": 1,
        "Cancelled": 1,
        "Waiting list": 1,
        "Offers open": 0,
        "Mail not delivered": 6,
    }
    places = response.context["places"]
    assert [(one.taken, one.capacity, one.waiting, one.is_full) for one in places] == [
        (2, 2, 1, True),
        (1, None, 0, False),
        (0, None, 0, False),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "1 accepted, 1 expired"), ("zh-hans", "已接受 1 个，已过期 1 个")]
)
def test_dashboard_counts_offers_and_what_became_of_them(language, words):
    ticket_type = make_ticket_type(make_event(), capacity=1)
    first, second, _third, fourth = (make_registration(ticket_type) for _ in range(4))
    cancel(first)
    second.refresh_from_db()
    accept(second)
    cancel(second)
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        hand_on_places()
    make_registration(make_ticket_type())

    response = signed_in(organizer(ticket_type.event), django_language=language).get(reverse(INDEX))

    fourth.refresh_from_db()
    assert fourth.status == "offered"
    [offers] = [figure for figure in response.context["figures"] if figure.note and figure.url.endswith("=offered")]
    assert (offers.number, str(offers.note)) == (1, words)
    assert words in response.content.decode()


@pytest.mark.django_db
def test_figures_lead_to_lists_of_that_length():
    event = make_event()
    make_registration(make_ticket_type(event))
    make_registration(make_ticket_type(event, needs_approval=True))
    client = signed_in(organizer(event))

    for figure in client.get(reverse(INDEX)).context["figures"]:
        if str(figure.label) != "Registered":
            assert client.get(figure.url).context["cl"].result_count == figure.number


@pytest.mark.django_db
def test_dashboard_takes_as_many_queries_for_a_large_edition():
    world = make_world(status="published")
    client = signed_in(organizer(world.event))
    client.get(reverse(INDEX))
    before = _queries(client)
    for _number in range(5):
        session = make_session(world.event)
        make_appearance(session)
        make_partnership(world.event)
        make_page(world.event)
        make_registration(make_ticket_type(world.event))

    assert _queries(client) == before


def _queries(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(INDEX))
    return len(queries)


@pytest.mark.django_db
def test_editor_sees_the_programme_but_no_people():
    event = make_event()
    make_registration(make_ticket_type(event), full_name="Secret Guest")

    response = signed_in(organizer(event, Role.EDITOR)).get(reverse(INDEX))

    assert "Secret Guest" not in response.content.decode()
    assert "figures" not in response.context


@pytest.mark.django_db
def test_missing_names_what_an_edition_lacks():
    event = make_event(name_zh_hans="活动", theme_zh_hans="主题")
    make_session(event, title_zh_hans="会议")
    make_appearance(make_session(event, start="09:00"), make_speaker())
    make_partnership(event, make_partner())

    found = {lack.sentence: lack.number for lack in missing(event)}

    assert found == {
        "titles have only one language": 3,
        "session has no people": 1,
        "sessions have no time or no room": 2,
        "speaker has no portrait": 1,
        "organization has no logo": 1,
        "page on personal data is missing": 1,
        "mail server is not configured": 1,
    }


@pytest.mark.django_db
def test_missing_counts_zero_where_all_is_there(settings):
    settings.EMAIL_IS_CONFIGURED = True
    event = make_event(name_zh_hans="活动", theme_zh_hans="主题")
    make_page(event, slug="privacy", title_zh_hans="隐私")

    assert [lack.number for lack in missing(event)] == [0] * 7


@pytest.mark.django_db
def test_dashboard_without_any_edition_says_so():
    response = signed_in(organizer(None)).get(reverse(INDEX))

    assert "There is no edition yet" in response.content.decode()


@pytest.mark.django_db
def test_dashboard_begins_with_the_next_edition():
    today = timezone.now().date()
    make_event(starts_on=today - dt.timedelta(days=400))
    coming = make_event(starts_on=today + dt.timedelta(days=20))
    make_event(starts_on=today + dt.timedelta(days=300))

    assert signed_in(organizer(None)).get(reverse(INDEX)).context["event"] == coming


@pytest.mark.parametrize(("number", "top"), [(0, 3), (3, 3), (4, 6), (7, 15), (16, 30), (75, 150), (1200, 1500)])
def test_scale_of_the_chart_has_whole_steps(number, top):
    assert round_up(number) == top


def test_chart_draws_a_bar_for_each_day_with_registrations():
    days = [(dt.date(2026, 10, 8) + dt.timedelta(days=n), n % 3) for n in range(46)]

    chart = draw_chart(days, "en")

    assert len(chart.bars) == sum(1 for _day, number in days if number)
    assert all(0 <= bar.y <= bar.y + bar.height <= chart.base + 0.1 for bar in chart.bars)
    assert [label.label for label in chart.labels] == ["8 Oct", "22 Oct", "5 Nov", "19 Nov"]
