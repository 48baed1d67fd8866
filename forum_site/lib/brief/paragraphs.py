"""The background text: paragraphs with blank lines between them, one a line, or wrapped by a mail program."""

from __future__ import annotations

from .lines import BULLET, HAN, ends_sentence, join_lines
from .records import BriefLine, BriefParagraph
from .sections import Section

WRAPPED_WIDTH = 100


def read_paragraphs(section: Section) -> list[BriefParagraph]:
    """The paragraphs of a section; each carries the number of its first line."""
    lines = [BriefLine(section.line, section.value), *section.lines]
    return [
        BriefParagraph(group[0].line, join_lines([line.text for line in group]))
        for block in _blocks(lines)
        for group in _groups(block)
    ]


def _blocks(lines: list[BriefLine]) -> list[list[BriefLine]]:
    blocks: list[list[BriefLine]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _groups(block: list[BriefLine]) -> list[list[BriefLine]]:
    width = max(len(line.text) for line in block)
    groups = [[block[0]]]
    for line in block[1:]:
        if _continues(groups[-1][-1].text, line.text, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(previous: str, text: str, width: int) -> bool:
    if BULLET.match(text):
        return False
    if not ends_sentence(previous):
        return True
    # A sentence may end where a wrapped line happens to be full.
    return not HAN.search(previous) and width <= WRAPPED_WIDTH and len(previous) >= width * 0.8
