"""How a person's name is printed in two scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.models import Appearance, Speaker

HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]{2,}")
#: Where people have names of Chinese characters of their own.
HAN_PLACES = frozenset({"", "CN", "HK", "MO", "TW", "SG", "MY"})


@dataclass(frozen=True)
class PrintedName:
    """The name in the language of the page, and the one in the other script after it (may be empty).

    ``language`` and ``other_language`` are values for the attribute ``lang``.
    """

    main: str
    language: str
    other: str = ""
    other_language: str = ""


def printed_name(person: Appearance | Speaker, language: str) -> PrintedName:
    """Return the name as printed that day (of an appearance) or as it is now (of a speaker).

    In English "LIN Qinghe 林清河", "SUZUMORI Kaito 鈴森海斗", "Ingrid Solvang"; in Chinese 林清河, and a foreign name
    as its transliteration with the original after it.
    """
    speaker = person.speaker if isinstance(person, Appearance) else person
    english, chinese = english_name(person), _printed(person, "zh_hans") or _of(speaker, "zh_hans")
    native = (speaker.native_name, speaker.native_language)
    han = chinese if is_own_chinese_name(speaker, chinese) else ""
    if language.startswith("zh"):
        if not chinese:
            return _name((english, "en"), native)
        return _name((chinese, "zh-Hans"), native if native[0] else ("", "") if han else (english, "en"))
    if not english:
        return _name((chinese, "zh-Hans"), native)
    return _name((english, "en"), native if native[0] else (han, "zh-Hans"))


def english_name(person: Appearance | Speaker) -> str:
    """Return the English name, of an appearance as printed that day; "" where there is none."""
    return _printed(person, "en") or _of(person.speaker if isinstance(person, Appearance) else person, "en")


def is_own_chinese_name(speaker: Speaker, chinese: str) -> bool:
    """Say whether the Chinese name is the person's own and not a transliteration, which has a middle dot."""
    return not speaker.native_name and str(speaker.country) in HAN_PLACES and bool(HAN_NAME.fullmatch(chinese))


def _printed(person: Appearance | Speaker, column: str) -> str:
    return str(getattr(person, f"printed_name_{column}", ""))


def _of(speaker: Speaker, column: str) -> str:
    return str(getattr(speaker, f"name_{column}"))


def _name(main: tuple[str, str], other: tuple[str, str]) -> PrintedName:
    if not other[0] or other[0] == main[0]:
        return PrintedName(*main)
    return PrintedName(*main, *other)
