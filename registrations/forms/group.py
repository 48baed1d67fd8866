"""The form on which one contact registers several people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from events.models import Event
from registrations.domain.groups import Person
from registrations.forms.fields import LineField, Listed, ListedSelect, MailField, country_choices
from registrations.forms.guarded import Guarded
from registrations.forms.registration import consent_label
from registrations.forms.ways import ChoosesType
from registrations.queries.consent import consent_sentence
from registrations.queries.offers import Offer
from registrations.validators import email_key, validate_lasting_address

#: So many people stand open in the page; the others are folded.
OPEN_ROWS = 4
TOGETHER, SINGLE = "together", "single"
#: What is asked of each person.
ROW = ("name", "email", "organization", "country")


@dataclass(frozen=True)
class Row:
    """The fields of one person; without an organization or country or region of their own those for all hold."""

    number: int
    name: forms.BoundField
    email: forms.BoundField
    organization: forms.BoundField
    country: forms.BoundField

    @property
    def is_own(self) -> bool:
        """Whether something else than for all was entered."""
        return bool(self.organization.value() or self.country.value())


class GroupForm(ChoosesType, Guarded):
    """A contact, what holds for all, and the people: name and address, or only how many more."""

    contact_name = LineField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    contact_email = MailField(validators=[validate_lasting_address])
    organization = LineField(
        label=_("Organization"),
        max_length=200,
        help_text=_("Used for everyone unless you enter another below"),
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Enter your organization")},
    )
    country = forms.ChoiceField(
        label=_("Country or region"),
        widget=ListedSelect({"autocomplete": "country"}),
        error_messages={"required": _("Choose a country or region")},
    )
    ticket_type = forms.ChoiceField(
        label=_("How will you attend?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you will attend")},
    )
    unnamed = forms.IntegerField(
        label=_("Places without a name"),
        required=False,
        min_value=0,
        help_text=_("You get a link for each, which you pass on when you know who comes"),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    waits = forms.ChoiceField(
        label=_("If there are not enough places"),
        choices=[(SINGLE, _("As many of us as possible")), (TOGETHER, _("All of us or nobody"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what holds if there are not enough places")},
    )
    consent = forms.BooleanField(error_messages={"required": _("Say that the people agree, or leave the form")})

    def __init__(self, *args: Any, event: Event, offer: Offer, **options: Any) -> None:
        super().__init__(*args, initial={"waits": SINGLE}, **options)
        self.offer_types(one for one in offer.ticket_types if one.most_in_group)
        self.most = max((one.most_in_group for one in self.ticket_types.values()), default=0)
        self.consent_text = gettext("The people I register know of it and agree.") + " " + consent_sentence(event)
        self.fields["consent"].label = SimpleLazyObject(lambda: consent_label(event, self.consent_text))
        self.fields["country"].choices = country_choices(get_language() or "en")
        self.fields["unnamed"].validators.append(MaxValueValidator(self.most))
        self.fields["contact_email"].label = _("Your e-mail")
        countries = Listed([("", gettext("As above")), *self.fields["country"].choices.pairs[1:]])
        for number in range(1, self.most + 1):
            self._add_row(number, countries)

    def _add_row(self, number: int, countries: Listed) -> None:
        off = {"autocomplete": "off"}
        email = MailField(validators=[validate_lasting_address], required=False)
        email.widget.attrs |= off
        organization = {"label": _("Organization"), "help_text": _("Empty: as above")}
        self.fields |= {
            f"name-{number}": LineField(
                label=_("Full name"), max_length=150, required=False, widget=forms.TextInput(off)
            ),
            f"email-{number}": email,
            f"organization-{number}": LineField(
                max_length=200, required=False, widget=forms.TextInput(off), **organization
            ),
            f"country-{number}": forms.ChoiceField(
                label=_("Country or region"),
                required=False,
                choices=countries,
                widget=ListedSelect(off),
                error_messages={"invalid_choice": _("Choose a country or region")},
            ),
        }

    @property
    def rows(self) -> list[Row]:
        """The numbered people."""
        names = range(1, self.most + 1)
        return [Row(number, *(self[f"{name}-{number}"] for name in ROW)) for number in names]

    @property
    def open_rows(self) -> list[Row]:
        """Those that stand open."""
        return self.rows[:OPEN_ROWS]

    @property
    def folded_rows(self) -> list[Row]:
        """The others."""
        return self.rows[OPEN_ROWS:]

    @property
    def is_folded(self) -> bool:
        """Whether nothing is filled in there."""
        return not any(row.name.value() or row.email.value() or row.is_own for row in self.folded_rows)

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of each row, every address once, and at least one person."""
        cleaned: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for number in range(1, self.most + 1):
            self._check_row(number, cleaned, seen)
        if not self.errors and not seen and not cleaned.get("unnamed"):
            self.add_error("name-1", gettext("Enter at least one person."))
        return cleaned

    def _check_row(self, number: int, cleaned: dict[str, Any], seen: set[str]) -> None:
        name, email, *own = (cleaned.get(f"{field}-{number}") for field in ROW)
        if name and not email and f"email-{number}" not in self.errors:
            self.add_error(f"email-{number}", gettext("Enter the e-mail address of this person"))
        if (email or any(own)) and not name and f"name-{number}" not in self.errors:
            self.add_error(f"name-{number}", gettext("Enter the full name of this person"))
        if email and email_key(email) in seen:
            self.add_error(f"email-{number}", gettext("This address stands above already"))
        seen |= {email_key(email)} if email else set()

    @property
    def addresses(self) -> list[str]:
        """All addresses that would get a mail."""
        rows = (self.cleaned_data[f"email-{number}"] for number in range(1, self.most + 1))
        return [self.cleaned_data["contact_email"], *filter(None, rows)]

    def to_domain(self) -> dict[str, Any]:
        """Return the keyword arguments of ``register_group``."""
        data = self.cleaned_data
        shared = {"organization": data["organization"], "country": data["country"]}
        numbers = [number for number in range(1, self.most + 1) if data[f"email-{number}"]]
        return {
            "ticket_type": self.chosen,
            "contact_name": data["contact_name"],
            "contact_email": data["contact_email"],
            "people": [self._person(number, shared) for number in numbers]
            + [Person("", "", **shared)] * (data["unnamed"] or 0),
            "waits_together": data["waits"] == TOGETHER,
            "language": get_language() or "en",
            "consent_text": self.consent_text,
        }

    def _person(self, number: int, shared: dict[str, str]) -> Person:
        said = {name: self.cleaned_data[f"{name}-{number}"] for name in ROW}
        own = {name: said[name] or words for name, words in shared.items()}
        return Person(said["name"], said["email"], **own)
