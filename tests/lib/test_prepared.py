"""Questions and new rows whose SQL is written once."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from events.models import Event, EventSeries
from forum_site.lib.prepared import insert, insert_unless_taken, prepared
from tests.factories import make_event, make_series

pytestmark = pytest.mark.django_db


@prepared
def at_address(slug: str) -> QuerySet[Event]:
    return Event.objects.filter(slug=slug).select_related("series", "venue")


@prepared
def among(slugs: tuple[str, ...]) -> QuerySet[Event]:
    return Event.objects.filter(slug__in=slugs).order_by("slug")


def test_it_answers_as_the_question_does_and_anew_each_time(django_assert_num_queries):
    event = make_event(slug="one")
    make_event(slug="two")
    assert at_address("one") == [event]

    Event.objects.filter(pk=event.pk).update(theme_en="Another")
    with django_assert_num_queries(1):
        [found] = at_address("one")
        assert found.series == event.series

    assert (found.theme_en, found.starts_on, found.venue) == ("Another", event.starts_on, None)
    assert at_address("nowhere") == []
    assert found is not at_address("one")[0]


def test_it_has_sql_of_its_own_for_each_set_of_values():
    one, two = make_event(slug="one"), make_event(slug="two")

    assert among(("one", "two")) == [one, two]
    assert among(("two",)) == [two]
    assert among(()) == []


@prepared
def names_of(slug: str) -> QuerySet[Event, tuple[str, str]]:
    return Event.objects.filter(slug=slug).values_list("slug", "name_en")


def test_values_are_asked_for_as_rows_are(django_assert_num_queries):
    event = make_event(slug="one")

    for _turn in range(2):
        with django_assert_num_queries(1):
            assert names_of("one") == [("one", event.name_en)]


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections():
    make_event(slug="one")
    at_address("one")
    found: list[Event] = []

    def ask() -> None:
        found.extend(at_address("one"))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert [one.slug for one in found] == ["one"]


def test_insert_stores_what_save_would(django_assert_num_queries):
    event = make_event(slug="one", languages=["en", "zh-hans"])
    copy = Event(**{field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields[1:]})
    copy.slug = "two"

    with django_assert_num_queries(1):
        assert insert(copy) is copy

    stored = Event.objects.get(pk=copy.pk)
    assert stored.slug == "two"
    for field in Event._meta.concrete_fields[2:]:
        if field.attname != "slug":
            assert getattr(stored, field.attname) == getattr(event, field.attname)
    copy.theme_en = "Changed"
    copy.save()
    assert Event.objects.count() == 2


def test_insert_keeps_the_rules_of_the_table():
    make_series(slug="one")

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(EventSeries(slug="one", name_en="One"))


def test_insert_knows_the_key_of_a_relation_stored_meanwhile():
    series = EventSeries(slug="one", name_en="One")
    first = make_event()
    event = Event(series=series, slug="two", name_en="Two", starts_on=first.starts_on, ends_on=first.ends_on)
    with pytest.raises(ValueError, match="unsaved"):
        insert(event)

    insert(series)

    assert insert(event).series_id == series.pk


def test_insert_unless_taken_leaves_the_transaction_as_it_is(django_assert_num_queries):
    series = make_series(slug="one")
    copy = EventSeries(**{one.attname: getattr(series, one.attname) for one in EventSeries._meta.concrete_fields[1:]})

    with transaction.atomic():
        with django_assert_num_queries(1):
            assert not insert_unless_taken(copy, unique="slug")
        assert copy.pk is None
        copy.slug = "two"
        assert insert_unless_taken(copy, unique="slug")
    assert EventSeries.objects.get(slug="two") == copy
