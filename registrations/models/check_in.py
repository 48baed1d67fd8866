"""Who has come to the forum, or to a session of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Session
from registrations.enums import CheckInKind
from registrations.models.registration import Registration


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Questions asked of the check-ins."""

    def standing(self) -> CheckInQuerySet:
        """Those that were not taken back."""
        return self.filter(undone_at=None)

    def entries(self) -> CheckInQuerySet:
        """Those that count as having come."""
        return self.standing().filter(kind=CheckInKind.ENTRY)


class CheckIn(models.Model):
    """An accepted scan at the door or, with a session, at that session. A mistaken one is marked, never deleted.

    ``nonce`` is drawn by whoever scans, before the scan is sent: however often that is repeated, it counts once, also
    after it was taken back.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="check_ins", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="check_ins", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=CheckInKind.choices, default=CheckInKind.ENTRY)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    nonce = models.UUIDField(unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["registration", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=CheckInKind.values), name="check_in_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(undone_by__isnull=True) | models.Q(undone_at__isnull=False),
                name="check_in_taken_back_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())  # stands in questions and lists where nobody's name belongs
