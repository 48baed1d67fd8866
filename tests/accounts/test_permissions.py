"""Roles at one edition, at all of them, and of nobody."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from forum_site.accounts.enums import EDITS_CONTENT, Role
from forum_site.accounts.permissions import events_for, has_role, roles_at
from tests.factories import make_event, make_role, make_user

pytestmark = pytest.mark.django_db


def test_roles_at_gives_those_of_the_edition_and_those_of_all():
    event, other, user = make_event(), make_event(), make_user()
    make_role(user, event, Role.EDITOR)
    make_role(user, None, Role.VIEWER)

    assert roles_at(user, event) == {Role.EDITOR, Role.VIEWER}
    assert roles_at(user, other.pk) == {Role.VIEWER}


def test_superuser_has_every_role():
    assert roles_at(make_user(is_superuser=True), make_event()) == frozenset(Role)


@pytest.mark.parametrize("fields", [{}, {"is_superuser": True, "is_active": False}])
def test_nobody_else_has_any(fields):
    event, user = make_event(), make_user(**fields)

    assert roles_at(user, event) == frozenset()
    assert not has_role(user, Role)
    assert not events_for(user, Role).exists()


def test_anonymous_has_no_role():
    assert not has_role(AnonymousUser(), Role)


def test_events_for_gives_the_editions_of_a_role():
    mine, seen, _other, user = make_event(), make_event(), make_event(), make_user()
    make_role(user, mine, Role.OWNER)
    make_role(user, seen, Role.VIEWER)

    assert set(events_for(user, EDITS_CONTENT)) == {mine}
    assert set(events_for(user, Role)) == {mine, seen}


def test_role_at_all_editions_gives_all_of_them():
    event, user = make_event(), make_user()
    make_role(user, None, Role.EDITOR)

    assert list(events_for(user, EDITS_CONTENT)) == [event]


def test_roles_are_read_once(django_assert_num_queries):
    event, user = make_event(), make_user()

    with django_assert_num_queries(1):
        for _number in range(3):
            roles_at(user, event)
