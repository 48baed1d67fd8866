"""A place that is offered to a colleague."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from registrations.models.linked import Linked, LinkedQuerySet
from registrations.models.registration import Registration


class Transfer(Linked):
    """The offer of one person to a colleague; it lasts until it is accepted, or taken back, or the place is gone."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="transfer", verbose_name=_("registration")
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(pgettext_lazy("address", "e-mail"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("offered"), default=timezone.now, editable=False)

    objects = LinkedQuerySet["Transfer"].as_manager()

    class Meta:
        verbose_name = _("place passed on")
        verbose_name_plural = _("places passed on")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def event(self) -> Event:
        """The edition of the place."""
        return self.registration.event

    @property
    def event_id(self) -> int:
        """The edition's primary key, known without a query."""
        return self.registration.event_id

    def self_service_path(self) -> str:
        """Return the path of the colleague's page, in the language of the mail."""
        with translation.override(self.language):
            return reverse("registrations:take_over", args=[self.secret])
