"""Cuts a brief into its sections: a label, and the lines that stand under it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from .dates import has_date
from .labels import BACKGROUND, DATES, PARTNER_ROLES, Label, label_of
from .lines import ends_sentence, tidy
from .records import BriefLine


@dataclass
class Section:
    """A label with its value on the same line, and the following lines up to the next label (blank ones too)."""

    line: int
    label: str
    field: str
    value: str
    text: str  # the whole line as printed
    lines: list[BriefLine] = dataclasses.field(default_factory=list)

    @property
    def filled(self) -> list[BriefLine]:
        """The following lines that are not blank."""
        return [line for line in self.lines if line.text]


@dataclass
class Cut:
    """A brief in parts: what stands before the first label, the sections, and repeated labels inside the background."""

    preamble: list[BriefLine] = dataclasses.field(default_factory=list)
    sections: list[Section] = dataclasses.field(default_factory=list)
    repeated: list[BriefLine] = dataclasses.field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(section.field == name for section in self.sections)


def cut_sections(lines: list[str]) -> Cut:
    """The sections of a brief in printed order."""
    cut = Cut()
    previous = ""
    for number, raw in enumerate(lines, start=1):
        text = tidy(raw)
        _take(cut, BriefLine(number, text), _accepted(cut, label_of(raw), text, previous))
        previous = text
    return cut


def _take(cut: Cut, line: BriefLine, label: Label | None) -> None:
    if label is None:
        (cut.sections[-1].lines if cut.sections else cut.preamble).append(line)
    elif _inside_background(cut) and _is_repeated(cut, label) and label.value:
        cut.repeated.append(line)
    else:
        cut.sections.append(Section(line.line, label.printed, label.field, label.value, line.text))


def _accepted(cut: Cut, label: Label | None, text: str, previous: str) -> Label | None:
    if label is None or not _inside_background(cut):
        return label
    # Prose may begin a line with "Date" or "Time:" too; there a label needs a paragraph of its own.
    if not label.has_colon and label.value:
        return None
    if previous and (not ends_sentence(previous) or text[:1].islower()):
        return None
    if label.field == DATES and label.has_colon and label.value and not has_date(label.value):
        return None
    return label


def _inside_background(cut: Cut) -> bool:
    return (
        bool(cut.sections)
        and cut.sections[-1].field == BACKGROUND
        and bool(cut.sections[-1].value or cut.sections[-1].filled)
    )


def _is_repeated(cut: Cut, label: Label) -> bool:
    return label.field not in (BACKGROUND, *PARTNER_ROLES) and cut.has(label.field)
