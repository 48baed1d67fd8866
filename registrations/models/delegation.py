"""Places of an organization, for which a focal point names the people."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.codes import digest
from partners.models import Partner
from registrations.models.linked import Linked, LinkedQuerySet
from registrations.models.ticket_type import TicketType


class Delegation(Linked):
    """So many places of one ticket type, whose people a focal point registers; they need no approval."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("edition"))
    partner = models.ForeignKey(
        Partner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("organization on this site"),
    )
    name = bilingual(models.CharField(_("name"), max_length=200))
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    contact_email = models.EmailField(pgettext_lazy("address", "e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    ticket_type = models.ForeignKey(
        TicketType, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("ticket type")
    )
    places = models.PositiveIntegerField(
        _("places"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    until = models.DateTimeField(
        _("names people until"), null=True, blank=True, help_text=_("Empty: as long as registration is open.")
    )
    sent_at = models.DateTimeField(_("link sent"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = LinkedQuerySet["Delegation"].as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="delegation_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: object, **options: object) -> None:
        """Keep the form by which the secret is looked up."""
        self.secret_digest = digest(self.secret)
        super().save(*args, **options)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        """Whom mails about the delegation greet."""
        return self.contact_name

    @property
    def email(self) -> str:
        """Where mails about the delegation go."""
        return self.contact_email

    def has_places_of(self, ticket_type: TicketType) -> bool:
        """Whether its places are of this ticket type."""
        return self.ticket_type_id == ticket_type.pk

    def is_open(self, at: dt.datetime) -> bool:
        """Whether people may still be named."""
        return self.until is None or at < self.until

    def self_service_path(self) -> str:
        """Return the path of the focal point's page, in their language."""
        with translation.override(self.language):
            return reverse("registrations:delegation", args=[self.secret])
