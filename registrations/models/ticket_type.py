"""What one may register as."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import AttendanceMode
from events.models import Event
from forum_site.lib.bilingual import bilingual, has_any

#: From so many free places on their number stands on public pages; before, every registration would renew them.
LAST_PLACES = 20


class TicketTypeQuerySet(models.QuerySet["TicketType"]):
    """Questions asked of the ticket types."""

    def open(self, at: dt.datetime | None = None) -> TicketTypeQuerySet:
        """Those whose window is open."""
        now = at or timezone.now()
        has_begun = models.Q(opens_at__isnull=True) | models.Q(opens_at__lte=now)
        has_not_ended = models.Q(closes_at__isnull=True) | models.Q(closes_at__gt=now)
        return self.filter(has_begun & has_not_ended, is_hidden=False)


class TicketType(models.Model):
    """A way to attend, with its places and its window."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="ticket_types", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=60)
    name = bilingual(models.CharField(_("name"), max_length=120))
    description = bilingual(models.CharField(_("description"), max_length=300))
    attendance_mode = models.CharField(
        _("form"),
        max_length=10,
        choices=[(mode.value, mode.label) for mode in (AttendanceMode.ONSITE, AttendanceMode.ONLINE)],
        default=AttendanceMode.ONLINE,
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: without limit.")
    )
    seats_taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    last_waiting_number = models.PositiveIntegerField(default=0, editable=False)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    position = models.PositiveIntegerField(_("position"), default=1)

    objects = TicketTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket type")
        verbose_name_plural = _("ticket types")
        ordering = ["event", "position"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="ticket_type_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="ticket_type_slug_is_unique_in_event"),
            models.UniqueConstraint(fields=["event", "position"], name="ticket_type_position_is_unique_in_event"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(seats_taken__lte=models.F("capacity")),
                name="ticket_type_is_never_oversold",
                violation_error_message=_("More places are taken already."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="ticket_type_closes_after_it_opens",
                violation_error_message=_("Registration closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """Refuse fewer places than are taken."""
        super().clean()
        if self.capacity is not None and self.capacity < self.seats_taken:
            raise ValidationError({"capacity": _("%(taken)s places are taken already.") % {"taken": self.seats_taken}})

    @property
    def seats_left(self) -> int | None:
        """Free places, or ``None`` where they are not counted."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def last_places(self) -> int | None:
        """Free places once they are few, else ``None``: a number that pages may print which are kept for a while."""
        left = self.seats_left
        return left if left is not None and left <= LAST_PLACES else None

    @property
    def is_full(self) -> bool:
        """Whether the next person would wait."""
        return self.seats_left == 0
