"""An edition keeps somebody who can give roles."""

from __future__ import annotations

import pytest

from forum_site.accounts.enums import Role
from forum_site.accounts.models import EventRole
from forum_site.accounts.ownership import is_last_owner
from tests.admin.worlds import organizer, signed_in, url
from tests.factories import make_event, make_role, make_user

pytestmark = pytest.mark.django_db


def _own_role(user):
    return EventRole.objects.get(user=user, role=Role.OWNER)


def test_last_owner_cannot_demote_themselves():
    event = make_event()
    user = organizer(event)

    answer = signed_in(user).post(url(_own_role(user), "change"), {"role": Role.VIEWER})

    assert "Nobody else owns this edition" in answer.content.decode()
    assert _own_role(user)


def test_last_owner_cannot_be_deleted_alone_or_together():
    event = make_event()
    user, other = organizer(event), make_user()
    role, second = _own_role(user), make_role(other, event, Role.OWNER)
    client = signed_in(user)
    action = {"action": "delete_selected", "_selected_action": [role.pk, second.pk], "post": "yes"}

    client.post(url(EventRole, "changelist"), action)
    assert EventRole.objects.filter(role=Role.OWNER).count() == 2
    second.delete()
    client.post(url(role, "delete"), {"post": "yes"})

    assert _own_role(user)


def test_one_of_two_owners_may_go():
    event = make_event()
    user = organizer(event)
    make_role(make_user(), event, Role.OWNER)

    answer = signed_in(user).post(url(_own_role(user), "change"), {"role": Role.EDITOR})

    assert answer.status_code == 302
    assert EventRole.objects.filter(user=user).get().role == Role.EDITOR


@pytest.mark.parametrize(
    ("fields", "is_last"), [({"is_active": False}, True), ({}, False), ({"is_superuser": True}, False)]
)
def test_accounts_switched_off_do_not_count(fields, is_last):
    event = make_event()
    role = make_role(make_user(), event, Role.OWNER)
    make_role(make_user(**fields), None, Role.OWNER)

    assert is_last_owner(role) is is_last


def test_other_roles_are_nobodys_last():
    assert not is_last_owner(make_role(make_user(), make_event(), Role.VIEWER))
