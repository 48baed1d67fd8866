"""What a user may do at which edition.

The roles of a user are read once and kept on the user object, as Django keeps its permissions: one query a request.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from forum_site.accounts.enums import Role
from forum_site.accounts.models import EventRole

#: The roles by event id; under ``None`` those that hold at every edition.
RolesByEvent = dict[int | None, frozenset[Role]]


def roles_of(user: Any) -> RolesByEvent:
    """Return every role of the user; a superuser owns every edition, whoever is not active has none."""
    if not getattr(user, "is_active", False):
        return {}
    if user.is_superuser:
        return {None: frozenset(Role)}
    if not hasattr(user, "_roles_by_event"):
        found: dict[int | None, set[Role]] = {}
        for event_id, role in EventRole.objects.filter(user=user).values_list("event_id", "role"):
            found.setdefault(event_id, set()).add(Role(role))
        user._roles_by_event = {event_id: frozenset(roles) for event_id, roles in found.items()}
    return user._roles_by_event


def roles_at(user: Any, event: Any) -> frozenset[Role]:
    """Return the roles at an edition, given as an object or its primary key; those at all editions count too."""
    roles = roles_of(user)
    event_id = getattr(event, "pk", event)
    return roles.get(None, frozenset()) | roles.get(event_id, frozenset())


def has_role(user: Any, roles: Iterable[Role]) -> bool:
    """Whether the user has one of these roles at any edition."""
    wanted = frozenset(roles)
    return any(wanted & held for held in roles_of(user).values())


def has_role_everywhere(user: Any, roles: Iterable[Role]) -> bool:
    """Whether the user has one of these roles at all editions, also at those that do not exist yet."""
    return bool(frozenset(roles) & roles_of(user).get(None, frozenset()))


def event_ids_for(user: Any, roles: Iterable[Role]) -> list[int] | None:
    """Return the editions at which the user has one of these roles; ``None`` means all of them."""
    if has_role_everywhere(user, roles):
        return None
    wanted = frozenset(roles)
    return sorted(event_id for event_id, held in roles_of(user).items() if event_id is not None and wanted & held)


def events_for(user: Any, roles: Iterable[Role]) -> QuerySet[Any]:
    """Return the editions at which the user has one of these roles."""
    events = apps.get_model("events", "Event").objects.all()
    ids = event_ids_for(user, roles)
    return events if ids is None else events.filter(pk__in=ids)
