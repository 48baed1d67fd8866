"""The recurring forum."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.validators import validate_accent
from forum_site.lib.bilingual import bilingual, has_any

DEFAULT_ACCENT = "#4C2A8F"


class EventSeries(models.Model):
    """The forum that recurs: what its editions have in common."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = bilingual(models.CharField(_("name"), max_length=200))
    short_name = bilingual(models.CharField(_("short name"), max_length=80, help_text=_("Stands in the header.")))
    contact_name = bilingual(models.CharField(_("contact"), max_length=200))
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    accent = models.CharField(_("colour"), max_length=7, default=DEFAULT_ACCENT, validators=[validate_accent])
    is_sample = models.BooleanField(
        _("sample"), default=False, help_text=_("Every page says that its people and organizations are invented.")
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="series_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
