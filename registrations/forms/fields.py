"""The fields of the forms of registration, and how long lists of choices are written quickly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from forum_site.lib.moments import is_zone
from registrations.validators import one_line, validate_mail_domain, validate_no_web_address

#: Beyond so many times its limit a text is nobody's words: it is neither cleaned nor shown again as a whole.
ENDLESS = 4


def is_endless(text: Any, limit: int | None) -> bool:
    """Whether the text is far longer than anything that could be meant."""
    return isinstance(text, str) and limit is not None and len(text) > ENDLESS * limit + 100


def clipped(text: Any, limit: int | None) -> Any:
    """The beginning of an endless text, any other value as it is."""
    return text[: ENDLESS * (limit or 0)] if is_endless(text, limit) else text


class LineField(forms.CharField):
    """One line of a person's own words, without web addresses."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[validate_no_web_address], **options)

    def to_python(self, value: Any) -> str:
        """Return the words with single blanks; what is far too long is only measured."""
        text = super().to_python(value)
        return text if is_endless(text, self.max_length) else one_line(text)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), self.max_length)


class OwnZoneField(forms.CharField):
    """The time zone of the browser, which a script fills in; "" where it is not known here."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=64, widget=forms.HiddenInput({"data-own-zone": True}))

    def clean(self, value: Any) -> str:
        """Forget zones that are not known."""
        name = str(super().clean(value))
        return name if is_zone(name) else ""


class MailField(forms.EmailField):
    """An address to which a mail can be written."""

    def __init__(self, *, validators: Iterable[Any] = (), **options: Any) -> None:
        widget = forms.EmailInput({"autocomplete": "email", "inputmode": "email", "spellcheck": "false"})
        sentences = {
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address with an @, like name@example.org"),
        }
        super().__init__(
            label=_("E-mail"),
            max_length=254,
            validators=[validate_mail_domain, *validators],
            widget=widget,
            error_messages=sentences,
            **options,
        )

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), self.max_length)


class ListedSelect(forms.Select):
    """A select of very many options, written without a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element with the chosen option."""
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        pairs = ((key, key if word is True else word) for key, word in attributes.items() if word is not False)
        return format_html("<select{}>{}</select>", format_html_join("", ' {}="{}"', pairs), self._options(value))

    def _options(self, value: Any) -> SafeString:
        options = self.choices.markup if isinstance(self.choices, Listed) else option_tags(self.choices)
        chosen = format_html('<option value="{}"', value or "")
        return SafeString(options.replace(f"{chosen}>", f"{chosen} selected>", 1))


def option_tags(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """Return the options of a select, none of them chosen."""
    return format_html_join("", '<option value="{}">{}</option>', pairs)


@dataclass
class Listed(BaseChoiceIterator):
    """Finished pairs of choices, which Django then does not look through again for every form."""

    pairs: list[tuple[str, str]]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    @cached_property
    def markup(self) -> SafeString:
        """Their options, written once."""
        return option_tags(self.pairs)


@dataclass(frozen=True)
class Choice:
    """The words of one radio card."""

    title: str
    description: str
    note: str

    def __str__(self) -> str:
        return self.title


@lru_cache(maxsize=8)
def country_choices(language: str) -> Listed:
    """Return all countries and regions by their names in this language, which must be the active one."""
    return Listed([("", gettext("Choose")), *((code, str(name)) for code, name in countries)])
