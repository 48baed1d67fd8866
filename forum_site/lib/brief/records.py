"""What was read in a brief, with the line in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class BriefLine:
    """One line of the brief, counted from 1, without surrounding space."""

    line: int
    text: str


@dataclass(frozen=True)
class BriefLabel:
    """A label that was recognised: as printed (without colon), and the field it stands for."""

    line: int
    label: str
    field: str


@dataclass(frozen=True)
class BriefPartner:
    """One partner; `position` counts from 1 within the partners of the same printed label."""

    role: str
    label: str
    name: str
    position: int
    line: int


@dataclass(frozen=True)
class BriefParagraph:
    """One paragraph of the background; `line` is its first line."""

    line: int
    text: str


@dataclass(frozen=True)
class Brief:
    """What was understood of a brief, and what was not.

    `lines` gives the line of every single value by the name of its attribute ("name", "theme", "starts_on" …).
    `timezone_is_preset` means that `timezone_name` is a suggestion which a person has to confirm.
    """

    name: str
    starts_on: date
    ends_on: date
    language: str  # of the brief itself: "en" or "zh-hans"
    theme: str = ""
    date_text: str = ""  # as printed
    form: str = ""  # as printed
    attendance_mode: str = ""  # "online", "onsite", "mixed" or "" (not understood)
    location: str = ""
    languages: list[str] = field(default_factory=list)  # codes, in printed order
    languages_text: str = ""  # as printed
    timezone_name: str = ""  # IANA name
    timezone_text: str = ""  # as printed: "GMT+8", "Beijing time"
    timezone_is_preset: bool = False
    partners: list[BriefPartner] = field(default_factory=list)
    background: list[BriefParagraph] = field(default_factory=list)
    leftover: list[BriefLine] = field(default_factory=list)
    labels: list[BriefLabel] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
