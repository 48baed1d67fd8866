"""Where a forum takes place."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from events.enums import RoomKind
from forum_site.lib.bilingual import bilingual, has_any


class Venue(models.Model):
    """A building, reused across editions."""

    name = bilingual(models.CharField(_("name"), max_length=200))
    address = bilingual(models.CharField(_("address"), max_length=300))
    city = bilingual(models.CharField(_("city"), max_length=100))
    country = CountryField(_("country/region"), blank=True)
    website = models.URLField(_("website"), blank=True)
    directions = bilingual(models.TextField(_("how to get there"), help_text=_("Markdown.")))

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name_en", "name_zh_hans"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="venue_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)


class Room(models.Model):
    """A room of a venue, or a stream in it."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("venue"))
    name = bilingual(models.CharField(_("name"), max_length=120))
    kind = models.CharField(_("kind"), max_length=10, choices=RoomKind.choices, default=RoomKind.PLACE)
    capacity = models.PositiveIntegerField(
        pgettext_lazy("room", "places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("People; empty: not counted."),
    )
    position = models.PositiveIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue", "position"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="room_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            ),
            models.UniqueConstraint(fields=["venue", "position"], name="room_position_is_unique_in_venue"),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=1), name="room_capacity_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)
