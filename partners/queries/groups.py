"""Partners as a page prints them: groups in protocol order, each exactly as entered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models.fields.files import ImageFieldFile
from django.urls import reverse
from django.utils.translation import get_language, override

from events.models import Event
from forum_site.lib.bilingual import columns
from forum_site.lib.names import Monogram, monogram
from partners.enums import LEADS, PartnerRole
from partners.models import Partner, Partnership
from partners.wording import GROUP_LABELS


@dataclass(frozen=True)
class OtherName:
    """A name, and its language for the attribute ``lang``."""

    name: str
    language: str


@dataclass(frozen=True)
class PartnerCell:
    """A partnership as one cell: names of the page's language, and the mark that stands where there is no logo."""

    partnership: Partnership
    event: Event

    @property
    def slug(self) -> str:
        """The address of the organization."""
        return self._partner.slug

    @property
    def full_name(self) -> str:
        """The name as printed in this edition."""
        return shown_name(self.partnership)

    @property
    def name(self) -> str:
        """The name without the parent organization, where the printed name is just the two of them."""
        own, parent = self._in_its_language("name"), self._parent
        return own if parent and self.full_name in {f"{own}, {parent}", f"{parent}{own}"} else self.full_name

    @property
    def parent_name(self) -> str:
        """The parent organization, where the name does not say it already."""
        return "" if self._parent and self._parent.casefold() in self.name.casefold() else self._parent

    @property
    def other_names(self) -> list[OtherName]:
        """The organization's name in the language that the page is not in."""
        column, language = ("en", "en") if _column() == "zh_hans" else ("zh_hans", "zh-Hans")
        other = str(getattr(self._partner, f"name_{column}"))
        return [OtherName(other, language)] if other and other not in {self.name, self.full_name} else []

    @property
    def monogram(self) -> Monogram:
        """The mark."""
        return monogram(str(self._partner.short_name), self.name)

    @property
    def url(self) -> str:
        """The address of the organization's page in this edition."""
        return reverse("partners:partner", args=[self.event.slug, self._partner.slug])

    @property
    def logo(self) -> ImageFieldFile:
        """The logo for light paper; false where there is none."""
        return self._partner.logo

    @property
    def logo_dark(self) -> ImageFieldFile:
        """The logo for dark paper; false where there is none."""
        return self._partner.logo_dark

    @property
    def logo_widths(self) -> Any:
        """The smaller files of the logo."""
        return self._partner.logo_widths

    @property
    def logo_dark_widths(self) -> Any:
        """The smaller files of the dark logo."""
        return self._partner.logo_dark_widths

    @property
    def _partner(self) -> Partner:
        return self.partnership.partner

    @property
    def _parent(self) -> str:
        return self._in_its_language("parent_name")

    def _in_its_language(self, field: str) -> str:
        """Return words of the organization in the language in which its name stands on the page, else in any."""
        column = _column_of_name(self.partnership)
        return str(getattr(self._partner, f"{field}_{column}") or getattr(self._partner, field))


@dataclass(frozen=True)
class PartnerGroup:
    """Partners of one role under one printed label, in the order entered; ``is_lead``: they are shown larger."""

    label: str
    role: PartnerRole
    is_lead: bool
    partnerships: list[Partnership]
    event: Event
    is_only: bool = True  # whether its role has one label only

    @property
    def cells(self) -> list[PartnerCell]:
        """The partnerships as cells."""
        return [PartnerCell(partnership, self.event) for partnership in self.partnerships]

    @property
    def is_half(self) -> bool:
        """Whether it is one large cell, beside which another group fits."""
        return self.is_lead and len(self.partnerships) == 1


def partner_groups(event: Event) -> list[PartnerGroup]:
    """Return the groups in protocol order; one query. Within a role a label opens where its first partner stands."""
    partnerships = list(event.partnerships.in_protocol_order().select_related("partner"))
    places: dict[tuple[str, ...], int] = {}
    for partnership in partnerships:
        places.setdefault(_key(partnership), len(places))
    partnerships.sort(key=lambda one: places[_key(one)])
    in_role = Counter(role for role, *_labels in places)
    return [_group(event, list(group), in_role) for _key_of_group, group in groupby(partnerships, key=_key)]


@dataclass(frozen=True)
class TextList:
    """All names as plain text; ``language`` is a value for the attribute ``lang``."""

    language: str
    words: str


def text_lists(event: Event, groups: list[PartnerGroup]) -> list[TextList]:
    """Return the edition's partners as text to be pasted, first in the page's language, then in the others; no query.

    A group is its printed label and a line per name as printed, in protocol order.
    """
    current = get_language() or "en"
    lists = []
    for code in sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != current):
        with override(code):
            blocks = ["\n".join([_label_of(group), *(cell.full_name for cell in group.cells)]) for group in groups]
            lists.append(
                TextList("zh-Hans" if code.startswith("zh") else code, "\n\n".join([str(event.name), *blocks]))
            )
    return lists if groups else []


def _label_of(group: PartnerGroup) -> str:
    """Return the label of a group in the current language."""
    return _label(group.partnerships, is_only=group.is_only)


def shown_name(partnership: Partnership) -> str:
    """Return the printed name in the page's language, else the organization's, else either in the other language."""
    return _name_in(_column_of_name(partnership), partnership)


def _column_of_name(partnership: Partnership) -> str:
    """Return the language of the name that is shown: the page's, or the other one where nothing is known in it."""
    column = _column()
    other = "en" if column == "zh_hans" else "zh_hans"
    return column if _name_in(column, partnership) or not _name_in(other, partnership) else other


def _name_in(column: str, partnership: Partnership) -> str:
    return str(getattr(partnership, f"printed_name_{column}") or getattr(partnership.partner, f"name_{column}"))


def _group(event: Event, partnerships: list[Partnership], in_role: Counter[str]) -> PartnerGroup:
    role = PartnerRole(partnerships[0].role)
    is_only = in_role[role] == 1
    label = _label(partnerships, is_only=is_only)
    return PartnerGroup(label, role, role in LEADS, partnerships, event, is_only)


def _label(partnerships: list[Partnership], *, is_only: bool) -> str:
    """Return the printed label; if it is in the other language only, the word for the role where one group has it."""
    printed = getattr(partnerships[0], f"label_{_column()}") or ("" if is_only else partnerships[0].label)
    return str(printed or GROUP_LABELS[PartnerRole(partnerships[0].role)](len(partnerships)))


def _key(partnership: Partnership) -> tuple[str, ...]:
    return (partnership.role, *(getattr(partnership, column) for column in columns("label")))


def _column() -> str:
    return "zh_hans" if (get_language() or "en").startswith("zh") else "en"
