"""What a brief says otherwise than the edition that was made from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from events.enums import AttendanceMode
from events.models import Event
from forum_site.lib.brief import match_key
from partners.models import Partnership

if TYPE_CHECKING:
    from partners.importers.plan import PlannedField, PlannedPartner

QUOTE_LENGTH = 100


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what it is, as it stands in the edition, and as the brief has it. Empty: not there."""

    label: str | Promise
    old: str
    new: str


def differences(
    event: Event, fields: Sequence[PlannedField], partners: Sequence[PlannedPartner], *, language: str
) -> list[Difference]:
    """Return field by field and partner by partner what would change; ``language`` is the suffix of the columns."""
    changed = [(one, getattr(event, one.column)) for one in fields]
    found = [Difference(one.label, shown(old), one.shown) for one, old in changed if _key(old) != _key(one.value)]
    roles = dict.fromkeys(one.role for one in partners)
    stored = list(event.partnerships.order_by("position").select_related("partner"))
    for role in roles:
        in_role = [one for one in partners if one.role == role]
        found += _of_role(in_role, [one for one in stored if one.role == role], language)
    return found


def shown(value: Any) -> str:
    """Return a value of the edition as text; long ones are cut."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if value in AttendanceMode.values:
        return str(AttendanceMode(value).label)
    text = " ".join(str(value or "").split())
    return text if len(text) <= QUOTE_LENGTH else f"{text[: QUOTE_LENGTH - 1]}…"


def is_meant(partnership: Partnership, name: str) -> bool:
    """Say whether the brief calls this partnership by that name."""
    names = [partnership.printed_name_en, partnership.printed_name_zh_hans, *partnership.partner.known_names]
    return match_key(name) in {match_key(one) for one in names if one}


def _of_role(planned: list[PlannedPartner], stored: list[Partnership], language: str) -> list[Difference]:
    found: list[Difference] = []
    left = list(enumerate(stored, start=1))
    for place, one in enumerate(planned, start=1):
        match = next(((number, it) for number, it in left if is_meant(it, one.name)), None)
        if match:
            left.remove(match)
            found += _of_partner(one, place, *match, language)
        else:
            found.append(Difference(one.role_label, "", f"{place}. {one.name}"))
    return found + [Difference(it.get_role_display(), f"{number}. {it.name}", "") for number, it in left]


def _of_partner(
    one: PlannedPartner, place: int, number: int, partnership: Partnership, language: str
) -> list[Difference]:
    found = []
    if place != number:
        found.append(Difference(one.role_label, f"{number}. {partnership.name}", f"{place}. {one.name}"))
    label = getattr(partnership, f"label_{language}")
    if label != one.label:
        found.append(Difference(_("Label of %(name)s") % {"name": one.name}, label, one.label))
    return found


def _key(value: Any) -> Any:
    """Return what is compared: white space makes no difference."""
    return " ".join(value.split()) if isinstance(value, str) else value
