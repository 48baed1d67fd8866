"""The form on which people register, and those of the personal page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from events.models import Event
from forum_site.lib.moments import is_chinese, zone_names
from registrations.forms.fields import LineField, Listed, ListedSelect, MailField, OwnZoneField, country_choices
from registrations.forms.guarded import Guarded
from registrations.forms.questions import AsksQuestions
from registrations.forms.ways import ChoosesType, choice_of
from registrations.models import Answer, Question, Registration, TicketType
from registrations.queries.consent import consent_sentence, privacy_page
from registrations.queries.offers import Offer
from registrations.validators import validate_lasting_address


class DetailsForm(forms.Form):
    """What a person says about themselves, now and later."""

    full_name = LineField(
        label=_("Full name"),
        max_length=150,
        help_text=_("As it should stand on your badge and certificate"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name")},
    )
    organization = LineField(
        label=_("Organization"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Enter your organization")},
    )
    country = forms.ChoiceField(
        label=_("Country or region"),
        widget=ListedSelect({"autocomplete": "country"}),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a country or region")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["country"].choices = country_choices(get_language() or "en")


class RegistrationForm(AsksQuestions, ChoosesType, Guarded, DetailsForm):
    """The one page on which people register."""

    email = MailField(validators=[validate_lasting_address])
    ticket_type = forms.ChoiceField(
        label=_("How will you attend?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how you will attend")),
    )
    consent = forms.BooleanField(error_messages={"required": _("Agree to the use of your details, or leave the form")})
    timezone_name = OwnZoneField()

    field_order = ("full_name", "email", "organization", "country", "ticket_type", "consent")

    def __init__(
        self, *args: Any, event: Event, offer: Offer, questions: Iterable[Question] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.event = event
        self.offer_types(offer.ticket_types)
        self.consent_text = consent_sentence(event)
        self.fields["consent"].label = SimpleLazyObject(lambda: consent_label(event, self.consent_text))
        self.ask(questions, ticket_type=self.only)

    def to_domain(self) -> dict[str, Any]:
        """Return the keyword arguments of ``register``."""
        names = ("full_name", "email", "organization", "country", "timezone_name")
        fields = {name: self.cleaned_data[name] for name in names}
        language = get_language() or "en"
        fields |= {"ticket_type": self.chosen, "language": language, "consent_text": self.consent_text}
        return fields | {"answers": self.given()}


class EditForm(AsksQuestions, DetailsForm):
    """The details of an existing registration, with the language of the mails and the zone of one's own time.

    ``questions`` are those whose answers may still be changed.
    """

    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)
    timezone_name = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        widget=ListedSelect,
        help_text=_("Times are then given in your own time too"),
    )

    NAMES = ("full_name", "organization", "country", "language", "timezone_name")

    def __init__(
        self,
        *args: Any,
        registration: Registration,
        questions: Iterable[Question] = (),
        answers: Iterable[Answer] = (),
        **options: Any,
    ) -> None:
        names = self.NAMES
        initial = {name: getattr(registration, name) for name in names}
        super().__init__(*args, initial=initial | {"country": registration.country.code}, **options)
        self.fields["timezone_name"].choices = zone_choices(registration.timezone_name)
        urls = {one.question.slug: registration.file_path(one.question.slug) for one in answers if one.file}
        about = {"ticket_type": registration.ticket_type.slug, "language": registration.language}
        self.ask(questions, answers=answers, urls=urls, **about)

    def to_domain(self) -> dict[str, Any]:
        """Return the keyword arguments of ``edit_details``."""
        details = {name: self.cleaned_data[name] for name in self.NAMES}
        return details | {"answers": self.given(), "asked": self.questions}


class TypeForm(forms.Form):
    """The other ways to attend."""

    ticket_type = forms.ChoiceField(
        label=_("How will you attend?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you will attend")},
    )

    def __init__(self, *args: Any, ticket_types: Iterable[TicketType], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ticket_types = {one.slug: one for one in ticket_types}
        self.fields["ticket_type"].choices = [(slug, choice_of(one)) for slug, one in self.ticket_types.items()]

    @property
    def chosen(self) -> TicketType:
        """The ticket type to go to."""
        return self.ticket_types[self.cleaned_data["ticket_type"]]


class AddressForm(forms.Form):
    """The address to which the link is sent again."""

    email = MailField()


def consent_label(event: Event, sentence: str) -> SafeString:
    """Return the sentence, with a link to the page on privacy where the edition has one. One query."""
    page = privacy_page(event)
    if page is None:
        return format_html("{}", sentence)
    between = "" if is_chinese(get_language() or "en") else " "
    return format_html('{}{}<a href="{}">{}</a>', sentence, between, page.get_absolute_url(), page.title)


def zone_choices(own: str) -> Listed:
    """Return the zones that people choose from, with their own even if it has an old name."""
    names = {name for name in zone_names() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))}
    return Listed(
        [("", gettext("Not given")), *((name, name.replace("_", " ")) for name in sorted(names | ({own} - {""})))]
    )
