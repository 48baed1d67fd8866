"""An edition never loses its last owner: somebody must remain who can give roles."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from forum_site.accounts.enums import Role
from forum_site.accounts.models import EventRole, User


def is_last_owner(role: EventRole, *, without: Iterable[EventRole] = ()) -> bool:
    """Whether nobody could give roles where this one owns, if it and ``without`` were gone. At most two queries.

    Owners of all editions and superusers count, people whose account is switched off do not.
    """
    if role.role != Role.OWNER:
        return False
    gone = [role.pk, *(other.pk for other in without)]
    where = Q(event__isnull=True) | (Q(event=role.event_id) if role.event_id else Q())
    others = EventRole.objects.filter(where, role=Role.OWNER, user__is_active=True).exclude(pk__in=gone)
    return not (others.exists() or User.objects.filter(is_superuser=True, is_active=True).exists())
