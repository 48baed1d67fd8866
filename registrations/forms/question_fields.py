"""Which form field each kind of question has, and which options it offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from registrations.enums import QuestionKind
from registrations.forms.answer_fields import (
    AddressField,
    DayField,
    LinesField,
    NumberField,
    OptionField,
    PhoneField,
    UploadField,
    WordsField,
)
from registrations.forms.fields import ListedSelect, country_choices
from registrations.models import Question, QuestionOption

SHORT, LONG = 200, 2000
MOST_RADIOS = 8
REQUIRED = {"required": _("Answer this question")}
CHOOSE = {"invalid_choice": _("Choose one of the options"), "invalid_list": _("Choose among the options")}


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
