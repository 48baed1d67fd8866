"""Forms of the organizers about registrations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forum_site.lib.errors import DomainError
from registrations.domain.reasons import Reason
from registrations.domain.register import register
from registrations.enums import Actor
from registrations.models import Registration
from registrations.validators import one_line, validate_mail_domain, validate_no_web_address


def _reason_in(label: Any) -> forms.CharField:
    note = _(
        "Stands in the mail and on the personal page. Left empty, people who read this language get the other one."
    )
    return forms.CharField(
        label=label, max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=note
    )


class ReasonForm(forms.Form):
    """Why a registration ends; it stands in the mail."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail to the person, as you write it. It may stay empty."),
    )


class ConfirmForm(forms.Form):
    """Nothing is asked before a confirmation; the page shows whom it reaches and the mail."""


class ReasonsForm(forms.Form):
    """Why registrations end, in both languages; in at least one of them it must be said."""

    reason_en = _reason_in(_("Reason in English"))
    reason_zh_hans = _reason_in(_("Reason in Chinese"))

    def clean(self) -> dict[str, Any]:
        """Put both together as ``reason``."""
        data = super().clean() or {}
        data["reason"] = Reason(data.get("reason_en", ""), data.get("reason_zh_hans", ""))
        if not data["reason"] and not self.errors:
            self.add_error("reason_en", _("Give a reason in at least one language."))
        return data


class ErasureForm(forms.Form):
    """The last question before something that cannot be taken back."""

    is_sure = forms.BooleanField(
        label=_("Erase name, address, answers, files and mails for good"),
        help_text=_("A registration that is not over is cancelled; the person gets one last mail."),
    )


def _reason_of_a_jump() -> forms.CharField:
    area, note = forms.Textarea(attrs={"rows": 3}), _("Stands in the history, and is not sent.")
    return forms.CharField(label=_("Reason"), max_length=300, widget=area, help_text=note)


class OfferForm(forms.Form):
    """Why somebody gets a place out of order."""

    reason = _reason_of_a_jump()
    adds_place = forms.BooleanField(label=_("Add a place where none is free"), required=False)


class PriorityForm(forms.Form):
    """Where on the waiting list somebody stands, and why."""

    priority = forms.IntegerField(
        label=_("Priority"),
        min_value=-1000,
        max_value=1000,
        help_text=_("Whoever has a higher one comes first on the waiting list. Most people have 0."),
    )
    reason = _reason_of_a_jump()


class DetailsForm(forms.ModelForm):
    """What an organizer may correct in somebody's registration."""

    class Meta:
        model = Registration
        fields = ["full_name", "organization", "country", "language", "timezone_name", "answers_until"]

    def clean_full_name(self) -> str:
        """Keep names on one line and free of web addresses."""
        return _clean_name(self.cleaned_data["full_name"])

    def clean_organization(self) -> str:
        """Keep organizations on one line and free of web addresses."""
        return _clean_name(self.cleaned_data["organization"])


class ByHandForm(DetailsForm):
    """A registration that an organizer enters; the same rule applies as on the public page."""

    user: Any = None

    class Meta:
        model = Registration
        fields = ["event", "ticket_type", "full_name", "email", "organization", "country", "language", "consent_text"]

    def clean_email(self) -> str:
        """Keep addresses to which a mail can be written."""
        validate_mail_domain(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Register, so that a refusal stands beside the form."""
        data = super().clean() or {}
        if self.errors:
            return data
        if Registration.objects.active_for(data["event"], data["email"]).exists():
            raise ValidationError({"email": _("Somebody is registered with this address already.")})
        try:
            self.registered = register(**data, by=Actor.ORGANIZER, user=self.user)
        except DomainError as error:
            raise ValidationError(str(error)) from error
        return data

    def _post_clean(self) -> None:
        """Leave the object alone: the rule has made it."""
        if not self.errors:
            self.instance = self.registered


def _clean_name(text: str) -> str:
    text = one_line(text)
    validate_no_web_address(text)
    return text
