"""Days, times and time zones as they are printed, in English and in Chinese.

Moments are aware datetimes of any zone, days are dates, zones are IANA names. Languages are "en" and "zh-hans".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from forum_site.lib.zone_cities import CHINESE_CITIES

MONTHS = ["January", "February", "March", "April", "May", "June"]
MONTHS += ["July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
CHINESE_WEEKDAYS = [f"周{sign}" for sign in "一二三四五六日"]
_read_at: ContextVar[dt.datetime | None] = ContextVar("read_at", default=None)


def present() -> dt.datetime:
    """The moment at which a page is read: now, or the one of `read_at`.

    For words such as "open", "now" and "past". What visitors may see at all is asked of the real clock, always.
    """
    return _read_at.get() or timezone.now()


@contextmanager
def read_at(moment: dt.datetime) -> Iterator[None]:
    """Draw pages as they are read at another moment, such as those of an archive."""
    token = _read_at.set(moment)
    try:
        yield
    finally:
        _read_at.reset(token)


@cache
def zone_names() -> frozenset[str]:
    """All IANA names this machine knows."""
    return frozenset(available_timezones())


def is_zone(zone_name: str) -> bool:
    """Whether this is the name of a time zone; for validators."""
    return zone_name in zone_names()


def local_day(zone_name: str, at: dt.datetime | None = None) -> dt.date:
    """The calendar day in the zone at a moment, by default the present one."""
    return _local(at or present(), zone_name).date()


def clock(at: dt.datetime, zone_name: str) -> str:
    """The time of day in the zone, in 24 hours: "09:00"."""
    return f"{_local(at, zone_name):%H:%M}"


def time_range(start: dt.datetime, end: dt.datetime | None, zone_name: str) -> str:
    """ "09:00–10:15", or "09:00" where no end is known."""
    if end is None or end == start:
        return clock(start, zone_name)
    return f"{clock(start, zone_name)}–{clock(end, zone_name)}"


def days_after(at: dt.datetime, day: dt.date, zone_name: str) -> int:
    """How many calendar days the moment falls after `day` in the zone: 1 for "(+1 day)", negative before it."""
    return (local_day(zone_name, at) - day).days


def is_within_hours(
    start: dt.datetime, end: dt.datetime | None, zone_name: str, *, first: int = 8, last: int = 22
) -> bool:
    """Whether all of it lies between two full hours of the same day on the clocks of the zone, both ends included."""
    from_clock = _local(start, zone_name).replace(tzinfo=None)
    to_clock = _local(end or start, zone_name).replace(tzinfo=None)
    midnight = dt.datetime.combine(from_clock.date(), dt.time())
    return midnight + dt.timedelta(hours=first) <= from_clock and to_clock <= midnight + dt.timedelta(hours=last)


def minutes_between(start: dt.datetime, end: dt.datetime) -> int:
    """Whole minutes that really pass, also over a change of clocks."""
    return int((end.astimezone(dt.UTC) - start.astimezone(dt.UTC)).total_seconds() // 60)


def zone_label(zone_name: str, at: dt.datetime) -> str:
    """The offset from Greenwich at this moment: "GMT+8", "GMT+5:30", "GMT-3", "GMT"; as browsers write it."""
    offset = _local(at, zone_name).utcoffset() or dt.timedelta()
    hours, minutes = divmod(abs(offset) // dt.timedelta(minutes=1), 60)
    if not (hours or minutes):
        return "GMT"
    sign = "-" if offset < dt.timedelta() else "+"
    return f"GMT{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def zone_labels(zone_name: str, start: dt.date, end: dt.date) -> str:
    """The offsets that hold from noon to noon of these days: "GMT+8", or "GMT+2/GMT+1" where clocks change between."""
    noons = [dt.datetime.combine(day, dt.time(12), ZoneInfo(zone_name)) for day in (start, end)]
    return "/".join(dict.fromkeys(zone_label(zone_name, noon) for noon in noons))


def zone_city(zone_name: str, language: str) -> str:
    """The city that gives the zone its name: "Shanghai" or "上海"; in English where no Chinese name is known."""
    english = zone_name.rpartition("/")[2].replace("_", " ")
    return CHINESE_CITIES.get(zone_name, english) if is_chinese(language) else english


def zone_words(zone_name: str, at: dt.datetime, language: str) -> str:
    """The city of a zone and its offset at a moment: "Nairobi, GMT+3" or "内罗毕，GMT+3"."""
    comma = "，" if is_chinese(language) else ", "
    return f"{zone_city(zone_name, language)}{comma}{zone_label(zone_name, at)}"


def zone_brackets(zone_name: str, at: dt.datetime, language: str) -> str:
    """City and offset as they follow a time: " (Nairobi, GMT+3)" or "（内罗毕，GMT+3）"."""
    words = zone_words(zone_name, at, language)
    return f"（{words}）" if is_chinese(language) else f" ({words})"


def date_range(start: dt.date, end: dt.date | None, language: str) -> str:
    """ "10–11 December 2026" or "2026年12月10日至11日"; what both days share is printed once."""
    if end is None or end <= start:
        return full_day(start, language)
    if is_chinese(language):
        return f"{full_day(start, language)}至{_chinese_end(start, end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{full_day(end, language)}"
    first = _english_day(start) if start.year == end.year else full_day(start, language)
    return f"{first} – {full_day(end, language)}"


def full_day(day: dt.date, language: str) -> str:
    """ "10 December 2026" or "2026年12月10日"."""
    return f"{day.year}年{_chinese_day(day)}" if is_chinese(language) else f"{_english_day(day)} {day.year}"


def short_day(day: dt.date, language: str) -> str:
    """ "27 Nov" or "11月27日", for columns of dates; September and short months as British tables print them."""
    if is_chinese(language):
        return _chinese_day(day)
    month = MONTHS[day.month - 1]
    return f"{day.day} {month if len(month) <= 4 else 'Sept' if day.month == 9 else month[:3]}"


def short_range(start: dt.date, end: dt.date, language: str) -> str:
    """ "10–11 Dec", "30 Nov – 1 Dec" or "12月10日至11日", for columns of dates."""
    if end <= start:
        return short_day(start, language)
    if is_chinese(language):
        return f"{short_day(start, language)}至{_chinese_end(start, end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_day(end, language)}"
    return f"{short_day(start, language)} – {short_day(end, language)}"


def day_label(day: dt.date, language: str, with_year: bool = False) -> str:
    """ "Thursday 10 December" or "12月10日 周四", with the year where asked."""
    if is_chinese(language):
        return f"{full_day(day, language) if with_year else _chinese_day(day)} {weekday(day, language)}"
    return f"{weekday(day, language)} {full_day(day, language) if with_year else _english_day(day)}"


def weekday(day: dt.date, language: str) -> str:
    """ "Thursday" or "周四"."""
    return (CHINESE_WEEKDAYS if is_chinese(language) else WEEKDAYS)[day.weekday()]


def weekday_range(start: dt.date, end: dt.date | None, language: str) -> str:
    """ "Thursday", "Thursday and Friday", "Thursday to Saturday", "周四至周五"; "" from a week on."""
    days = (end - start).days if end else 0
    if days >= 7:
        return ""
    if days <= 0 or end is None:
        return weekday(start, language)
    between = "至" if is_chinese(language) else " and " if days == 1 else " to "
    return f"{weekday(start, language)}{between}{weekday(end, language)}"


def moment_label(at: dt.datetime, zone_name: str, language: str) -> str:
    """ "20 November 2026, 16:40 (Shanghai, GMT+8)" or "2026年11月20日 16:40（上海，GMT+8）"."""
    return _worded(moment_pattern(language), at, zone_name, language)


def hour_label(at: dt.datetime, zone_name: str, language: str) -> str:
    """ "16:40 (Shanghai, GMT+8)" or "16:40（上海，GMT+8）", for what stands beside its day."""
    return _worded(hour_pattern(language), at, zone_name, language)


def moment_pattern(language: str) -> str:
    """How `moment_label` is put together, for scripts too."""
    return "{day} " + hour_pattern(language) if is_chinese(language) else "{day}, " + hour_pattern(language)


def hour_pattern(language: str) -> str:
    """How `hour_label` is put together, for scripts too."""
    return "{clock}（{city}，{zone}）" if is_chinese(language) else "{clock} ({city}, {zone})"


def is_chinese(language: str) -> bool:
    """Whether the language code is a Chinese one."""
    return language.lower().startswith("zh")


def _worded(pattern: str, at: dt.datetime, zone_name: str, language: str) -> str:
    return pattern.format(
        day=full_day(local_day(zone_name, at), language),
        clock=clock(at, zone_name),
        city=zone_city(zone_name, language),
        zone=zone_label(zone_name, at),
    )


def _local(at: dt.datetime, zone_name: str) -> dt.datetime:
    return at.astimezone(ZoneInfo(zone_name))


def _english_day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _chinese_day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def _chinese_end(start: dt.date, end: dt.date) -> str:
    if start.year != end.year:
        return f"{end.year}年{_chinese_day(end)}"
    return f"{end.day}日" if start.month == end.month else _chinese_day(end)
