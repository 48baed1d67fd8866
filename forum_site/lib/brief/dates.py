"""Dates as briefs print them: ordinals, ranges within and across months and years, ISO, Chinese."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from .errors import BriefError, quoted

LONGEST = 400  # characters of a value that are looked at
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
YEAR = r"(?:19|20|21)[0-9]{2}(?![0-9])"
DAY = r"[0-9]{1,2}(?![0-9])"
AFTER = rf"(?:[,\s]+(?P<after>{YEAR}))?"
POINTS = {
    "iso": rf"(?P<year>(?:19|20|21)[0-9]{{2}})\s*[-./]\s*(?P<number>[0-9]{{1,2}})\s*[-./]\s*(?P<day>{DAY})",
    "han": rf"(?:(?P<year>{YEAR})\s*年\s*)?(?P<number>[0-9]{{1,2}})\s*月\s*(?P<day>{DAY})\s*[日号]?",
    "md": rf"(?:(?P<year>{YEAR})[,\s]+)?(?P<month>{MONTH})\s*(?P<day>{DAY}){AFTER}",
    "dm": rf"(?P<day>{DAY})\s*(?:of\s+)?(?P<month>{MONTH}){AFTER}",
    "bare": rf"(?P<day>{DAY})\s*[日号]?(?!\s*[a-z\u3400-\u9fff年月]){AFTER}",
}
PATTERNS = {kind: re.compile(rf"(?<![0-9]){pattern}") for kind, pattern in POINTS.items()}
BETWEEN = re.compile(r"[\s,;、/和及与-]+")

REMOVED = [
    re.compile(r"(?<![a-z])(?:gmt|utc)\s*(?:[+-]\s*[0-9]{1,2}(?::?[0-9]{2})?)?"),
    re.compile(r"[0-9]{1,2}\s*(?::[0-9]{2}){1,2}\s*(?:[ap]\.?m\b\.?)?"),
    re.compile(r"\b[0-9]{1,2}(?:\s*-\s*[0-9]{1,2})?\s*[ap]\.?m\b\.?"),
    re.compile(r"\b[0-9]{4}\s*-\s*[0-9]{4}\s*(?:hrs|hours)\b"),
    re.compile(r"[0-9]{1,2}\s*[时点](?:\s*[0-9]{1,2}\s*分|半|整)?"),
    re.compile(r"\bthe\b"),
    re.compile(r"上午|下午|中午|晚上|早上|凌晨|全天"),
    re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]"),
    re.compile(r"\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"),
]
ORDINAL = re.compile(r"(?<=[0-9])\s*(?:st|nd|rd|th)\b")
DASHES = re.compile(r"[‐‑‒–—―−~〜至到]+|\b(?:to|until|till|through|thru|and)\b|&|(?:--+)")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True)
class Point:
    """A day as printed; what was not printed is None."""

    kind: str
    day: int
    month: int | None
    year: int | None
    year_is_last: bool
    end: int  # where the text goes on


def has_date(text: str) -> bool:
    """Whether the text names at least one day with its month."""
    return bool(_chain(text))


def read_dates(text: str, *, line: int, year: int | None = None) -> tuple[date, date]:
    """First and last day of the printed range; `year` stands in where the text gives none.

    Raises BriefError, naming `line`, where nothing is understood, a day does not exist, or the end comes first.
    """
    chain = _chain(text)
    if not chain:
        raise BriefError(_("Line %(line)d: no date was understood in “%(text)s”."), line, text=quoted(text))
    first, last = _completed(chain, year)
    if first.year is None:
        raise BriefError(_("Line %(line)d: the date “%(text)s” has no year."), line, text=quoted(text))
    starts_on, ends_on = _real_day(first, text, line), _real_day(last, text, line)
    if ends_on < starts_on:
        raise BriefError(_("Line %(line)d: the end of “%(text)s” is before its start."), line, text=quoted(text))
    return starts_on, ends_on


def year_in(text: str) -> int | None:
    """The one year that a name carries, or None where there is none or more than one."""
    years = set(re.findall(rf"(?<![0-9]){YEAR}", unicodedata.normalize("NFKC", text)))
    return int(years.pop()) if len(years) == 1 else None


def _chain(text: str) -> list[Point]:
    plain = _plain(text)
    for candidate in (BRACKETS.sub(" ", plain), re.sub(r"[()\[\]]", " ", plain)):
        chain = _first_chain(_without_hours(candidate))
        if chain:
            return chain
    return []


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return DASHES.sub("-", ORDINAL.sub("", text))


def _without_hours(text: str) -> str:
    for pattern in REMOVED:
        text = pattern.sub(" ", text)
    return text


def _first_chain(text: str) -> list[Point]:
    start = 0
    while start < len(text):
        point = _point_at(text, start)
        chain = _follow(text, point) if point else []
        if any(item.month for item in chain):
            return chain
        start = point.end if point else start + 1
    return []


def _follow(text: str, point: Point) -> list[Point]:
    chain = [point]
    while True:
        gap = BETWEEN.match(text, chain[-1].end)
        following = _point_at(text, gap.end()) if gap and gap[0].strip() else None
        if following is None:
            return chain
        if chain[-1].kind == "bare" and chain[-1].month is None and following.kind in ("md", "iso", "han"):
            return chain  # "Day 1, December 9": the 1 is no day of the month
        if following.kind == "bare" and _is_closed(chain[-1]) and gap and "-" not in gap[0]:
            return chain
        chain.append(following)


def _is_closed(point: Point) -> bool:
    # "December 9, 2022, 3": after such a day a comma leads to something else.
    return point.kind == "dm" or point.year_is_last


def _point_at(text: str, start: int) -> Point | None:
    for kind, pattern in PATTERNS.items():
        found = pattern.match(text, start)
        if found:
            return _point(kind, found.groupdict(), found.end())
    return None


def _point(kind: str, parts: dict[str, str | None], end: int) -> Point:
    month = parts.get("month")
    number = MONTHS.index(month[:3]) + 1 if month else parts.get("number")
    after = parts.get("after")
    year = parts.get("year") or after
    return Point(
        kind=kind,
        day=int(parts["day"] or 0),
        month=int(number) if number else None,
        year=int(year) if year else None,
        year_is_last=bool(after),
        end=end,
    )


def _completed(chain: list[Point], year: int | None) -> tuple[Point, Point]:
    months = [point.month for point in chain if point.month]
    first, last = chain[0], chain[-1]
    first_month, last_month = first.month or months[0], last.month or months[-1]
    turn = 1 if first_month == 12 and last_month == 1 else 0
    first_year = first.year or (last.year - turn if last.year else year)
    last_year = last.year or (first_year + turn if first_year else None)
    return (
        Point(first.kind, first.day, first_month, first_year, False, 0),
        Point(last.kind, last.day, last_month, last_year, False, 0),
    )


def _real_day(point: Point, text: str, line: int) -> date:
    try:
        return date(point.year or 0, point.month or 0, point.day)
    except ValueError:
        raise BriefError(
            _("Line %(line)d: “%(text)s” names a day that does not exist in the calendar."), line, text=quoted(text)
        ) from None
