"""What everybody has to know for a while."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AnnouncementLevel
from events.models.event import Event
from forum_site.lib.bilingual import bilingual, has_any


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Questions asked of the announcements."""

    def running(self, at: dt.datetime | None = None) -> AnnouncementQuerySet:
        """Those to be shown at this moment, important ones first."""
        now = at or timezone.now()
        is_open = models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=now)
        return self.filter(is_open, starts_at__lte=now).order_by("-level", "-starts_at", "-id")


class Announcement(models.Model):
    """A sentence at the top of every page of an edition, from its start until its end."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="announcements", verbose_name=_("edition"))
    text = bilingual(models.CharField(_("text"), max_length=300))
    url = models.URLField(_("link"), max_length=500, blank=True, help_text=_("Where one can read more."))
    level = models.PositiveSmallIntegerField(
        _("level"), choices=AnnouncementLevel.choices, default=AnnouncementLevel.INFORMATION
    )
    starts_at = models.DateTimeField(_("starts"), default=timezone.now)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["event", "-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("text"),
                name="announcement_has_a_text",
                violation_error_message=_("Enter the text in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="announcement_ends_after_it_starts",
                violation_error_message=_("The announcement ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=AnnouncementLevel.values), name="announcement_level_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def is_important(self) -> bool:
        """Whether it is set in the colour of warnings."""
        return self.level == AnnouncementLevel.IMPORTANT
