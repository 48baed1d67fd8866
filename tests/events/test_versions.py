"""Numbered versions of the programme, and the page that tells what changed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from events.domain.versions import publish_version
from events.enums import AppearanceRole, EventStatus, SessionStatus, SessionType
from events.models import Session
from events.queries.changes import unreleased_changes
from forum_site.lib.errors import DomainError
from tests.factories import at, make_appearance, make_event, make_role, make_room, make_session, make_speaker, make_user

pytestmark = pytest.mark.django_db
CHANGES = "agenda/changes/"


@pytest.fixture
def event():
    return make_event(slug="forum", starts_on=dt.date(2026, 12, 10))


def page(client, event, rest=CHANGES, language="en"):
    response = client.get(f"/{language}/events/{event.slug}/{rest}")
    assert response.status_code == 200
    return response.content.decode()


def test_versions_are_numbered_and_hold_what_changed(event):
    session = make_session(event, start="09:00", end="10:00", title_en="Opening")
    user = make_user()

    first = publish_version(event, by=user)
    Session.objects.filter(pk=session.pk).update(title_en="Grand opening")
    second = publish_version(event, note={"en": "A better title."})

    assert (first.number, first.changes, first.session_count, first.published_by) == (1, [], 1, user)
    assert (second.number, second.note_en) == (2, "A better title.")
    [change] = second.changes
    assert (change["kind"], change["old"]["en"], change["new"]["en"]) == ("title", "Opening", "Grand opening")


def test_publishing_a_version_raises_the_version_of_the_edition(event):
    make_session(event)
    before = event.version

    publish_version(event)

    assert event.version == before + 1


def test_a_version_without_changes_is_refused(event):
    make_session(event)
    publish_version(event)

    with pytest.raises(DomainError, match="Nothing has changed since version 1"):
        publish_version(event)


def test_an_empty_programme_and_a_draft_have_no_version(event):
    with pytest.raises(DomainError, match="no session yet"):
        publish_version(event)
    with pytest.raises(DomainError, match="draft"):
        publish_version(make_event(status=EventStatus.DRAFT))


def test_unreleased_changes_see_drafts_embargoes_and_people_as_visitors_do(event):
    session = make_session(event, start="09:00")
    publish_version(event)
    make_session(event, status=SessionStatus.DRAFT)
    make_appearance(session, is_announced=False)

    assert unreleased_changes(event) == []

    make_appearance(session)
    assert [one["kind"] for one in unreleased_changes(event)] == ["person_added"]


def test_page_tells_changes_in_words_with_old_and_new_value(client, event):
    hall, annex = make_room(name_en="Hall", name_zh_hans="大厅"), make_room(name_en="Annex", name_zh_hans="附楼")
    session = make_session(event, start="09:00", end="10:00", title_en="Opening", title_zh_hans="开幕式", room=hall)
    talk = make_appearance(session, make_speaker(name_en="Ada Lane"), role=AppearanceRole.KEYNOTE)
    gone = make_session(event, start="11:00", title_en="Panel")
    with time_machine.travel(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)):
        publish_version(event)
    talk.delete()
    make_appearance(session, make_speaker(name_en="Ben Moor"), role=AppearanceRole.KEYNOTE)
    Session.objects.filter(pk=session.pk).update(
        starts_at=at(event, "14:00", day=1), ends_at=at(event, "15:00", day=1), day=event.ends_on, room=annex
    )
    Session.objects.filter(pk=gone.pk).update(status=SessionStatus.CANCELLED)
    with time_machine.travel(dt.datetime(2026, 12, 5, 8, 30, tzinfo=dt.UTC)):
        publish_version(event, note={"en": "Two speakers changed.", "zh-hans": "嘉宾有调整。"})

    text = strip_tags(page(client, event))

    assert text.index("Version 2") < text.index("Version 1")
    for words in (
        "5 December 2026, 16:30 (Shanghai, GMT+8)",
        "Two speakers changed.",
        "Before: Thursday 10 December, 09:00–10:00",
        "Now: Friday 11 December, 14:00–15:00",
        "Before: Hall",
        "Now: Annex",
        "Before: Keynote speech: Ada Lane",
        "Now: Keynote speech: Ben Moor",
        "The first version, with 2 sessions.",
    ):
        assert words in text
    chinese = page(client, event, language="zh-hans")
    assert "2026年12月5日 16:30（上海，GMT+8）" in chinese
    assert "嘉宾有调整。" in chinese
    assert "开幕式" in chinese
    assert "附楼" in chinese


def test_page_without_versions_says_so_and_the_agenda_does_not_link_to_it(client, event):
    make_session(event, start="09:00")

    assert "No version of the programme has been published yet" in page(client, event)
    assert CHANGES not in page(client, event, "agenda/")


def test_agenda_names_its_version(client, event):
    make_session(event, start="09:00")
    with time_machine.travel(dt.datetime(2026, 12, 4, 20, tzinfo=dt.UTC)):
        publish_version(event)

    assert "Version 1, 5 December 2026" in page(client, event, "agenda/")


def queries_of_page(client, event):
    """How many queries the page costs when nothing of it is kept."""
    page(client, event)
    with CaptureQueriesContext(connection) as captured:
        page(client, event, language="zh-hans")
    return len(captured)


def test_page_asks_the_same_of_the_database_however_much_changed(client, event):
    make_session(event, start="09:00")
    publish_version(event)
    few = queries_of_page(client, event)
    for number in range(30):
        make_appearance(make_session(event, start="10:00"))
        if number % 10 == 0:
            publish_version(event)
    publish_version(event)

    assert queries_of_page(client, event) == few <= 12


def test_organizer_sees_the_changes_before_publishing_them(client, event):
    make_session(event, start="09:00", title_en="Opening")
    publish_version(event)
    make_session(event, start="11:00", title_en="Panel on water")
    user = make_user()
    make_role(user, event, "editor")
    client.force_login(user)
    address = f"/admin/events/event/{event.pk}/do/publish-version/"

    preview = client.get(address).content.decode()
    client.post(address, {"note_en": "One more panel.", "note_zh_hans": ""})

    assert "Panel on water" in preview
    version = event.versions.first()
    assert (version.number, version.note_en, version.published_by) == (2, "One more panel.", user)
    assert "Nothing has changed since version 2" in client.get(address).content.decode()


def test_organizer_of_another_edition_publishes_nothing(client, event):
    make_session(event)
    user = make_user()
    make_role(user, make_event(), "editor")
    client.force_login(user)

    response = client.post(f"/admin/events/event/{event.pk}/do/publish-version/", {})

    assert response.status_code == 404
    assert not event.versions.exists()


def test_dashboard_counts_changes_that_are_in_no_version(client, event):
    make_session(event, start="09:00", type=SessionType.PLENARY)
    publish_version(event)
    make_session(event, start="11:00")
    user = make_user()
    make_role(user, event, "editor")
    client.force_login(user)

    text = client.get("/admin/").content.decode()

    assert "change of the programme is in no version" in text
    assert f"/admin/events/event/{event.pk}/do/publish-version/" in text
