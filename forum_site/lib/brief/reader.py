"""Reads a whole brief: which line belongs to which field, and what nobody understood."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile, takewhile
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _

from .dates import has_date, read_dates, year_in
from .errors import BriefError
from .labels import (
    BACKGROUND,
    DATES,
    FORM,
    LANGUAGES,
    LOCATION,
    NAME,
    OTHER,
    PARTNER_ROLES,
    THEME,
    TIMEZONE,
    is_about_heading,
)
from .lines import ends_sentence, join_lines, language_of, split_lines
from .paragraphs import read_paragraphs
from .partners import STRAY, read_partners
from .records import Brief, BriefLabel, BriefLine, BriefParagraph, BriefPartner
from .sections import Cut, Section, cut_sections
from .words import attendance_mode, language_codes, read_zone

FORUM_WORD = re.compile(
    r"forum|conference|summit|symposium|congress|workshop|论坛|会议|大会|峰会|研讨会|年会", re.IGNORECASE
)
LONGEST_HEADING = 200
MOST_LINES = 5000


@dataclass
class Findings:
    """What has been collected while the sections are read."""

    language: str
    values: dict[str, BriefLine] = field(default_factory=dict)
    dates: list[BriefLine] = field(default_factory=list)
    partners: list[BriefPartner] = field(default_factory=list)
    group_sizes: Counter[tuple[str, str]] = field(default_factory=Counter)
    background: list[BriefParagraph] = field(default_factory=list)
    leftover: list[BriefLine] = field(default_factory=list)
    labels: list[BriefLabel] = field(default_factory=list)


def read_brief(text: str, *, default_zone: str | None = None) -> Brief:
    """What a brief says, with line numbers counted from 1.

    `default_zone` is the IANA zone to suggest where the brief prints none.
    Raises BriefError for the first thing without which there is no edition: an empty text, no name, no dates,
    a day that does not exist, an end before the start; also for a text of more than 5,000 lines.
    """
    lines = split_lines(text)
    if not any(line.strip() for line in lines):
        raise BriefError(_("The brief is empty."), 1)
    if len(lines) > MOST_LINES:
        raise BriefError(_("The brief has more than %(line)d lines. A brief is a short text."), MOST_LINES)
    cut = cut_sections(lines)
    findings = _findings(cut, language_of(text))
    name = _name(cut, findings)
    dates = _dates_line(findings, len(lines))
    days = read_dates(dates.text, line=dates.line, year=year_in(name.text))
    return _brief(findings, name, dates, days, default_zone)


def _findings(cut: Cut, language: str) -> Findings:
    findings = Findings(language, leftover=[*cut.preamble, *cut.repeated])
    for section in cut.sections:
        if section.field == OTHER:
            findings.leftover += _printed(section)
            continue
        findings.labels.append(BriefLabel(section.line, section.label, section.field))
        if section.field in PARTNER_ROLES:
            _take_partners(findings, section)
        elif section.field == BACKGROUND:
            findings.background += read_paragraphs(section)
        else:
            _take_value(findings, section)
    return findings


def _take_partners(findings: Findings, section: Section) -> None:
    group = (section.field, section.label.casefold())
    partners, rest = read_partners(section, language=findings.language, position=findings.group_sizes[group])
    findings.group_sizes[group] += len(partners)
    findings.partners += partners
    findings.leftover += rest


def _take_value(findings: Findings, section: Section) -> None:
    if section.field in findings.values:
        del findings.labels[-1]
        findings.leftover += _printed(section)
        return
    value, rest = _value(section)
    findings.leftover += rest
    if section.field == DATES:
        findings.dates.append(value)
    elif value.text:
        findings.values[section.field] = value


def _value(section: Section) -> tuple[BriefLine, list[BriefLine]]:
    """The value on the line of the label (and where it is wrapped), else the first block under it; and the rest."""
    if section.value:
        block = [BriefLine(section.line, section.value)]
        block += takewhile(lambda line: line.text[:1].islower(), section.lines)
    else:
        block = list(takewhile(lambda line: line.text, dropwhile(lambda line: not line.text, section.lines)))
    value = join_lines([line.text for line in block]).rstrip(STRAY)
    rest = [line for line in section.filled if line not in block]
    return BriefLine(block[0].line if block else section.line, value), rest


def _printed(section: Section) -> list[BriefLine]:
    return [BriefLine(section.line, section.text), *section.filled]


def _name(cut: Cut, findings: Findings) -> BriefLine:
    if NAME in findings.values:
        return findings.values[NAME]
    headings = [line for line in findings.leftover if _is_heading(line.text)]
    before = [line for line in headings if line in cut.preamble]
    for line in before or [line for line in headings if FORUM_WORD.search(line.text)]:
        findings.leftover.remove(line)
        return BriefLine(line.line, line.text.strip("#* ") or line.text)
    first = cut.sections[0].line if cut.sections else 1
    raise BriefError(_("Line %(line)d: the name of the forum is missing. It belongs before the first label."), first)


def _is_heading(text: str) -> bool:
    if not text or len(text) > LONGEST_HEADING or not any(character.isalpha() for character in text):
        return False
    return not (ends_sentence(text) or is_about_heading(text) or text.endswith((":", "：", ";", "；")) or "://" in text)


def _dates_line(findings: Findings, last_line: int) -> BriefLine:
    if not findings.dates:
        raise BriefError(
            _("The brief ends at line %(line)d without dates. Add a line such as “Date: 9–10 December 2022”."),
            last_line,
        )
    chosen = next((line for line in findings.dates if has_date(line.text)), findings.dates[0])
    if not chosen.text:
        raise BriefError(_("Line %(line)d: the label has no date after it."), chosen.line)
    findings.leftover += [line for line in findings.dates if line is not chosen and line.text]
    return chosen


def _brief(
    findings: Findings, name: BriefLine, dates: BriefLine, days: tuple[date, date], default_zone: str | None
) -> Brief:
    values = {key: line.text for key, line in findings.values.items()}
    printed = " ".join([values.get(TIMEZONE, ""), *(line.text for line in findings.dates)])
    zone, zone_text, is_preset = read_zone(printed, day=days[0], default=default_zone)
    if TIMEZONE in values and not _names(findings.values[TIMEZONE], zone_text):
        findings.leftover.append(findings.values[TIMEZONE])
    return Brief(
        name=name.text,
        starts_on=days[0],
        ends_on=days[1],
        language=findings.language,
        theme=values.get(THEME, ""),
        date_text=dates.text,
        form=values.get(FORM, ""),
        attendance_mode=attendance_mode(values.get(FORM, "")),
        location=values.get(LOCATION, ""),
        languages=language_codes(values.get(LANGUAGES, "")),
        languages_text=values.get(LANGUAGES, ""),
        timezone_name=zone,
        timezone_text=zone_text,
        timezone_is_preset=is_preset,
        partners=findings.partners,
        background=findings.background,
        leftover=sorted((line for line in findings.leftover if line.text), key=lambda line: line.line),
        labels=findings.labels,
        lines=_line_numbers(findings, name, dates, zone_text),
    )


def _line_numbers(findings: Findings, name: BriefLine, dates: BriefLine, zone_text: str) -> dict[str, int]:
    numbers = {key: line.line for key, line in findings.values.items() if key != TIMEZONE}
    numbers |= {NAME: name.line, "starts_on": dates.line, "ends_on": dates.line}
    sources = [*findings.dates, *filter(None, [findings.values.get(TIMEZONE)])]
    zone_line = next((line.line for line in sources if _names(line, zone_text)), None)
    return numbers | ({"timezone_name": zone_line} if zone_line else {})


def _names(line: BriefLine, zone_text: str) -> bool:
    return bool(zone_text) and zone_text in normalize("NFKC", line.text)
