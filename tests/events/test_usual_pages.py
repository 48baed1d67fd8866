"""Usual pages: drafts for an organizer to fill, published by nobody else."""

import datetime as dt

import pytest
from django.urls import reverse

from events.domain.usual_pages import USUAL_PAGES, add_usual_pages
from events.enums import EventStatus
from events.models import Event
from forum_site.accounts.enums import Role
from tests.admin.forms import form_data
from tests.admin.worlds import organizer, signed_in
from tests.factories import make_event, make_page, make_series

pytestmark = pytest.mark.django_db
SLUGS = [usual.slug for usual in USUAL_PAGES]


def press(event, user):
    return signed_in(user).post(reverse("admin:events_event_do", args=[event.pk, "usual-pages"]))


def test_usual_pages_are_drafts_with_headings_in_both_languages(client):
    event = make_event(slug="forum")

    add_usual_pages(event)

    page = event.pages.get(slug="venue")
    assert (page.title_en, page.title_zh_hans) == ("Venue and access", "会场与交通")
    assert "## Getting there" in page.body_en
    assert "## 交通方式" in page.body_zh_hans
    assert [page.slug for page in event.pages.filter(is_published=False)] == SLUGS
    assert client.get("/en/events/forum/venue/").status_code == 404
    assert "Venue and access" not in client.get("/en/events/forum/").content.decode()


def test_usual_pages_leave_alone_what_is_there():
    event = make_event()
    mine = make_page(event, slug="faq", position=7, body_en="My words")

    add_usual_pages(event)
    add_usual_pages(event)

    mine.refresh_from_db()
    assert mine.body_en == "My words"
    assert sorted(event.pages.values_list("slug", flat=True)) == sorted(SLUGS)
    assert event.pages.get(slug="practical-information").position == 8


def test_usual_pages_begin_with_what_the_last_edition_has_published():
    series, start = make_series(), dt.date(2026, 12, 10)
    for year, fields in [(2023, {}), (2024, {}), (2025, {"is_published": False})]:
        last = make_event(series=series, starts_on=start.replace(year=year))
        make_page(last, slug="faq", body_en=f"Words of {year}", **({"is_published": True} | fields))
    hidden = make_event(series=series, starts_on=start.replace(year=2025, month=1), status=EventStatus.DRAFT)
    make_page(hidden, slug="faq", body_en="Words of a draft", is_published=True)
    make_page(make_event(starts_on=start), slug="faq", body_en="Words of another series", is_published=True)
    event = make_event(series=series, starts_on=start)

    add_usual_pages(event)

    page = event.pages.get(slug="faq")
    assert (page.body_en, page.is_published) == ("Words of 2024", False)


def test_a_new_edition_has_the_usual_pages():
    client = signed_in(organizer(None, Role.OWNER))
    add = reverse("admin:events_event_add")
    fields = {"series": make_series().pk, "name_en": "New", "slug": "new", "timezone_name": "Asia/Shanghai"}
    days = {"starts_on": "2027-03-01", "ends_on": "2027-03-02", "attendance_mode": "online"}

    response = client.post(add, form_data(client.get(add), "event_form") | fields | days)

    assert response.status_code == 302, response.context["errors"]
    event = Event.objects.get(slug="new")
    assert [(page.slug, page.is_published) for page in event.pages.all()] == [(slug, False) for slug in SLUGS]


def test_only_who_may_change_the_edition_adds_them():
    event = make_event()

    press(event, organizer(make_event()))
    assert event.pages.count() == 0

    press(event, organizer(event, Role.EDITOR))
    assert event.pages.count() == len(SLUGS)
