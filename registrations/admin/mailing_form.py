"""The form of a mailing: a text with whom it goes to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registrations.enums import Presence, RegistrationStatus
from registrations.models import Mailing


class TwoLists(FilteredSelectMultiple):
    """What is chosen beside what may be, in a box of its own, to whose beginning the script of the admin moves both."""

    def render(self, *args: Any, **options: Any) -> Any:
        """Put the box around."""
        return format_html('<div class="related-widget-wrapper">{}</div>', super().render(*args, **options))


class MailingForm(forms.ModelForm):
    """A text with whom it goes to."""

    answer_choices: list[tuple[str, str]] = []

    statuses = forms.MultipleChoiceField(
        label=_("Statuses"), choices=RegistrationStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *settings.LANGUAGES]
    )
    presence = forms.ChoiceField(
        label=_("Check-in"),
        required=False,
        choices=[("", _("All, checked in or not")), *Presence.choices],
        help_text=Mailing._meta.get_field("presence").help_text,
    )
    given_answers = forms.MultipleChoiceField(
        label=capfirst(Mailing._meta.get_field("given_answers").verbose_name),
        required=False,
        widget=TwoLists(Mailing._meta.get_field("given_answers").verbose_name, is_stacked=False),
        help_text=Mailing._meta.get_field("given_answers").help_text,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "given_answers" in self.fields:
            kept = {key: gettext("(deleted)") for key in self.instance.given_answers}
            self.fields["given_answers"].choices = (kept | dict(self.answer_choices)).items()  # type: ignore[attr-defined]
