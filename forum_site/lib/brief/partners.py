"""Partner lists: one name a line, or several on a line with semicolons (in Chinese also 、) between them."""

from __future__ import annotations

import re

from .lines import ends_sentence, without_bullet
from .records import BriefLine, BriefPartner
from .sections import Section

SEPARATORS = {"en": ";；", "zh-hans": ";；、"}
OPENING, CLOSING = "(（[【“「", ")）]】”」"
STRAY = " \t;；、,，。"
AND = re.compile(r"^and\s+", re.IGNORECASE)
ADDRESS = re.compile(r"\S+://\S+|www\.\S+|\S+@\S+")
LONGEST_NAME = 250
LONGEST_SENTENCE = 120


def read_partners(section: Section, *, language: str, position: int = 0) -> tuple[list[BriefPartner], list[BriefLine]]:
    """The partners under one label, numbered from `position` + 1, and the lines that are none."""
    named, rest = _list_lines(section, language)
    names = [(line.line, name) for line in named for name in split_names(line.text, language)]
    partners = [
        BriefPartner(section.field, section.label, name, number, line)
        for number, (line, name) in enumerate(names, start=position + 1)
    ]
    return partners, rest


def split_names(text: str, language: str) -> list[str]:
    """The names on one line, without bullets and stray semicolons; commas and what stands in brackets stay."""
    parts = _split_outside_brackets(without_bullet(text), SEPARATORS[language])
    names = [part.strip(STRAY) for part in parts]
    names = names[:1] + [AND.sub("", name) for name in names[1:]]
    return [name for name in names if any(character.isalnum() for character in name)]


def _list_lines(section: Section, language: str) -> tuple[list[BriefLine], list[BriefLine]]:
    """Lines that belong to the list. A list that began on the line of its label ends at the first blank line."""
    taken = [BriefLine(section.line, section.value)] if section.value else []
    separators = tuple(SEPARATORS[language])
    for index, line in enumerate(section.lines):
        goes_on = not section.value or not taken or taken[-1].text.endswith(separators)
        if (not line.text and not goes_on) or _is_foreign(line.text):
            return taken, [later for later in section.lines[index:] if later.text]
        if line.text:
            taken.append(line)
    return taken, []


def _is_foreign(text: str) -> bool:
    is_sentence = ends_sentence(text) and (len(text) > LONGEST_SENTENCE or (text[-1] == "。" and "，" in text))
    return is_sentence or len(text) > LONGEST_NAME or text.endswith((":", "：")) or ADDRESS.fullmatch(text) is not None


def _split_outside_brackets(text: str, separators: str) -> list[str]:
    if sum(map(text.count, OPENING)) != sum(map(text.count, CLOSING)):
        return re.split(f"[{separators}]", text)
    parts, depth = [""], 0
    for character in text:
        depth += (character in OPENING) - (character in CLOSING)
        if character in separators and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts
