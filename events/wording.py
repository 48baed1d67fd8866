"""Words for what the programme stores as codes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from events.enums import DocumentKind, SessionType

LANGUAGE_NAMES: dict[str, Promise] = {
    "ar": gettext_lazy("Arabic"),
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "ja": gettext_lazy("Japanese"),
    "ko": gettext_lazy("Korean"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "zh": gettext_lazy("Chinese"),
}
PARALLEL_NAMES: dict[str, Promise] = {
    SessionType.THEMATIC: gettext_lazy("Thematic sessions"),
    SessionType.PANEL: gettext_lazy("Panels"),
    SessionType.WORKSHOP: gettext_lazy("Workshops"),
    SessionType.SOCIAL: gettext_lazy("Social events"),
}
COUNT_WORDS: dict[int, Promise] = {
    1: pgettext_lazy("number of sessions", "one"),
    2: pgettext_lazy("number of sessions", "two"),
    3: pgettext_lazy("number of sessions", "three"),
    4: pgettext_lazy("number of sessions", "four"),
    5: pgettext_lazy("number of sessions", "five"),
    6: pgettext_lazy("number of sessions", "six"),
}
KIND_HEADINGS: dict[str, Promise] = {
    DocumentKind.WHITE_PAPER: gettext_lazy("White papers"),
    DocumentKind.REPORT: gettext_lazy("Reports"),
    DocumentKind.VIDEO: gettext_lazy("Recordings"),
    DocumentKind.SLIDES: gettext_lazy("Slides"),
    DocumentKind.TRANSCRIPT: gettext_lazy("Transcripts"),
    DocumentKind.PHOTOGRAPHS: gettext_lazy("Photographs"),
    DocumentKind.OTHER: gettext_lazy("Other documents"),
}
ALL_SESSIONS = pgettext_lazy("in parallel", "Sessions")


def language_name(code: str) -> str:
    """Return the name of a language in the current language: "Chinese", "中文"; the code where none is known."""
    name = LANGUAGE_NAMES.get(code) or LANGUAGE_NAMES.get(code.partition("-")[0])
    if name:
        return str(name)
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def languages_text(codes: Iterable[str]) -> str:
    """Return the names in the order given: "English", "English and Chinese", "Arabic, Chinese and English"."""
    names = list(dict.fromkeys(language_name(code) for code in codes))
    if len(names) < 2:
        return "".join(names)
    first = pgettext("between languages", ", ").join(names[:-1])
    return _("%(languages)s and %(last)s") % {"languages": first, "last": names[-1]}


def parallel_name(session_type: str) -> str:
    """Return the plural of a type; sessions of several types, or of one that never runs twice, are just sessions."""
    return str(PARALLEL_NAMES.get(session_type, ALL_SESSIONS))


def count_word(count: int) -> str:
    """Return a small number of sessions as a word, a larger one in figures."""
    return str(COUNT_WORDS.get(count, count))


def kind_heading(kind: str) -> str:
    """Return the heading above documents of this type."""
    return str(KIND_HEADINGS[kind])
