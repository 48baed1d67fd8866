"""Fields that exist once per language, each in a real column of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

LANGUAGES = ("en", "zh-hans")


def bilingual(field: models.Field) -> TranslatedField:
    """Wrap a field into the columns `<name>_en` and `<name>_zh_hans`, both of which may stay empty.

    Reading `obj.name` gives the current language, else the other one, else "". Writing `obj.name` fills
    the column of the current language. Text columns default to "".
    """
    options: dict[str, Any] = {"blank": True}
    if isinstance(field, models.CharField | models.TextField) and not field.null and not field.has_default():
        options["default"] = ""
    return TranslatedField(
        field,
        dict.fromkeys(LANGUAGES, options),
        languages=LANGUAGES,
        attrgetter=_getter,
        attrsetter=_setter,
    )


def columns(name: str) -> list[str]:
    """The column names of a bilingual field, in the order of LANGUAGES."""
    return [to_attribute(name, language) for language in LANGUAGES]


def in_language(obj: Any, name: str, language: str) -> Any:
    """The value in this language, else in the other one, else ""."""
    wanted = _supported(language)
    for candidate in (wanted, *(other for other in LANGUAGES if other != wanted)):
        if value := getattr(obj, to_attribute(name, candidate)):
            return value
    return ""


def only_in(obj: Any, name: str, language: str | None = None) -> Any:
    """The value in this language (the current one) and in no other; "" where it is not written."""
    return getattr(obj, to_attribute(name, _supported(language or get_language())))


def language_shown(obj: Any, name: str, language: str | None = None) -> str:
    """The language `obj.name` is really in, for the `lang` attribute; the wanted one if nothing is filled."""
    wanted = _supported(language or get_language())
    missing = missing_languages(obj, name)
    return wanted if wanted not in missing else next(other for other in LANGUAGES if other not in missing)


def missing_languages(obj: Any, name: str) -> list[str]:
    """Languages still to be translated: the empty ones, if at least one other is filled."""
    empty = [language for language in LANGUAGES if not getattr(obj, to_attribute(name, language))]
    return [] if len(empty) == len(LANGUAGES) else empty


def has_any(name: str) -> Q:
    """Condition for a CheckConstraint or filter: at least one language is filled."""
    condition = Q()
    for column in columns(name):
        condition |= ~Q(**{column: ""})
    return condition


def _supported(language: str | None) -> str:
    """One of LANGUAGES for any language code: "en-gb" is "en", every Chinese is "zh-hans"."""
    return "zh-hans" if (language or "").lower().startswith("zh") else "en"


def _getter(name: str, field: TranslatedField) -> Callable[[Any], Any]:
    english, chinese = columns(name)

    def read(obj: Any) -> Any:
        """As ``in_language`` does in the current one; pages do it a thousand times."""
        first, second = (chinese, english) if _supported(get_language()) == "zh-hans" else (english, chinese)
        return getattr(obj, first) or getattr(obj, second) or ""

    return read


def _setter(name: str, field: TranslatedField) -> Callable[[Any, Any], None]:
    return lambda obj, value: setattr(obj, to_attribute(name, _supported(get_language())), value)
