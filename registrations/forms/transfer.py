"""The forms by which a place goes over to a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registrations.forms.fields import LineField, MailField, OwnZoneField
from registrations.forms.questions import AsksQuestions
from registrations.forms.registration import DetailsForm, consent_label
from registrations.models import Question, Registration
from registrations.queries.consent import consent_sentence
from registrations.validators import validate_lasting_address


class ColleagueForm(forms.Form):
    """Whom a place is offered to."""

    full_name = LineField(
        label=_("Full name of your colleague"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Enter the full name of your colleague")},
    )
    email = MailField(validators=[validate_lasting_address])
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = _("E-mail of your colleague")
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class PlaceForm(AsksQuestions, DetailsForm):
    """What somebody says who takes a place that is there already."""

    consent = forms.BooleanField(error_messages={"required": _("Agree to the use of your details, or leave the form")})
    timezone_name = OwnZoneField()

    def __init__(
        self, *args: Any, registration: Registration, questions: Iterable[Question] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        event = registration.event
        self.consent_text = consent_sentence(event)
        self.fields["consent"].label = SimpleLazyObject(lambda: consent_label(event, self.consent_text))
        self.ask(questions, ticket_type=registration.ticket_type.slug)

    NAMES = ("full_name", "email", "organization", "country", "timezone_name")

    def to_domain(self) -> dict[str, Any]:
        """Return the keyword arguments of ``take_over`` and, with the address, of ``claim``."""
        names = [name for name in self.NAMES if name in self.fields]
        fields = {name: self.cleaned_data[name] for name in names}
        fields |= {"language": get_language() or "en", "consent_text": self.consent_text}
        return fields | {"answers": self.given()}


class ClaimForm(PlaceForm):
    """The same of somebody whose address is not known yet."""

    email = MailField(validators=[validate_lasting_address])

    field_order = ("full_name", "email", "organization", "country", "consent")
