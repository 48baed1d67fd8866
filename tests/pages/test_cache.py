"""Whole pages are kept, and never after anything public has changed."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest
from django.db import connection
from django.http.response import ResponseHeaders

from events.domain.versions import publish_version
from events.enums import EventStatus, SlugKind
from events.models import Event, OldSlug, Session
from forum_site.pages.cache.entry import OVERHEAD, Entry
from forum_site.pages.cache.stamp import current_stamp
from forum_site.pages.cache.store import PageStore
from forum_site.pages.cache.triggers import definitions, install_triggers, installed, remove_triggers
from forum_site.pages.cache.watched import watched_models
from partners.models import Partnership
from registrations.domain.bookings import book
from registrations.models import TicketType
from tests.factories import (
    make_announcement,
    make_appearance,
    make_bookable,
    make_booking_rules,
    make_document,
    make_event,
    make_key_date,
    make_news,
    make_page,
    make_partnership,
    make_preview_link,
    make_quota,
    make_registration,
    make_role,
    make_room,
    make_session,
    make_speaker,
    make_ticket_type,
    make_track,
    make_user,
    make_venue,
)

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def event():
    """An edition in which everything exists that pages can show."""
    venue = make_venue()
    found = make_event(slug="cached", venue=venue)
    session = make_session(found, start="09:00", end="10:00", room=make_room(venue), track=make_track(found))
    make_appearance(session)
    make_page(found, slug="faq")
    make_news(found)
    make_document(found)
    make_announcement(found)
    make_preview_link(found)
    make_key_date(found)
    make_partnership(found).sessions.add(session)
    make_ticket_type(found, capacity=100)
    publish_version(found)
    make_quota(found)
    make_bookable(session, capacity=2)
    make_booking_rules(found)
    OldSlug.objects.create(kind=SlugKind.EVENT, slug="earlier", target=found.pk)
    return found


HOME = "/en/events/cached/"


def made_anew(client, path=HOME):
    """Fetch a page and say whether templates were rendered for it."""
    response = client.get(path)
    assert response.status_code == 200
    return bool(response.templates)


@pytest.mark.parametrize(
    "path", ["/en/", HOME, f"{HOME}agenda/", f"{HOME}agenda.ics", f"{HOME}speakers/", f"{HOME}partners/", f"{HOME}faq/"]
)
def test_a_warm_page_costs_one_query(client, event, django_assert_num_queries, path):
    first = client.get(path)

    with django_assert_num_queries(1):
        second = client.get(path)

    assert not second.templates
    assert second.content == first.content
    assert second.headers == first.headers
    assert second["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second["Vary"] == "Accept-Encoding"
    assert not first.cookies
    assert not second.cookies


def test_a_kept_page_has_the_headers_of_every_answer(client, event):
    made_anew(client)

    response = client.get(HOME)

    assert response["Content-Language"] == "en"
    assert "default-src" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_compressed_and_plain_page_are_the_same_page_with_marks_of_their_own(client, event):
    plain, packed = client.get(HOME), client.get(HOME, headers=GZIP)

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert packed["ETag"] != plain["ETag"]
    assert not packed["ETag"].startswith("W/")


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_who_has_the_page_gets_304(client, event, headers):
    etag = client.get(HOME, headers=headers)["ETag"]

    response = client.get(HOME, headers=headers | {"If-None-Match": etag})

    assert response.status_code == 304
    assert response["ETag"] == etag
    assert response["Vary"] == "Accept-Encoding"
    assert not response.content
    assert client.get(HOME, headers=headers | {"If-None-Match": '"old"'}).status_code == 200


def test_a_change_elsewhere_makes_the_page_anew_but_not_its_mark(client, event):
    etag = client.get(HOME)["ETag"]
    make_speaker()

    assert client.get(HOME, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("is_warm", [True, False])
def test_head_tells_what_get_would(client, event, is_warm):
    if is_warm:
        client.get(HOME)

    head = client.head(HOME)
    get = client.get(HOME)

    assert head.status_code == 200
    assert not head.content
    assert head.headers == get.headers


def test_booked_session_leaves_the_pages_as_they_are(client, event):
    bookable = event.sessions.get().bookable
    people = [make_registration(event.ticket_types.get()) for _ in range(3)]
    made_anew(client)

    for person in people:
        book(person, bookable=bookable)

    assert not made_anew(client)


def touch(model):
    """Change a row of the model without telling Django's signals."""
    row = model.objects.first()
    field = next(field for field in model._meta.local_concrete_fields if not field.primary_key)
    model.objects.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})


@pytest.mark.parametrize("model", watched_models(), ids=lambda model: model.__name__)
def test_update_past_all_signals_is_seen(client, event, model):
    made_anew(client)
    assert not made_anew(client)

    touch(model)

    assert made_anew(client)


@pytest.mark.parametrize("model", watched_models(), ids=lambda model: model.__name__)
def test_every_model_has_its_triggers(model):
    tables = list(installed(connection).values())

    assert tables.count(model._meta.db_table) == len(
        [name for table, name, _sql in definitions(connection.vendor) if table == model._meta.db_table]
    )


def test_a_new_row_a_bulk_and_a_delete_are_seen(client, event):
    steps = [
        lambda: make_session(event),
        lambda: Session.objects.bulk_create([Session(event=event, slug="bulk", title_en="Bulk", day=event.starts_on)]),
        lambda: Session.objects.filter(slug="bulk").delete(),
        lambda: Partnership.objects.get().sessions.clear(),
        lambda: Partnership.objects.get().sessions.add(Session.objects.first()),
        lambda: connection.cursor().execute("UPDATE partners_partner SET website = 'https://example.org/'"),
    ]
    for step in steps:
        made_anew(client)
        step()
        assert made_anew(client)
        assert not made_anew(client)


def test_a_change_shows_its_words_at_once(client, event):
    assert "Other theme" not in client.get(HOME).content.decode()

    Event.objects.update(theme_en="Other theme")

    assert "Other theme" in client.get(HOME).content.decode()


def test_a_withdrawn_page_is_gone_at_once(client, event):
    made_anew(client)

    Event.objects.update(status=EventStatus.DRAFT)

    assert client.get(HOME).status_code == 404


def test_a_registration_leaves_the_pages_alone_until_the_last_place(client, event):
    ticket_type = TicketType.objects.get()
    before = current_stamp()

    make_registration(ticket_type)

    assert current_stamp() == before
    TicketType.objects.update(capacity=2)
    before = current_stamp()
    assert ">Register</a>" in client.get(HOME).content.decode()
    make_registration(ticket_type)
    assert current_stamp() != before
    assert ">Waiting list</a>" in client.get(HOME).content.decode()


def test_languages_do_not_mix(client, event):
    assert 'lang="en"' in client.get(HOME).content.decode()
    assert 'lang="zh-Hans"' in client.get("/zh-hans/events/cached/").content.decode()
    assert client.get(HOME)["Content-Language"] == "en"


def test_known_parameters_are_pages_of_their_own_and_unknown_ones_are_not_kept(client, event):
    agenda = HOME + "agenda/"
    assert made_anew(client, agenda)
    assert made_anew(client, f"{agenda}?track=a")
    assert not made_anew(client, f"{agenda}?track=a")
    assert made_anew(client, f"{agenda}?q=&track=a")
    assert not made_anew(client, f"{agenda}?q=&track=a")
    assert made_anew(client, f"{agenda}?day=2026-12-17&from=opening")
    assert not made_anew(client, f"{agenda}?day=2026-12-17&from=opening")
    assert made_anew(client, f"{agenda}?show=all")
    assert not made_anew(client, f"{agenda}?show=all")
    assert made_anew(client, f"{agenda}?q=climate")
    assert made_anew(client, f"{agenda}?q=climate")
    assert made_anew(client, f"{agenda}?utm_source=a")
    assert made_anew(client, f"{agenda}?utm_source=a")
    assert made_anew(client, f"{agenda}?track={'a' * 300}")
    assert made_anew(client, f"{agenda}?track={'a' * 300}")


@pytest.mark.parametrize("path", [HOME + "register/", HOME + "register/resend/", "/accounts/login/", "/en/nowhere/"])
def test_forms_and_errors_are_not_kept(client, event, path):
    client.get(path)
    response = client.get(path)

    assert response.templates
    assert "public" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_what_is_not_kept_is_compressed_as_ever(client, event, headers):
    for path in (f"{HOME}register/", "/en/nowhere/"):
        response = client.get(path, headers=headers)

        assert response.get("Content-Encoding", "") == ("gzip" if headers else "")
        assert "Accept-Encoding" in response["Vary"]


def test_an_organizer_sees_the_same_public_page(client, event):
    visitor = client.get(HOME).content
    user = make_user()
    make_role(user, event, "editor")
    client.force_login(user)

    response = client.get(HOME)

    assert response.content == visitor
    assert not response.cookies
    assert not response.templates


def test_a_wrong_host_gets_no_kept_page(client, event):
    made_anew(client)

    assert client.get(HOME, headers={"host": "evil.example"}).status_code == 400


def test_the_end_of_an_embargo_is_seen_at_that_moment(client, event, time_machine):
    start = dt.datetime(2026, 5, 1, 9, 1, tzinfo=dt.UTC)
    time_machine.move_to(start, tick=False)
    make_session(event, title_en="Surprise", publish_at=start + dt.timedelta(minutes=3))
    agenda = HOME + "agenda/"
    assert "Surprise" not in client.get(agenda).content.decode()

    time_machine.move_to(start + dt.timedelta(minutes=2, seconds=59), tick=False)
    assert not made_anew(client, agenda)

    time_machine.move_to(start + dt.timedelta(minutes=3), tick=False)
    assert "Surprise" in client.get(agenda).content.decode()


@pytest.mark.django_db(transaction=True)
def test_where_the_stamp_cannot_be_read_nothing_is_served_from_memory(client, event):
    made_anew(client)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_sitestamp RENAME TO elsewhere")
    try:
        assert current_stamp() is None
        assert made_anew(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO pages_sitestamp")


def test_installing_again_changes_nothing_and_repairs_what_is_missing(event):
    before, found = current_stamp(), installed(connection)
    install_triggers()
    assert current_stamp() == before

    name, table = next(iter(found.items()))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    install_triggers()

    assert installed(connection) == found
    assert current_stamp() != before


def test_while_tables_change_no_page_is_kept(client, event):
    made_anew(client)

    remove_triggers(plan=["a migration"])

    assert installed(connection) == {}
    assert made_anew(client)
    assert made_anew(client)
    install_triggers()
    assert len(installed(connection)) == len(definitions(connection.vendor))


def test_without_a_plan_everything_stays(event):
    before = installed(connection), current_stamp()

    remove_triggers(plan=[])

    assert (installed(connection), current_stamp()) == before


def test_the_store_drops_what_was_not_read_for_longest():
    store = PageStore(3 * (OVERHEAD + 1000))
    for name in "abc":
        store.keep((name, ""), entry(1000))
    store.get(("a", ""))

    store.keep(("d", ""), entry(1000))

    assert [name for name in "abcd" if store.get((name, ""))] == ["a", "c", "d"]


def test_the_store_counts_a_page_once_however_often_it_is_kept():
    store = PageStore(2 * (OVERHEAD + 1000))
    for _time in range(5):
        store.keep(("a", ""), entry(1000))
    store.keep(("b", ""), entry(1000))

    assert store.get(("a", ""))


def entry(length):
    return Entry("stamp", 0.0, b"x" * length, ResponseHeaders({}), None)
