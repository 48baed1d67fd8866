"""What somebody keeps for their own agenda."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Session
from registrations.models.registration import Registration


class StarredSession(models.Model):
    """A session in the agenda of a registered person; it goes with either of them."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="stars", verbose_name=_("registration")
    )
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stars", verbose_name=_("session"))
    created_at = models.DateTimeField(_("starred"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("starred session")
        verbose_name_plural = _("starred sessions")
        ordering = ["registration", "session"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="session_is_starred_once"),
        ]

    def __str__(self) -> str:
        return str(self.session)  # stands in the question before a session is deleted, where nobody's name belongs
