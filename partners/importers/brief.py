"""Makes a draft edition from the text brief of a forum: ``plan_import``, then ``apply_plan``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.domain.publishing import touch
from events.domain.usual_pages import add_usual_pages
from events.models import Event, EventSeries
from forum_site.lib.brief import match_key
from forum_site.lib.errors import DomainError
from forum_site.lib.slugs import free_slug, slugify_name
from partners.domain.order import reorder
from partners.importers.differences import Difference
from partners.importers.plan import (
    ImportPlan,
    PlannedField,
    PlannedPartner,
    column_of,
    existing_edition,
    plan_import,
)
from partners.models import Partner, Partnership

__all__ = [
    "Difference",
    "ImportChoices",
    "ImportPlan",
    "PlannedField",
    "PlannedPartner",
    "apply_plan",
    "plan_import",
]


@dataclass(frozen=True)
class ImportChoices:
    """What a person decided about a plan.

    ``partners``: primary key of the organization to reuse for a number of the plan, or None for a new one.
    ``corrections``: other values for columns of the plan. ``slug``: another address. ``update_existing``: the edition
    that exists takes what the brief says.
    """

    partners: Mapping[int, int | None] = field(default_factory=dict)
    update_existing: bool = False
    slug: str = ""
    corrections: Mapping[str, object] = field(default_factory=dict)


def apply_plan(plan: ImportPlan, *, choices: ImportChoices | None = None) -> Event:
    """Store the edition as a draft with its partners, all or nothing.

    Raises DomainError where the edition exists and nobody said to update it, where it is undecided whether a known
    organization is meant, and for values that an edition cannot have.
    """
    choices = choices or ImportChoices()
    _refuse_undecided(plan, choices)
    with transaction.atomic():
        existing = _existing(plan, choices)
        if existing and not choices.update_existing:
            raise DomainError(_("The edition “%(name)s” exists already. Nothing was changed.") % {"name": existing})
        event = _stored_event(plan, choices, existing)
        if not existing:
            add_usual_pages(event)
        _store_partnerships(event, plan, _organizations(plan, choices))
        return touch(event) if existing else event


def _refuse_undecided(plan: ImportPlan, choices: ImportChoices) -> None:
    for one in plan.partners:
        if one.candidates and one.number not in choices.partners:
            raise DomainError(
                _("Line %(line)s: please decide whether “%(name)s” is the organization known as “%(known)s”.")
                % {"line": one.line, "name": one.name, "known": one.candidates[0]}
            )


def _existing(plan: ImportPlan, choices: ImportChoices) -> Event | None:
    """Look again, as somebody else may have stored it since the plan was made."""
    name = choices.corrections.get(f"name_{column_of(plan.brief)}", plan.brief.name)
    return plan.existing or existing_edition(str(name), plan.brief.starts_on.year, choices.slug or plan.slug)


def _stored_event(plan: ImportPlan, choices: ImportChoices, existing: Event | None) -> Event:
    event = existing or Event(slug=choices.slug or plan.slug, series=_stored_series(plan.series))
    for column, value in {one.column: one.value for one in plan.fields}.items():
        setattr(event, column, choices.corrections.get(column, value))
    for column in set(choices.corrections) - {one.column for one in plan.fields}:
        setattr(event, column, choices.corrections[column])
    event.brief_leftover = plan.leftover
    _check(event)
    event.save()
    return event


def _stored_series(series: EventSeries) -> EventSeries:
    if series.pk:
        return series
    series.slug = free_slug(series.slug or "forum", lambda slug: EventSeries.objects.filter(slug=slug).exists())
    _check(series)
    series.save()
    return series


def _organizations(plan: ImportPlan, choices: ImportChoices) -> list[tuple[PlannedPartner, Partner]]:
    """Return for each planned partner the organization: the one chosen, or a new one (one for each new name)."""
    chosen = Partner.objects.in_bulk([pk for pk in choices.partners.values() if pk])
    new: dict[str, Partner] = {}
    found: list[tuple[PlannedPartner, Partner]] = []
    for one in plan.partners:
        pk = choices.partners.get(one.number)
        if pk and pk not in chosen:
            raise DomainError(_("Line %(line)s: the organization chosen is gone.") % {"line": one.line})
        key = match_key(one.name)
        if not pk and key not in new:
            new[key] = _new_partner(one, column_of(plan.brief))
        found.append((one, chosen[pk] if pk else new[key]))
    return found


def _new_partner(one: PlannedPartner, suffix: str) -> Partner:
    def taken(slug: str) -> bool:
        return Partner.objects.filter(slug=slug).exists()

    slug = free_slug(slugify_name(one.name) or "partner", taken)
    partner = Partner(slug=slug, **{f"name_{suffix}": one.name})
    _check(partner, line=one.line)
    partner.save()
    return partner


def _store_partnerships(event: Event, plan: ImportPlan, found: list[tuple[PlannedPartner, Partner]]) -> None:
    """Give each organization its place; those of the edition whom the brief does not name stay behind them."""
    for role in dict.fromkeys(one.role for one, _partner in found):
        stored = {one.partner_id: one for one in event.partnerships.filter(role=role).order_by("position")}
        free = max((one.position for one in stored.values()), default=0) + 1
        in_role = [(one, partner) for one, partner in found if one.role == role]
        _refuse_doubles(in_role)
        for place, (one, partner) in enumerate(in_role, start=free):
            blank = Partnership(event=event, partner=partner, role=role, position=place)
            _store_partnership(stored.get(partner.pk, blank), one, column_of(plan.brief))
        named = [partner.pk for _one, partner in in_role]
        reorder(event, role=role, partner_ids=[*named, *(pk for pk in stored if pk not in named)])


def _store_partnership(partnership: Partnership, one: PlannedPartner, suffix: str) -> None:
    setattr(partnership, f"label_{suffix}", one.label)
    is_known_so = getattr(partnership.partner, f"name_{suffix}") == one.name
    setattr(partnership, f"printed_name_{suffix}", "" if is_known_so else one.name)
    partnership.save()


def _refuse_doubles(in_role: list[tuple[PlannedPartner, Partner]]) -> None:
    seen: set[int] = set()
    for one, partner in in_role:
        if partner.pk in seen:
            raise DomainError(
                _("Line %(line)s: “%(name)s” would have the same role twice.") % {"line": one.line, "name": partner}
            )
        seen.add(partner.pk)


def _check(thing: Event | EventSeries | Partner, *, line: int | None = None) -> None:
    try:
        thing.full_clean()
    except ValidationError as error:
        sentence = " ".join(error.messages)
        if line:
            sentence = _("Line %(line)s: %(problem)s") % {"line": line, "problem": sentence}
        raise DomainError(sentence) from error
