"""Form fields for answers. ``clean`` gives the plain form of the answer, as it is stored."""

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
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.validators import validate_year
from forum_site.lib.errors import DomainError
from forum_site.lib.files import clean_pdf_or_image
from registrations.forms.fields import clipped, is_endless
from registrations.validators import one_line, several_lines

NAME_LENGTH = 120
_PHONE = re.compile(r"\+?[0-9 ()./-]+", re.ASCII)
WEB_ADDRESS = _("Enter a web address, like https://example.org")


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
