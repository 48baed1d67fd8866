"""Several people registered by one contact."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from registrations.models.linked import Linked, LinkedQuerySet


class RegistrationGroup(Linked):
    """People who were registered at once. The contact's name and address are blank once they are erased."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="groups", verbose_name=_("edition"))
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    contact_email = models.EmailField(pgettext_lazy("address", "e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    waits_together = models.BooleanField(
        _("waits together"), default=False, help_text=_("Gets free places only for all who wait, or for nobody.")
    )
    created_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)

    objects = LinkedQuerySet["RegistrationGroup"].as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.contact_name or str(_("Erased"))

    @property
    def full_name(self) -> str:
        """Whom mails about the group greet."""
        return self.contact_name

    @property
    def email(self) -> str:
        """Where mails about the group go."""
        return self.contact_email

    def self_service_path(self) -> str:
        """Return the path of the contact's page, in the contact's language."""
        with translation.override(self.language):
            return reverse("registrations:group", args=[self.secret])
