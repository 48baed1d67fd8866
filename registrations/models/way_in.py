"""Ways in that not everybody has: codes that are passed on, and personal invitations."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from forum_site.lib.codes import clean_code, digest, new_code
from registrations.enums import IS_ACTIVE, InvitationState
from registrations.models.delegation import Delegation
from registrations.models.linked import Linked, LinkedQuerySet
from registrations.models.registration import Registration
from registrations.models.ticket_type import TicketType
from registrations.validators import email_key


class AccessCode(models.Model):
    """A word that opens ticket types, hidden ones too, to whoever knows it; so often, and so long."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="access_codes", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=40, default=new_code)
    code_key = models.CharField(max_length=60, editable=False)  # as it is compared: capitals, no blanks and dashes
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("For organizers only."))
    ticket_types = models.ManyToManyField(TicketType, related_name="access_codes", verbose_name=_("ticket types"))
    most_uses = models.PositiveIntegerField(
        _("how often"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: without limit.")
    )
    opens_at = models.DateTimeField(_("valid from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    skips_approval = models.BooleanField(_("needs no approval"), default=True)

    class Meta:
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        ordering = ["event", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code_key"],
                name="access_code_is_unique_in_event",
                violation_error_message=_("This edition has this code already."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="access_code_ends_after_it_begins",
                violation_error_message=_("The code ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Compare codes as people type them, and refuse one without a sign that can be typed."""
        super().clean()
        self.code_key = clean_code(self.code)
        if not self.code_key:
            raise ValidationError({"code": _("Use letters or digits.")})

    def save(self, *args: object, **options: object) -> None:
        """Keep the form in which codes are compared."""
        self.code_key = clean_code(self.code)
        super().save(*args, **options)  # type: ignore[arg-type]

    def is_valid_at(self, at: dt.datetime) -> bool:
        """Whether the moment lies in its window."""
        return (not self.opens_at or self.opens_at <= at) and (not self.closes_at or at < self.closes_at)

    def uses(self) -> int:
        """Return how many registrations that count have come by it; cancelled ones free their use. One query."""
        return Registration.objects.filter(access_code=self, status__in=IS_ACTIVE).count()


class Invitation(Linked):
    """A personal way in: one person, one ticket type, no approval."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("edition"))
    ticket_type = models.ForeignKey(
        TicketType, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("ticket type")
    )
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("delegation"),
        help_text=_("Whoever accepts takes one of its places. While an invitation is not answered it takes none."),
    )
    until = models.DateTimeField(
        _("answer by"), null=True, blank=True, help_text=_("Empty: as long as registration is open.")
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(pgettext_lazy("address", "e-mail"))
    email_key = models.CharField(max_length=254, editable=False)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("For organizers only."))
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.DRAFT, editable=False
    )
    registration = models.OneToOneField(
        Registration,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="invitation",
        verbose_name=_("registration"),
    )
    sent_at = models.DateTimeField(pgettext_lazy("invitation", "sent"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(pgettext_lazy("invitation", "opened"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(pgettext_lazy("invitation", "answered"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(pgettext_lazy("invitation", "reminded"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = LinkedQuerySet["Invitation"].as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                name="person_is_invited_once_to_event",
                violation_error_message=_("This address is invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=InvitationState.values), name="invitation_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    def clean(self) -> None:
        """Refuse a delegation whose places are not of this ticket type, and so perhaps of another edition."""
        super().clean()
        if self.delegation and self.ticket_type_id and not self.delegation.has_places_of(self.ticket_type):
            raise ValidationError({"delegation": _("This delegation has places of another ticket type.")})

    def is_late(self, at: dt.datetime) -> bool:
        """Whether the time to answer is over."""
        return self.until is not None and self.until <= at

    def save(self, *args: object, **options: object) -> None:
        """Keep the forms by which address and secret are looked up."""
        self.email_key, self.secret_digest = email_key(self.email), digest(self.secret)
        super().save(*args, **options)  # type: ignore[arg-type]

    def self_service_path(self) -> str:
        """Return the path of the invitation, in the language of the person."""
        with translation.override(self.language):
            return reverse("registrations:invitation", args=[self.secret])
