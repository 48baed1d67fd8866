"""Why something is done to a registration, in the languages in which it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from forum_site.lib.bilingual import LANGUAGES, columns, in_language


@dataclass(frozen=True)
class Reason:
    """A sentence in both languages; where it is written in one only, that serves for the other too."""

    text_en: str = ""
    text_zh_hans: str = ""

    @classmethod
    def of(cls, said: Reason | str) -> Reason:
        """Return the reason, where it is a bare text as one in the language that is active."""
        if isinstance(said, Reason):
            return said
        is_chinese = (translation.get_language() or "").startswith("zh")
        return cls(text_zh_hans=said) if is_chinese else cls(text_en=said)

    @classmethod
    def in_each_language(cls, sentence: Callable[[], str]) -> Reason:
        """Return a sentence of the site as it is in each language."""
        texts = []
        for language in LANGUAGES:
            with translation.override(language):
                texts.append(str(sentence()))
        return cls(*texts)

    def __bool__(self) -> bool:
        return bool(self.text_en or self.text_zh_hans)

    def read_in(self, language: str) -> str:
        """Return what somebody reads who reads this language."""
        return str(in_language(self, "text", language))

    def as_columns(self, name: str) -> dict[str, str]:
        """Return the values of the columns of a bilingual field."""
        return dict(zip(columns(name), (self.text_en, self.text_zh_hans), strict=True))
