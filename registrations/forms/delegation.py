"""The form on which a focal point names people: one, or a pasted table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from forum_site.lib.tabular import pasted_rows
from registrations.domain.invitations import Guest
from registrations.forms.fields import LineField, ListedSelect, MailField, country_choices
from registrations.forms.registration import DetailsForm
from registrations.importers.guests import ORDER_OF_DELEGATES, read_guests
from registrations.models import Delegation, Registration
from registrations.queries.consent import consent_sentence
from registrations.validators import validate_lasting_address


class DelegatesForm(forms.Form):
    """One person in fields, or several in a table; the fields stay empty then."""

    full_name = LineField(
        label=_("Full name"), max_length=150, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = MailField(validators=[validate_lasting_address], required=False)
    pasted = forms.CharField(
        label=_("Or a table of several people"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "A line for each person: name, e-mail, organization, country or region, language. "
            "Paste it from a spreadsheet."
        ),
    )
    country = forms.ChoiceField(
        label=_("Country or region"),
        help_text=_("Of those for whom the table names none."),
        widget=ListedSelect(),
        error_messages={"required": _("Choose a country or region")},
    )
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)
    consent = forms.BooleanField(error_messages={"required": _("Say that the people agree, or leave the form")})

    def __init__(self, *args: Any, delegation: Delegation, **options: Any) -> None:
        super().__init__(*args, initial={"language": delegation.language}, **options)
        self.consent_text = gettext("The people I register know of it and agree.") + " "
        self.consent_text += consent_sentence(delegation.event)
        self.fields["consent"].label = self.consent_text
        self.fields["country"].choices = country_choices(get_language() or "en")
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.guests: list[Guest] = []

    def clean(self) -> dict[str, Any]:
        """Read who is meant; a table with a line that cannot be used is refused as a whole."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        name, email, table = cleaned["full_name"], cleaned["email"], cleaned["pasted"].strip()
        if bool(name) != bool(email):
            missing = "email" if name else "full_name"
            raise ValidationError({missing: gettext("Enter both the name and the e-mail address")})
        if not name and not table:
            raise ValidationError({"full_name": gettext("Enter a person, or paste a table")})
        language = cleaned["language"]
        self.guests = [Guest(name, email, "", language)] if name else []
        found = read_guests(pasted_rows(table), language=language, order=ORDER_OF_DELEGATES)
        if found.problems:
            raise ValidationError({"pasted": " ".join(found.problems[:5])})
        self.guests += found.guests
        return cleaned


class DelegateForm(DetailsForm):
    """What a focal point may correct of one person."""

    def __init__(self, *args: Any, registration: Registration, **options: Any) -> None:
        names = ("full_name", "organization")
        initial = {name: getattr(registration, name) for name in names} | {"country": registration.country.code}
        super().__init__(*args, initial=initial, **options)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"  # the browser knows the focal point, not this person
