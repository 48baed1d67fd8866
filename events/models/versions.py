"""Published versions of a programme, and what calendars must be told of its sessions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from forum_site.lib.bilingual import bilingual


class ProgrammeVersion(models.Model):
    """A numbered record of the public programme, with what changed since the one before.

    ``snapshot`` is as ``events.queries.snapshot`` takes it, ``changes`` as ``events.domain.changes`` finds them; the
    first version has none.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="versions", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(pgettext_lazy("moment", "published"), default=timezone.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    note = bilingual(models.CharField(_("note"), max_length=300))
    session_count = models.PositiveIntegerField(default=0, editable=False)
    snapshot = models.JSONField(default=dict, editable=False)
    changes = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("version of the programme")
        verbose_name_plural = _("versions of the programme")
        ordering = ["event", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="version_number_is_unique_in_event"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})


class CalendarRecord(models.Model):
    """What subscribed calendars must be told of a session, also after it is gone; written by triggers only.

    ``sequence`` rises by two with each change of title, time, room or status: the number between is for a session that
    comes back by the clock. Slug, day, times and track are those it had when visitors last saw it, and mean nothing
    while ``withdrawn_at`` is empty.
    """

    guid = models.UUIDField(unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="calendar_records", editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    slug = models.SlugField(max_length=100, editable=False)
    day = models.DateField(editable=False)
    starts_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    track_slug = models.CharField(max_length=80, default="", editable=False)

    class Meta:
        verbose_name = _("calendar record")
        verbose_name_plural = _("calendar records")

    def __str__(self) -> str:
        return f"{self.guid}: {self.sequence}"
