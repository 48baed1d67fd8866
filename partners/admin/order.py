"""The order of the organizations of an edition, as an organizer types, drags or moves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction

from events.models import Event
from forum_site.lib.bilingual import in_language
from forum_site.lib.names import Monogram, monogram
from partners.domain.order import reorder
from partners.models import Partnership

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Row:
    """One organization with its place; names are those printed in this edition, "" where there is none."""

    pk: int
    partner_id: int
    position: int
    name: str
    chinese_name: str
    monogram: Monogram
    logo: str  # "", "light" or "both"


@dataclass(frozen=True)
class LabelGroup:
    """The organizations under one printed label."""

    role: str
    label: str
    rows: list[Row]


def groups_of(event: Event) -> list[LabelGroup]:
    """Return all partnerships in protocol order, by role and printed label; one query."""
    found = Partnership.objects.filter(event=event).in_protocol_order().select_related("partner")
    return [
        LabelGroup(role, label, [_row(one) for one in ones])
        for (role, label), ones in groupby(found, key=lambda one: (one.role, str(one.label or one.get_role_display())))
    ]


def _row(one: Partnership) -> Row:
    partner = one.partner
    return Row(
        pk=one.pk,
        partner_id=partner.pk,
        position=one.position,
        name=str(in_language(one, "printed_name", "en") or in_language(partner, "name", "en")),
        chinese_name=one.printed_name_zh_hans or partner.name_zh_hans,
        monogram=monogram(str(partner.short_name), str(partner.name)),
        logo="both" if partner.logo and partner.logo_dark else "light" if partner.logo else "",
    )


def save_order(event: Event, data: Mapping[str, Any]) -> bool:
    """Store the order that a form gives: ``position-<pk>`` for every partnership, ``move`` for one step.

    Returns whether anything moved. Raises ``DomainError`` where the list has changed meanwhile.
    """
    found = list(Partnership.objects.filter(event=event).order_by("role", "position"))
    moved = False
    with transaction.atomic():
        for role, ones in groupby(found, key=lambda one: one.role):
            before = list(ones)
            after = one_step(arranged(before, data), str(data.get("move", "")))
            if [one.pk for one in before] != [one.pk for one in after]:
                reorder(event, role=role, partner_ids=[one.partner_id for one in after])
                moved = True
    return moved


def arranged(before: list[Partnership], data: Mapping[str, Any]) -> list[Partnership]:
    """Sort by the typed positions; who was moved to a place gets it, the others close up in their old order."""

    def key(one: Partnership) -> tuple[int, int, int]:
        typed = _number(data.get(f"position-{one.pk}"), one.position)
        direction = (typed > one.position) - (typed < one.position)
        return typed, direction, one.position

    return sorted(before, key=key)


def one_step(ones: list[Partnership], move: str) -> list[Partnership]:
    """Move one row by one place: ``move`` is "up-<pk>" or "down-<pk>"."""
    direction, _dash, pk = move.partition("-")
    place = next((n for n, one in enumerate(ones) if str(one.pk) == pk), None)
    if place is None or direction not in STEPS:
        return ones
    target = max(0, min(len(ones) - 1, place + STEPS[direction]))
    rest = ones[:place] + ones[place + 1 :]
    return [*rest[:target], ones[place], *rest[target:]]


def _number(text: Any, default: int) -> int:
    text = str(text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 7 else default
