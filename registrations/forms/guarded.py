"""What keeps machines out of the public forms: a field that people do not see, and the time that people need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext

_stamps = TimestampSigner(salt="registrations.form")


class Guarded(forms.Form):
    """A form in which ``topic`` stays empty but for machines, and ``started`` says when it was seen first."""

    started = forms.CharField(required=False, widget=forms.HiddenInput)
    topic = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    @property
    def stamp(self) -> str:
        """The mark of the moment at which somebody saw the form first."""
        sent = str(self.data.get("started", ""))
        return sent if is_stamp(sent) else new_stamp()

    @property
    def is_trapped(self) -> bool:
        """Whether a machine has filled in what people do not see."""
        return bool(self.cleaned_data.get("topic"))

    def clean(self) -> dict[str, Any]:
        """Refuse what was filled in quicker than anybody can."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and is_too_quick(str(cleaned.get("started", ""))):
            self.add_error(None, gettext("That was very quick. Please check your answers and send them again."))
        return cleaned


def new_stamp() -> str:
    """Return a signed mark of this moment."""
    return _stamps.sign("form")


def is_stamp(text: str) -> bool:
    """Whether this is a mark of ours."""
    try:
        return bool(_stamps.unsign(text))
    except BadSignature:
        return False


def is_too_quick(stamp: str) -> bool:
    """Whether the form was sent sooner than a person can, or without its mark."""
    if settings.FORM_MINIMUM_SECONDS == 0:
        return False
    try:
        _stamps.unsign(stamp, max_age=settings.FORM_MINIMUM_SECONDS)
    except SignatureExpired:
        return False
    except BadSignature:
        return True
    return True
