"""One form field for each kind of question. ``clean`` gives the plain form of the answer, as it is stored."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from events.validators import validate_year
from forum_site.lib.errors import DomainError
from forum_site.lib.files import clean_pdf_or_image
from registrations.enums import QuestionKind
from registrations.forms.fields import ListedSelect, clipped, country_choices, is_endless
from registrations.models import Question, QuestionOption
from registrations.validators import one_line, several_lines

SHORT, LONG = 200, 2000
MOST_RADIOS = 8
NAME_LENGTH = 120
_PHONE = re.compile(r"\+?[0-9 ()./-]+", re.ASCII)
WEB_ADDRESS = _("Enter a web address, like https://example.org")
REQUIRED = {"required": _("Answer this question")}
CHOOSE = {"invalid_choice": _("Choose one of the options"), "invalid_list": _("Choose among the options")}


class WordsField(forms.CharField):
    """Free words, without hidden signs; ``tidy`` puts them in order."""

    tidy: Callable[[str], str] = staticmethod(one_line)

    def to_python(self, value: Any) -> str:
        """Return the words tidied up; what is far too long is only measured."""
        text = super().to_python(value)
        return text if is_endless(text, self.max_length) else type(self).tidy(text)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), self.max_length)


class LinesField(WordsField):
    """Several lines of free words."""

    tidy = staticmethod(several_lines)


class PhoneField(WordsField):
    """A phone number in signs that every telephone knows."""

    def clean(self, value: Any) -> str:
        """Refuse what cannot be dialled."""
        text = unicodedata.normalize("NFKC", super().clean(value)).replace("–", "-")
        if text and not (_PHONE.fullmatch(text) and 5 <= sum(sign.isdigit() for sign in text) <= 20):
            raise ValidationError(_("Enter a phone number with digits only, like +86 10 6275 0000"), code="invalid")
        return text


class AddressField(forms.URLField):
    """A web address that leads to a page."""

    default_validators = [URLValidator(schemes=["http", "https"], message=WEB_ADDRESS)]

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, **options)
        self.error_messages["invalid"] = WEB_ADDRESS

    def to_python(self, value: Any) -> str:
        """Complete the address; what is far too long is only measured."""
        return value if is_endless(value, self.max_length) else super().to_python(one_line(str(value or "")))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), self.max_length)


class NumberField(forms.DecimalField):
    """A number, given back in its shortest form."""

    def to_python(self, value: Any) -> Decimal | None:
        """Read digits of all scripts, but no endless ones."""
        text = unicodedata.normalize("NFKC", str(value or ""))
        if len(text) > 40 or "_" in text or "e" in text.lower():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def clean(self, value: Any) -> str:
        """Return the number as text; "" where there is none."""
        number = super().clean(value)
        if number is None:
            return ""
        return format(number.normalize() + 0, "f")

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), 40)


class DayField(forms.DateField):
    """A day, given back as in ISO 8601, between two others where the question limits it."""

    def __init__(self, *, earliest: dt.date | None, latest: dt.date | None, **options: Any) -> None:
        self.earliest, self.latest = earliest, latest
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y"], widget=widget, **options)
        limits = {"min": earliest, "max": latest}
        self.widget.attrs |= {name: day.isoformat() for name, day in limits.items() if day}

    def to_python(self, value: Any) -> dt.date | None:
        """Read a day, but no endless text."""
        if isinstance(value, str) and len(value) > 40:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def clean(self, value: Any) -> str:
        """Return the day as text; "" where there is none."""
        day = super().clean(value)
        if day is None:
            return ""
        validate_year(day)
        if self.earliest and day < self.earliest:
            raise ValidationError(now("The day is before %(day)s.") % {"day": self.earliest.isoformat()})
        if self.latest and day > self.latest:
            raise ValidationError(now("The day is after %(day)s.") % {"day": self.latest.isoformat()})
        return day.isoformat()

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give back no more of an endless text than can be read."""
        return clipped(super().bound_data(data, initial), 40)


class UploadField(forms.FileField):
    """A picture or a PDF file; ``clean`` gives the file made safe, and ``upload_name`` what the person calls it."""

    upload_name = ""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Recognize the file by its content."""
        found = super().clean(data, initial)
        if not data or found is initial:
            return found
        self.upload_name = one_line(found.name)[-NAME_LENGTH:] or now("File")
        try:
            return clean_pdf_or_image(found)
        except DomainError as error:
            raise ValidationError(str(error), code="refused") from error


class OptionField(forms.MultipleChoiceField):
    """Several options, as many as the question asks for."""

    def __init__(self, *, least: int, most: int | None, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        """Count what is chosen."""
        super().validate(value)
        if value and len(value) < self.least:
            sentence = ngettext("Choose at least %(count)s option", "Choose at least %(count)s options", self.least)
            raise ValidationError(sentence % {"count": self.least}, code="few")
        if self.most is not None and len(value) > self.most:
            sentence = ngettext("Choose at most %(count)s option", "Choose at most %(count)s options", self.most)
            raise ValidationError(sentence % {"count": self.most}, code="many")


# --- One for each kind ------------------------------------------------------------------------------------------


def field_for(question: Question, *, own: frozenset[str] = frozenset()) -> forms.Field:
    """Return the field of a question. ``own`` are the keys of options that the person has chosen already."""
    common = {
        "label": str(question.label),
        "help_text": str(question.help_text),
        "required": question.is_required,
        "error_messages": dict(REQUIRED),
    }
    return _MAKERS[QuestionKind(question.kind)](question, common, own)


def _words(question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    return WordsField(max_length=question.longest or SHORT, **common)


def _lines(question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    return LinesField(max_length=question.longest or LONG, widget=forms.Textarea({"rows": 4}), **common)


def _number(question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    widget = forms.TextInput({"inputmode": "decimal", "class": "short"})
    common["error_messages"] |= {"invalid": _("Enter a number, like 12 or 12.5")}
    limits = {"min_value": question.least, "max_value": question.most, "max_digits": 15, "decimal_places": 4}
    return NumberField(widget=widget, **limits, **common)


def _day(question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    common["error_messages"] |= {"invalid": _("Enter a day, like 2026-12-31")}
    return DayField(earliest=question.earliest_on, latest=question.latest_on, **common)


def _phone(_question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    widget = forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
    return PhoneField(max_length=40, widget=widget, **common)


def _country(_question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    common["error_messages"] |= {"invalid_choice": _("Choose a country or region")}
    field = forms.ChoiceField(widget=ListedSelect, **common)
    field.choices = country_choices(get_language() or "en")
    return field


def _address(_question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    widget = forms.TextInput({"type": "url", "inputmode": "url", "spellcheck": "false"})
    return AddressField(widget=widget, **common)


def _file(_question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    common["help_text"] = common["help_text"] or now("PDF, JPEG or PNG, at most 5 MB.")
    common["error_messages"] |= {"empty": _("The file is empty.")}
    widget = forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png,.webp"})
    widget.template_name = "registrations/widgets/file.html"
    return UploadField(widget=widget, **common)


def _yes_no(_question: Question, common: dict[str, Any], _own: frozenset[str]) -> forms.Field:
    return _one_of([("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))], common, frozenset())


def _choice(question: Question, common: dict[str, Any], own: frozenset[str]) -> forms.Field:
    return _one_of(*_offered(question, common, own))


def _one_of(choices: list[tuple[str, Any]], common: dict[str, Any], full: frozenset[str]) -> forms.Field:
    common["error_messages"] |= CHOOSE
    if common["required"] and len(choices) <= MOST_RADIOS:
        return forms.ChoiceField(choices=choices, widget=_closing(forms.RadioSelect, full), **common)
    return forms.ChoiceField(choices=[("", now("Choose")), *choices], widget=_closing(forms.Select, full), **common)


def _several(question: Question, common: dict[str, Any], own: frozenset[str]) -> forms.Field:
    choices, common, full = _offered(question, common, own)
    common["error_messages"] |= CHOOSE
    least = max(int(question.least or 0), int(question.is_required))
    most = None if question.most is None else int(question.most)
    widget = _closing(forms.CheckboxSelectMultiple, full)
    return OptionField(choices=choices, widget=widget, least=least, most=most, **common)


_MAKERS: dict[QuestionKind, Callable[[Question, dict[str, Any], frozenset[str]], forms.Field]] = {
    QuestionKind.TEXT: _words,
    QuestionKind.LONG_TEXT: _lines,
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _several,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _day,
    QuestionKind.PHONE: _phone,
    QuestionKind.COUNTRY: _country,
    QuestionKind.URL: _address,
    QuestionKind.FILE: _file,
}


def offered_options(question: Question, own: frozenset[str] = frozenset()) -> list[QuestionOption]:
    """Return the options to choose from: those still offered, and those the person has already."""
    return [option for option in question.options.all() if not option.is_retired or option.key in own]


def _offered(question: Question, common: dict[str, Any], own: frozenset[str]) -> Any:
    options = offered_options(question, own)
    full = frozenset(option.key for option in options if option.is_full and option.key not in own)
    return [(option.key, _words_of(option, full)) for option in options], common, full


def _words_of(option: QuestionOption, full: frozenset[str]) -> str:
    if option.key in full:
        return now("%(option)s (no place left)") % {"option": option}
    if option.capacity is None:
        return str(option)
    left = max(0, option.capacity - option.taken)
    sentence = ngettext("%(option)s (%(left)s place left)", "%(option)s (%(left)s places left)", left)
    return sentence % {"option": option, "left": left}


def _closing(widget: type[forms.ChoiceWidget], full: frozenset[str]) -> forms.ChoiceWidget:
    """Return the widget, in which the full options cannot be chosen."""

    class Closing(widget):  # type: ignore[valid-type,misc]
        def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
            option = super().create_option(name, value, *args, **kwargs)
            if value in full:
                option["attrs"]["disabled"] = True
            return option

    return Closing()
