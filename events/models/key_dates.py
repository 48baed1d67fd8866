"""Dates that people plan by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.validators import validate_year
from forum_site.lib.bilingual import bilingual, has_any


class KeyDate(models.Model):
    """A day or a moment that people plan by, such as the end of a call for papers.

    When registration opens and closes is known from the ticket types and not entered again.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="key_dates", verbose_name=_("edition"))
    label = bilingual(models.CharField(_("label"), max_length=120, help_text=_("Such as “Final agenda published”.")))
    happens_on = models.DateField(_("day"), null=True, blank=True, validators=[validate_year])
    happens_at = models.DateTimeField(
        _("moment"), null=True, blank=True, help_text=_("Instead of the day, where the hour matters.")
    )

    class Meta:
        verbose_name = _("key date")
        verbose_name_plural = _("key dates")
        ordering = ["event", "happens_on", "happens_at"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("label"),
                name="key_date_has_a_label",
                violation_error_message=_("Enter the label in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(happens_on__isnull=True) ^ models.Q(happens_at__isnull=True),
                name="key_date_is_a_day_or_a_moment",
                violation_error_message=_("Enter either a day or a moment."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.label)
