"""Form, languages and time zone: words of a brief that stand for a value of the site."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONLINE = re.compile(r"\bon ?line\b|\bvirtual|\bremote|\bwebinar|\bvideo|线上|在线|网络|视频|云端|远程")
ONSITE = re.compile(r"\bon ?site\b|\boff ?line\b|\bin person\b|\bphysical|\bface to face\b|线下|现场|实地")
MIXED = re.compile(r"\bhybrid\b|\bmixed\b|\bblended\b|混合|线上线下|线上、线下")

LANGUAGE_WORDS = {
    "zh-hant": r"traditional chinese|繁体中文|繁體中文",
    "zh-hans": r"\bchinese\b|\bmandarin\b|\bputonghua\b|中文|汉语|普通话|华语|(?<![a-z])中(?=[、/和与及]?[英法俄日韩])",
    "en": r"\benglish\b|英文|英语|英(?=[、/和与及]?[中法俄日韩文语双])|(?<=中)英|(?<=中[、/和与及])英",
    "fr": r"\bfrench\b|法文|法语",
    "ru": r"\brussian\b|俄文|俄语",
    "es": r"\bspanish\b|西班牙文|西班牙语",
    "ar": r"\barabic\b|阿拉伯文|阿拉伯语",
    "de": r"\bgerman\b|德文|德语",
    "pt": r"\bportuguese\b|葡萄牙文|葡萄牙语",
    "ja": r"\bjapanese\b|日文|日语",
    "ko": r"\bkorean\b|韩文|韩语",
}
LANGUAGE_PATTERNS = {code: re.compile(words) for code, words in LANGUAGE_WORDS.items()}

ZONE_WORDS = {
    "Asia/Shanghai": r"(?:beijing|china|shanghai)(?: standard)? time|北京时间|中国(?:标准)?时间",
    "Asia/Hong_Kong": r"hong kong time|香港时间",
    "Asia/Singapore": r"singapore(?: standard)? time|新加坡时间",
    "Asia/Tokyo": r"(?:tokyo|japan)(?: standard)? time|东京时间|日本时间",
}
ZONE_PATTERNS = {zone: re.compile(words, re.IGNORECASE) for zone, words in ZONE_WORDS.items()}
IANA = re.compile(r"\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/[A-Za-z0-9_+/-]+")
OFFSET = re.compile(
    r"(?<![A-Za-z])(?:GMT|UTC)(?:\s*([+-])\s*([0-9]{1,2})(?::?([0-9]{2}))?)?(?![0-9])|(东八区)", re.IGNORECASE
)
# An offset alone names no zone; these two are what it most likely means in this community.
LIKELY_ZONES = {timedelta(hours=8): "Asia/Shanghai", timedelta(0): "UTC"}


def attendance_mode(form: str) -> str:
    """ "online", "onsite", "mixed", or "" where the printed form is not understood."""
    text = _folded(form)
    online, onsite = bool(ONLINE.search(text)), bool(ONSITE.search(text))
    if MIXED.search(text) or (online and onsite):
        return "mixed"
    return "online" if online else "onsite" if onsite else ""


def language_codes(text: str) -> list[str]:
    """The codes of the languages named in the text, in printed order."""
    text = _folded(text)
    found: dict[str, int] = {}
    for code, pattern in LANGUAGE_PATTERNS.items():
        match = pattern.search(text)
        if match:
            found[code] = match.start()
            text = pattern.sub(lambda words: " " * len(words[0]), text) if code == "zh-hant" else text
    return sorted(found, key=lambda code: found[code])


def read_zone(text: str, *, day: date, default: str | None) -> tuple[str, str, bool]:
    """Time zone of a printed text as (IANA name, words as printed, whether it is only a suggestion).

    An offset such as GMT+8 fits many zones: the default is suggested where it has that offset on `day`,
    else the zone this community means by it, else none.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("–", "-")
    named = _named_zone(text)
    if named:
        return *named, False
    found = OFFSET.search(text)
    if found is None:
        return default or "", "", bool(default)
    zone = _zone_for_offset(_offset(found), day, default)
    return zone, found[0].strip(), bool(zone)


def _named_zone(text: str) -> tuple[str, str] | None:
    for found in IANA.finditer(text):
        if _zone(found[0]):
            return found[0], found[0]
    for name, pattern in ZONE_PATTERNS.items():
        words = pattern.search(text)
        if words:
            return name, words[0]
    return None


def _offset(found: re.Match[str]) -> timedelta:
    if found[4]:
        return timedelta(hours=8)
    size = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    return -size if found[1] == "-" else size


def _zone_for_offset(offset: timedelta, day: date, default: str | None) -> str:
    zone = _zone(default) if default else None
    if default and zone and datetime.combine(day, time(12), tzinfo=zone).utcoffset() == offset:
        return default
    return LIKELY_ZONES.get(offset, "")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return None


def _folded(text: str) -> str:
    return re.sub(r"[-‐‑\s]+", " ", unicodedata.normalize("NFKC", text).casefold())
