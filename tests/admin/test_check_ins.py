"""Checking people in by hand, and what each role may do and read of it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum_site.accounts.enums import Role
from registrations.domain.cancel import cancel
from registrations.domain.check_in import check_in, check_out
from registrations.models import CheckIn, Registration
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_registration, make_role, make_session, make_ticket_type

pytestmark = pytest.mark.django_db
LIST = "admin:registrations_registration_changelist"
MAY = [Role.OWNER, Role.REGISTRAR, Role.DOOR]


def press(client, person, name):
    return client.post(reverse("admin:registrations_registration_do", args=[person.pk, name]), follow=True)


def act(client, *people):
    chosen = {"action": "check_in_selected", "_selected_action": [str(one.pk) for one in people]}
    return client.post(reverse(LIST), chosen, follow=True).content.decode()


def page_of(client, person) -> str:
    return client.get(url(person, "change")).content.decode()


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize(
    ("language", "check_in_word", "check_out_word", "done"),
    [("en", "Check in", "Check out", "The person is checked in."), ("zh-hans", "签到", "签退", "已为该人员签到。")],
)
def test_buttons_check_in_and_out_and_take_back(role, language, check_in_word, check_out_word, done):
    person = make_registration()
    user = organizer(person.event, role)
    client = signed_in(user, django_language=language)

    assert f">{check_in_word}</button>" in page_of(client, person)
    assert done in press(client, person, "check-in").content.decode()
    assert f">{check_in_word}</button>" not in page_of(client, person)
    press(client, person, "check-in")  # an old page, pressed again
    assert [(one.kind, one.user) for one in CheckIn.objects.all()] == [("entry", user)]
    assert f">{check_out_word}</button>" in page_of(client, person)
    press(client, person, "check-out")
    press(client, person, "undo-check-in")
    press(client, person, "undo-check-in")
    press(client, person, "undo-check-in")

    assert [(one.kind, one.undone_by) for one in CheckIn.objects.order_by("pk")] == [("entry", user), ("exit", user)]
    assert LogEntry.objects.filter(object_id=str(person.pk)).count() == 4


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_others_check_nobody_in(role):
    person = make_registration()
    client = signed_in(organizer(person.event, role))

    assert press(client, person, "check-in").status_code == 404
    act(client, person)

    assert not CheckIn.objects.exists()


def test_a_viewer_reads_what_was_noted_and_finds_no_button():
    person = make_registration()
    check_in(person, by=organizer(person.event, Role.DOOR), nonce=uuid4())
    page = page_of(signed_in(organizer(person.event, Role.VIEWER)), person)

    assert CheckIn.objects.get().user.email in page
    assert "do/check" not in page
    assert "do/undo" not in page


@pytest.mark.parametrize("role", MAY)
def test_the_staff_of_another_edition_neither_sees_nor_does_anything(role):
    person = make_registration()
    user = organizer(make_event(), role)
    client = signed_in(user)

    assert client.get(url(person, "change")).status_code in {403, 404}
    assert press(client, person, "check-in").status_code == 404
    act(client, person)
    assert not CheckIn.objects.exists()
    make_role(user, person.event, Role.VIEWER)  # who may look there, and still not do it
    act(signed_in(user), person)
    assert press(signed_in(user), person, "check-in").status_code == 404
    assert not CheckIn.objects.exists()


def test_door_staff_changes_nothing_else():
    person = make_registration()
    client = signed_in(organizer(person.event, Role.DOOR))
    page = page_of(client, person)

    assert [press(client, person, name).status_code for name in ("cancel", "resend", "renew", "erase")] == [404] * 4
    assert client.post(url(person, "change"), {"full_name": "Other"}).status_code == 403
    assert "do/cancel" not in page
    assert (
        client.get(reverse("admin:registrations_registration_export", args=[person.event_id, "csv"])).status_code == 404
    )
    assert client.get(reverse("admin:registrations_mailing_changelist")).status_code == 403
    assert client.get(reverse("admin:index")).status_code == 200


def test_several_are_checked_in_at_once_and_refusals_are_named():
    ticket_type = make_ticket_type()
    ann, ben, cid = (make_registration(ticket_type, full_name=name) for name in ("Ann", "Ben", "Cid"))
    cancel(cid)
    client = signed_in(organizer(ticket_type.event, Role.DOOR))
    act(client, ann)

    page = act(client, ann, ben, cid)

    assert "Check in: 1 registration." in page
    assert "Ann: Checked in already" in page
    assert "Cid: Only confirmed people are checked in. This registration: Cancelled." in page
    assert set(CheckIn.objects.values_list("registration", flat=True)) == {ann.pk, ben.pk}


def test_the_list_tells_who_has_come_and_filters_by_it():
    ticket_type = make_ticket_type()
    ann, ben, cid = (make_registration(ticket_type) for _ in range(3))
    check_in(ann, by=None, nonce=uuid4())
    check_out(ann, by=None, nonce=uuid4())
    cancel(cid)
    client = signed_in(organizer(ticket_type.event, Role.VIEWER))

    def shown(presence: str) -> set[Registration]:
        return set(client.get(reverse(LIST), {"presence": presence}).context["cl"].queryset)

    assert [shown("arrived"), shown("absent"), shown("odd")] == [{ann}, {ben}, {ann, ben, cid}]
    moment = client.get(reverse(LIST), {"presence": "arrived"}).content.decode()
    assert f"{ann.check_ins.first().at.astimezone(ann.event.zone):%H:%M}" in moment


def test_the_history_stands_on_the_page_with_places_and_what_was_taken_back():
    event = make_event()
    person = make_registration(make_ticket_type(event))
    session = make_session(event, title_en="Workshop on bridges")
    user = organizer(event)
    client = signed_in(user)
    check_in(person, by=user, nonce=uuid4())
    check_in(person, by=user, nonce=uuid4(), session=session)
    press(client, person, "undo-check-in")

    page = page_of(client, person)

    assert "Workshop on bridges" in page
    assert "Door" in page
    assert CheckIn.objects.exclude(undone_at=None).get().session == session
    assert 'name="check_ins-0-kind"' not in page


@pytest.mark.parametrize(("language", "comma"), [("en", "(Shanghai, GMT+8), "), ("zh-hans", "（上海，GMT+8），")])
def test_who_took_it_back_stands_after_the_moment(language, comma):
    person = make_registration()
    user = organizer(person.event)
    client = signed_in(user, django_language=language)
    check_in(person, by=user, nonce=uuid4())
    press(client, person, "undo-check-in")

    assert f"{comma}{user}" in page_of(client, person)


def test_the_page_takes_the_same_queries_for_one_check_in_and_for_many():
    event = make_event()
    person = make_registration(make_ticket_type(event))
    client = signed_in(organizer(event))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(person, "change")).status_code == 200
        return len(found)

    check_in(person, by=organizer(event), nonce=uuid4())
    queries()
    before = queries()
    for _ in range(4):
        check_in(person, by=organizer(event), nonce=uuid4(), session=make_session(event))

    assert queries() == before


def test_the_export_says_when_each_person_came():
    ticket_type = make_ticket_type()
    ann, _ben = make_registration(ticket_type), make_registration(ticket_type)
    moment = check_in(ann, by=None, nonce=uuid4()).at.astimezone(ticket_type.event.zone)
    client = signed_in(organizer(ticket_type.event))
    answer = client.get(reverse("admin:registrations_registration_export", args=[ticket_type.event_id, "csv"]))

    header, *rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert header.split(",").count("Arrived at") == 1
    assert [f"{moment:%Y-%m-%d %H:%M}" in row.rsplit(",", 2)[1] + row.rsplit(",", 2)[2] for row in rows].count(
        True
    ) == 1
