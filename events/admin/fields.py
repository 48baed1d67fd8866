"""Form fields of the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum_site.lib.errors import DomainError
from forum_site.lib.files import clean_file
from forum_site.lib.images import ImageRefused, clean_image
from forum_site.lib.moments import zone_names


class CleanImageField(forms.ImageField):
    """An image that is re-encoded on arrival, or refused with a sentence that helps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("JPEG, PNG or WebP up to 5 MB. Not SVG."))
        super().__init__(*args, **kwargs)

    def to_python(self, data: Any) -> Any:
        """Return a clean file in place of the uploaded one."""
        upload = forms.FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            return clean_image(upload)
        except ImageRefused as error:
            raise forms.ValidationError(str(error), code="refused") from error


class CleanFileField(forms.FileField):
    """A document that is recognized by its content, or refused with a sentence that helps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["help_text"] = _("PDF, .docx, .pptx, .xlsx, an image or plain text, up to 25 MB.")
        super().__init__(*args, **kwargs)

    def to_python(self, data: Any) -> Any:
        """Return the file under a plain name."""
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            return clean_file(upload)
        except DomainError as error:
            raise forms.ValidationError(str(error), code="refused") from error


class CodesField(forms.CharField):
    """A list of language codes, written as "en, zh-hans"."""

    def prepare_value(self, value: Any) -> Any:
        """Print the list."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Read the list."""
        parts = (value if isinstance(value, str) else ", ".join(value or [])).replace("，", ",").split(",")
        return [part.strip().lower() for part in parts if part.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists, not spellings."""
        return (initial or []) != self.to_python(data or "")

    def run_validators(self, value: Any) -> None:
        """Leave the checks to the model, which sees the list."""


class ZoneField(forms.ChoiceField):
    """An IANA time zone, chosen from those this machine knows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=lambda: [(name, name) for name in sorted(zone_names()) if "/" in name], **kwargs)
