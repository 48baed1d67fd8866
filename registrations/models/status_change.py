"""The history of a registration."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum_site.lib.bilingual import bilingual
from registrations.enums import Actor, RegistrationStatus
from registrations.models.registration import Registration


class StatusChange(models.Model):
    """One step of a registration: from where to where, when, by whom and why. It is written once and never changed."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="status_changes", verbose_name=_("registration")
    )
    old_status = models.CharField(_("from"), max_length=12, choices=RegistrationStatus.choices, blank=True)
    new_status = models.CharField(_("to"), max_length=12, choices=RegistrationStatus.choices)
    made_at = models.DateTimeField(_("moment"), default=timezone.now)
    actor = models.CharField(_("by"), max_length=10, choices=Actor.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
    )
    reason = bilingual(models.CharField(_("reason"), max_length=300))

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("history")
        ordering = ["registration", "pk"]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(user__isnull=False), name="change_by_user"),
            models.Index(
                fields=["registration"],
                condition=models.Q(old_status=RegistrationStatus.OFFERED),
                name="answered_offers",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(old_status__in=["", *RegistrationStatus.values])
                & models.Q(new_status__in=RegistrationStatus.values),
                name="status_change_is_known",
            ),
            models.CheckConstraint(condition=models.Q(actor__in=Actor.values), name="status_change_actor_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_old_status_display()} → {self.get_new_status_display()}".removeprefix(" → ")
