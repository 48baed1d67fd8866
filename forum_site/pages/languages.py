"""Names of the languages a forum is held in."""

from __future__ import annotations

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_noop as _

#: The languages of the United Nations and of this site's readers, by the names that programmes print.
NAMES = {
    "ar": _("Arabic"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
    "zh-hans": _("Chinese"),
    "zh-hant": _("Chinese (traditional)"),
}


def language_names(codes: list[str]) -> list[str]:
    """Return the names of the languages in the language of the page; an unknown code stands for itself."""
    return [_name(code) for code in codes]


def _name(code: str) -> str:
    if name := NAMES.get(code.lower()):
        return gettext(name)
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
