"""How the theme, the headline of an edition's home page, is broken and sized."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from forum_site.lib.moments import MONTHS, date_range, is_chinese

#: The sign an editor puts between two phrases that may stand on lines of their own.
PHRASE_MARK = "\u200b"
LONGEST_LARGE, LONGEST_IN_THE_HALL = 60, 90
_AFTER_CHINESE = re.compile(r"(?<=[：，；、])")


def split_phrases(text: str) -> list[str]:
    """The phrases of a heading: at the editor's marks, after Chinese punctuation, after the first colon.

    English is split at a colon only if both parts are short enough to stand on one line each.
    """
    if PHRASE_MARK in text:
        return [part for part in text.split(PHRASE_MARK) if part]
    if re.search(r"[\u4e00-\u9fff]", text):
        return [part for part in _AFTER_CHINESE.split(text) if part]
    head, colon, tail = text.partition(": ")
    return [f"{head}:", tail] if colon and max(len(head), len(tail)) <= 36 else [text]


def theme_size(theme: str) -> str:
    """The class of the hero: up to 60 characters large, up to 90 smaller, beyond beside the hall.

    A Chinese character is as wide as two Latin ones.
    """
    width = sum(2 if "\u2e80" <= sign <= "\uffef" else 1 for sign in theme.replace(PHRASE_MARK, ""))
    if width <= LONGEST_LARGE:
        return "hero-hall"
    return "hero-hall theme-long" if width <= LONGEST_IN_THE_HALL else "hero-aside"


@dataclass(frozen=True)
class ShortDates:
    """ "10–11" over "December 2026"."""

    days: str
    month: str


def short_dates(start: dt.date, end: dt.date, language: str) -> ShortDates:
    """The dates large and short; an edition that crosses months shows its first day large."""
    same_month = (start.year, start.month) == (end.year, end.month)
    days = f"{start.day}–{end.day}" if same_month and start != end else str(start.day)
    if not same_month:
        return ShortDates(days, date_range(start, end, language))
    month = f"{start.year}年{start.month}月" if is_chinese(language) else f"{MONTHS[start.month - 1]} {start.year}"
    return ShortDates(days, month)
