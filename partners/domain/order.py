"""Protocol order: the places of organizations within their role."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from events.domain.publishing import touch
from events.models import Event
from forum_site.lib.errors import DomainError
from partners.models import Partnership

#: Beyond every position in use: rows step aside there, so that no two ever have the same one.
ASIDE = 1_000_000


def reorder(event: Event, *, role: str, partner_ids: list[int]) -> list[Partnership]:
    """Put the organizations of a role into this order, from position 1; ``partner_ids`` names each exactly once.

    Raises DomainError where they are not those of the role, so that nobody's place is lost when two people sort at
    the same time.
    """

    def wanted(present: list[int]) -> list[int]:
        if sorted(present) != sorted(partner_ids):
            raise DomainError(_("The list of organizations has changed meanwhile. Please look at it again."))
        return partner_ids

    return _arrange(event, role, wanted)


def move(partnership: Partnership, *, to: int) -> list[Partnership]:
    """Move an organization to a position of its role, counted from 1; the others close up."""

    def moved(present: list[int]) -> list[int]:
        others = [one for one in present if one != partnership.partner_id]
        place = max(to, 1) - 1
        return [*others[:place], partnership.partner_id, *others[place:]]

    arranged = _arrange(partnership.event, partnership.role, moved)
    partnership.refresh_from_db(fields=["position"])
    return arranged


def _arrange(event: Event, role: str, order: Callable[[list[int]], list[int]]) -> list[Partnership]:
    """Set the positions that ``order`` makes of the present ones, while nobody else sorts this edition."""
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        rows = Partnership.objects.filter(event=event, role=role)
        partner_ids = order(list(rows.order_by("position").values_list("partner_id", flat=True)))
        if partner_ids:
            rows.update(position=F("position") + ASIDE)
            places = [When(partner_id=pk, then=Value(place)) for place, pk in enumerate(partner_ids, start=1)]
            rows.update(position=Case(*places))
            touch(event)
        return list(rows.order_by("position").select_related("partner"))
