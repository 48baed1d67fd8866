"""By which way somebody has come: for whom it is shown, and how the list is limited by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum_site.accounts.enums import Role
from registrations.domain.delegations import name_person
from registrations.domain.invitations import Guest
from registrations.domain.ways_in import WayIn
from registrations.models import Registration
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import (
    make_code,
    make_delegation,
    make_event,
    make_group,
    make_invitation,
    make_registration,
    make_ticket_type,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registrations_registration_changelist")


def one_of_each(event: Any) -> dict[str, Registration]:
    ticket_type = make_ticket_type(event)
    invitation = make_invitation(ticket_type, email="invited@example.org")
    group = make_group(event)
    found = {
        "code": make_registration(ticket_type, way_in=WayIn(code=make_code(ticket_type))),
        "delegation": name_person(
            make_delegation(ticket_type), Guest("Bo", "bo@example.org"), country="KE", consent_text="Yes."
        ),
        "group": make_registration(ticket_type),
        "invitation": make_registration(ticket_type, email=invitation.email, way_in=WayIn(invitation=invitation)),
        "none": make_registration(ticket_type),
    }
    Registration.objects.filter(pk=found["group"].pk).update(group=group)
    return found


def shown(client: Any, **query: Any) -> list[Registration]:
    return list(client.get(LIST, query).context["cl"].queryset.order_by("pk"))


def test_the_list_says_and_filters_by_which_way_people_came():
    event = make_event()
    people = one_of_each(event)
    make_registration(make_ticket_type())
    client = signed_in(organizer(event, Role.REGISTRAR))

    assert {way: shown(client, came_by=way) for way in people} == {way: [one] for way, one in people.items()}
    assert len(shown(client, came_by="nonsense")) == 5
    page = client.get(LIST).content.decode()
    assert ">Access code OPEN-SESAME</a>" in page
    assert ">Delegation Analytical Society</a>" in page
    assert ">Registered as a group Cora Contact</a>" in page


def test_one_code_and_one_delegation_lead_to_their_people():
    event = make_event()
    people = one_of_each(event)
    code, delegation = people["code"].access_code, people["delegation"].delegation
    client = signed_in(organizer(event))

    assert shown(client, access_code=code.pk) == [people["code"]]
    assert shown(client, delegation=delegation.pk) == [people["delegation"]]
    page = client.get(LIST, {"came_by": "delegation"}).content.decode()
    assert f"delegation={delegation.pk}" in page
    for thing, query in ((code, f"access_code={code.pk}"), (delegation, f"delegation={delegation.pk}")):
        listed = client.get(url(thing, "changelist")).content.decode()
        assert f'href="{LIST}?edition={event.pk}&amp;{query}"' in listed


def test_the_page_of_a_registration_links_to_its_way_in():
    people = one_of_each(make_event())
    client = signed_in(organizer(people["code"].event))

    for way, name in (("code", "access_code"), ("delegation", "delegation"), ("invitation", "invitation")):
        page = client.get(url(people[way], "change")).content.decode()
        assert url(getattr(people[way], name), "change") in page


def test_door_staff_learn_no_code():
    event = make_event()
    people = one_of_each(event)
    client = signed_in(organizer(event, Role.DOOR))

    pages = [client.get(page).content.decode() for page in (LIST, url(people["code"], "change"))]
    filtered = client.get(LIST, {"came_by": "code"}).content.decode()

    assert ["Access code" in page for page in pages] == [True, True]
    assert ["SESAME" in page for page in (*pages, filtered)] == [False] * 3


def test_the_list_takes_as_many_queries_with_ways_in_as_without():
    event = make_event()
    make_registration(make_ticket_type(event))
    client = signed_in(organizer(event))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        return len(found)

    queries()
    before = queries()
    one_of_each(event)

    assert queries() == before


def test_three_people_at_the_list_and_page_of_groups():
    event = make_event()
    member = one_of_each(event)["group"]
    member.refresh_from_db()
    for user in (organizer(event), organizer(event, Role.DOOR), organizer(event, Role.VIEWER)):
        client = signed_in(user)
        [row] = client.get(url(member.group, "changelist")).context["cl"].result_list
        page = client.get(url(member.group, "change")).content.decode()
        assert (row.people, row.counting) == (1, 1)
        assert url(member, "change") in page
        assert client.post(url(member.group, "change"), {"contact_name": "X"}).status_code == 403
    other = signed_in(organizer(make_event()))
    assert list(other.get(url(member.group, "changelist")).context["cl"].queryset) == []
    assert other.get(url(member.group, "change")).status_code == 404
    nobody = signed_in(make_user())
    assert {nobody.get(url(member.group, page)).status_code for page in ("changelist", "change")} <= {302, 403}


def test_the_page_of_a_group_takes_as_many_queries_for_ten_as_for_one():
    event = make_event()
    member = one_of_each(event)["group"]
    member.refresh_from_db()
    client = signed_in(organizer(event))

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(url(member.group, "change"))
        return len(found)

    queries()
    before = queries()
    for _number in range(9):
        another = make_registration(member.ticket_type)
        Registration.objects.filter(pk=another.pk).update(group=member.group)

    assert queries() == before


def test_the_link_of_a_focal_point_is_shown_to_those_who_may_name_people():
    delegation = make_delegation()
    link = f"http://testserver/en/delegations/{delegation.secret}/"
    page = url(delegation, "change")

    assert link in signed_in(organizer(delegation.event, Role.REGISTRAR)).get(page).content.decode()
    assert delegation.secret not in signed_in(organizer(delegation.event, Role.VIEWER)).get(page).content.decode()
    assert signed_in(organizer(make_event())).get(page).status_code == 404
    assert signed_in(make_user()).get(page, follow=True).status_code == 403
    assert signed_in(organizer(delegation.event)).get(url(delegation, "add")).status_code == 200
