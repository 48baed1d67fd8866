"""What an import of a brief would do; nothing here writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from events.models import Event, EventSeries
from forum_site.lib.brief import Brief, BriefPartner, candidates, match_key
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import is_zone
from forum_site.lib.slugs import free_slug, slugify_name
from partners.enums import PartnerRole
from partners.importers.differences import Difference, differences, shown
from partners.models import Partner

#: What the name of an edition has more than the name of its series.
EDITION_MARKS = re.compile(
    r"(?:19|20)\d\d年?|\b(?:the )?\d{1,2}(?:st|nd|rd|th)\b|第[一二三四五六七八九十\d]{1,3}届", re.IGNORECASE
)


@dataclass(frozen=True)
class PlannedField:
    """A column of the edition with the value the brief gives; ``shown`` is its text, ``line`` where it stands."""

    column: str
    label: str | Promise
    value: Any
    line: int | None

    @property
    def shown(self) -> str:
        """The value as text."""
        return shown(self.value)


@dataclass(frozen=True)
class PlannedPartner:
    """A partner of the brief. ``number`` counts from 0 over all; ``candidates`` are known ones that may be meant."""

    number: int
    role: str
    label: str
    name: str
    position: int
    line: int
    candidates: list[Partner] = field(default_factory=list)

    @property
    def role_label(self) -> str:
        """The word for the role."""
        return str(PartnerRole(self.role).label)


@dataclass(frozen=True)
class ImportPlan:
    """All that would be created; also an unsaved ``series``. ``existing``: the edition of that name and year."""

    brief: Brief
    series: EventSeries
    zone: str
    slug: str
    fields: list[PlannedField]
    partners: list[PlannedPartner]
    leftover: str
    existing: Event | None
    differences: list[Difference]


def plan_import(brief: Brief, *, series: EventSeries | None = None, zone: str = "") -> ImportPlan:
    """Say what an import of the brief would do.

    Without ``series`` it is recognised by the name of the edition without year and number, else a new one is
    planned. ``zone`` wins over what the brief prints. Raises DomainError for a zone that does not exist.
    """
    zone = zone or brief.timezone_name or settings.DEFAULT_EVENT_ZONE
    if not is_zone(zone):
        raise DomainError(_("“%(value)s” is not a time zone. Write it like Asia/Shanghai.") % {"value": zone})
    series = series or _series(brief)
    fields = planned_fields(brief, zone)
    existing = existing_edition(brief.name, brief.starts_on.year, edition_slug(brief, series))
    slug = existing.slug if existing else _free_slug(brief, series)
    partners, doubled = _partners(brief)
    found = differences(existing, fields, partners, language=column_of(brief)) if existing else []
    leftover = _leftover(brief, doubled)
    return ImportPlan(brief, series, zone, slug, fields, partners, leftover, existing, found)


def existing_edition(name: str, year: int, slug: str) -> Event | None:
    """Return the edition of this year that has this name, however it is spelled, or this address."""
    wanted = match_key(name)
    for event in Event.objects.filter(starts_on__year=year).select_related("series"):
        if event.slug == slug or (wanted and wanted in {match_key(event.name_en), match_key(event.name_zh_hans)}):
            return event
    return None


def column_of(brief: Brief) -> str:
    """Return the suffix of the columns in the language of the brief: "en" or "zh_hans"."""
    return brief.language.replace("-", "_")


def edition_slug(brief: Brief, series: EventSeries) -> str:
    """Return the address for the edition: its name, or the series with the year where that cannot be written."""
    slug = slugify_name(brief.name)
    return slug if re.search("[a-z]{2}", slug) else f"{series.slug or 'forum'}-{brief.starts_on.year}"[:80]


def _free_slug(brief: Brief, series: EventSeries) -> str:
    """Return the address, with the year where another edition has it already."""
    slug, year = edition_slug(brief, series), str(brief.starts_on.year)
    if _is_taken(slug) and year not in slug:
        slug = f"{slug[:75]}-{year}"
    return free_slug(slug, _is_taken)


def _is_taken(slug: str) -> bool:
    return Event.objects.filter(slug=slug).exists()


def planned_fields(brief: Brief, zone: str) -> list[PlannedField]:
    """Return the columns of the edition that the brief fills."""
    suffix = column_of(brief)
    texts = {"name": brief.name, "theme": brief.theme, "place": brief.location}
    texts["background"] = "\n\n".join(paragraph.text for paragraph in brief.background)
    values: list[tuple[str, str, Any]] = [(f"{name}_{suffix}", name, text) for name, text in texts.items()]
    values[2:2] = [
        (name, name, value)
        for name, value in [
            ("starts_on", brief.starts_on),
            ("ends_on", brief.ends_on),
            ("timezone_name", zone),
            ("attendance_mode", brief.attendance_mode),
            ("languages", brief.languages),
        ]
    ]
    return [PlannedField(column, _label(column), value, _line(brief, name)) for column, name, value in values if value]


def _label(column: str) -> str | Promise:
    return Event._meta.get_field(column).verbose_name


def _line(brief: Brief, name: str) -> int | None:
    if name == "background":
        return brief.background[0].line
    return brief.lines.get({"place": "location", "attendance_mode": "form"}.get(name, name))


def _series(brief: Brief) -> EventSeries:
    """Return the series with the edition's name, or a new one that is not stored yet."""
    name = " ".join(EDITION_MARKS.sub(" ", brief.name).split()) or brief.name
    for series in EventSeries.objects.all():
        if match_key(name) in {match_key(one) for one in (series.name_en, series.name_zh_hans)}:
            return series
    return EventSeries(slug=slugify_name(name), **{f"name_{column_of(brief)}": name[:200]})


def _partners(brief: Brief) -> tuple[list[PlannedPartner], list[BriefPartner]]:
    """Return the partners with the known ones that may be meant, and those who stand twice in a role."""
    known = {partner.pk: partner for partner in Partner.objects.all()}
    names = [(pk, partner.known_names) for pk, partner in known.items()]
    planned: list[PlannedPartner] = []
    doubled: list[BriefPartner] = []
    for one in brief.partners:
        if _is_in(planned, one):
            doubled.append(one)
            continue
        likely = [known[pk] for pk in candidates(one.name, names)]
        planned.append(PlannedPartner(len(planned), one.role, one.label, one.name, one.position, one.line, likely))
    return planned, doubled


def _is_in(planned: Iterable[PlannedPartner], one: BriefPartner) -> bool:
    return any(match_key(other.name) == match_key(one.name) for other in planned if other.role == one.role)


def _leftover(brief: Brief, doubled: list[BriefPartner]) -> str:
    """Return the lines that found no place, in the order of the brief."""
    lines = [(line.line, line.text) for line in brief.leftover] + [(one.line, one.name) for one in doubled]
    if brief.form and not brief.attendance_mode:
        lines.append((brief.lines.get("form", 0), brief.form))
    if brief.languages_text and not brief.languages:
        lines.append((brief.lines.get("languages", 0), brief.languages_text))
    return "\n".join(text for _number, text in sorted(lines))
