"""The form on which people register, and those of the personal page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from events.models import Event
from forum_site.lib.moments import is_zone, zone_names
from registrations.forms.fields import Choice, LineField, Listed, ListedSelect, MailField, country_choices
from registrations.forms.questions import AsksQuestions
from registrations.models import Answer, Question, Registration, TicketType
from registrations.queries.consent import consent_sentence, privacy_page
from registrations.queries.offers import Offer, note_of
from registrations.validators import validate_lasting_address

_stamps = TimestampSigner(salt="registrations.form")


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


class RegistrationForm(AsksQuestions, DetailsForm):
    """The one page on which people register. ``trap`` stays empty but for machines, ``started`` says when it began."""

    email = MailField(validators=[validate_lasting_address])
    ticket_type = forms.ChoiceField(
        label=_("How will you attend?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how you will attend")),
    )
    consent = forms.BooleanField(error_messages={"required": _("Agree to the use of your details, or leave the form")})
    timezone_name = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput({"data-own-zone": True}))
    started = forms.CharField(required=False, widget=forms.HiddenInput)
    topic = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    field_order = ("full_name", "email", "organization", "country", "ticket_type", "consent")

    def __init__(
        self, *args: Any, event: Event, offer: Offer, questions: Iterable[Question] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.event = event
        self.ticket_types = {ticket_type.slug: ticket_type for ticket_type in offer.ticket_types}
        self.consent_text = consent_sentence(event)
        self.fields["consent"].label = SimpleLazyObject(lambda: consent_label(event, self.consent_text))
        self.fields["ticket_type"].choices = [(slug, choice_of(one)) for slug, one in self.ticket_types.items()]
        only = next(iter(self.ticket_types)) if len(self.ticket_types) == 1 else ""
        if only:
            del self.fields["ticket_type"]
        self.ask(questions, ticket_type=only)

    @property
    def stamp(self) -> str:
        """The mark of the moment at which the person saw the form first."""
        sent = str(self.data.get("started", ""))
        return sent if is_stamp(sent) else new_stamp()

    @property
    def is_trapped(self) -> bool:
        """Whether a machine has filled in what people do not see."""
        return bool(self.cleaned_data.get("topic"))

    @property
    def chosen(self) -> TicketType:
        """The ticket type that was chosen, or the only one."""
        only = next(iter(self.ticket_types))
        return self.ticket_types[self.cleaned_data.get("ticket_type", only)]

    def clean_timezone_name(self) -> str:
        """Return the browser's zone, or nothing where it is not known here."""
        name = str(self.cleaned_data["timezone_name"])
        return name if is_zone(name) else ""

    def clean(self) -> dict[str, Any]:
        """Refuse what was filled in quicker than anybody can."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and is_too_quick(str(cleaned.get("started", ""))):
            self.add_error(None, gettext("That was very quick. Please check your answers and send them again."))
        return cleaned

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
        self.ask(questions, answers=answers, ticket_type=registration.ticket_type.slug, urls=urls)

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


def choice_of(ticket_type: TicketType) -> Choice:
    """Return the words of a ticket type's radio card."""
    return Choice(str(ticket_type.name), str(ticket_type.description), note_of(ticket_type))


def consent_label(event: Event, sentence: str) -> SafeString:
    """Return the sentence, with a link to the page on privacy where the edition has one. One query."""
    page = privacy_page(event)
    if page is None:
        return format_html("{}", sentence)
    return format_html('{} <a href="{}">{}</a>', sentence, page.get_absolute_url(), page.title)


def zone_choices(own: str) -> Listed:
    """Return the zones that people choose from, with their own even if it has an old name."""
    names = {name for name in zone_names() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))}
    return Listed(
        [("", gettext("Not given")), *((name, name.replace("_", " ")) for name in sorted(names | ({own} - {""})))]
    )


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
