"""A person's name in two scripts."""

from __future__ import annotations

from dataclasses import dataclass

from events.models import Speaker
from forum_site.lib.moments import is_chinese


@dataclass(frozen=True)
class Names:
    """`main` is set in 600; `other` follows in 400 and may be empty. Languages are those of HTML."""

    main: str
    main_lang: str
    other: str = ""
    other_lang: str = ""


def names_of(person: Speaker, *, printed: str = "", language: str) -> Names:
    """The name as it stands in this language.

    In Chinese a Chinese speaker stands alone; a foreign one, whose Chinese name has a middle dot, is followed by
    the original. In English the name in its own script follows.
    """
    latin, chinese = person.name_en, person.name_zh_hans
    main = printed or str(person.name)
    if is_chinese(language):
        is_foreign = "·" in chinese or bool(person.native_name)
        other = (person.native_name or latin) if is_foreign and chinese else ""
        other_lang = person.native_language if person.native_name else "en"
        return Names(main, "zh-Hans" if chinese else "en", other if other != main else "", other_lang if other else "")
    own, own_lang = _own_script(person)
    if not latin:
        return Names(main, "zh-Hans")
    return Names(main, "en", own, own_lang if own else "")


def _own_script(person: Speaker) -> tuple[str, str]:
    """The name in its own script with its language; nothing where that is Latin or only a transliteration."""
    if person.native_name:
        return person.native_name, person.native_language
    if person.name_zh_hans and "·" not in person.name_zh_hans:
        return person.name_zh_hans, "zh-Hans"
    return "", ""
