"""An organization."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from forum_site.lib.bilingual import bilingual, has_any


class Partner(models.Model):
    """An organization, reused across editions."""

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    name = bilingual(models.CharField(_("name"), max_length=250))
    short_name = bilingual(
        models.CharField(_("short name"), max_length=40, help_text=_("Its own acronym; never one made up for it."))
    )
    parent_name = bilingual(models.CharField(_("parent organization"), max_length=250))
    aliases = models.TextField(
        _("other names"), blank=True, help_text=_("One a line; used to recognise it in briefs, never shown.")
    )
    country = CountryField(_("country/region"), blank=True)
    description = bilingual(models.TextField(_("description"), help_text=_("Markdown.")))
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    logo_widths = models.JSONField(default=dict, blank=True, editable=False)
    logo_dark = models.ImageField(_("logo on dark"), upload_to="logos/", blank=True)
    logo_dark_widths = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name_en", "name_zh_hans"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("name"),
                name="partner_has_a_name",
                violation_error_message=_("Enter the name in at least one language."),
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def known_names(self) -> list[str]:
        """Every name by which a brief may call it."""
        own = [self.name_en, self.name_zh_hans, self.short_name_en, self.short_name_zh_hans]
        return [name for name in [*own, *self.aliases.splitlines()] if name.strip()]
