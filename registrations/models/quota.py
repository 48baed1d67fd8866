"""Places that several ticket types share."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Event
from forum_site.lib.bilingual import bilingual, has_any

#: More than any forum holds, and little enough for the database to count with.
MOST_PLACES = 1_000_000


def validate_capacity(number: int) -> None:
    """Refuse a number of places that nobody can have meant."""
    MinValueValidator(1)(number)
    MaxValueValidator(MOST_PLACES)(number)


class Quota(models.Model):
    """A number of places, such as the chairs of a hall, of which each registration of its ticket types takes one."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas", verbose_name=_("edition"))
    name = bilingual(models.CharField(_("name"), max_length=120))
    capacity = models.PositiveIntegerField(_("places"), validators=[validate_capacity])
    seats_taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    last_waiting_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="quota_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats_taken__lte=models.F("capacity")),
                name="quota_is_never_oversold",
                violation_error_message=_("More places are taken already."),
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
    def own_seats_left(self) -> int:
        """Free places."""
        return max(0, self.capacity - self.seats_taken)
