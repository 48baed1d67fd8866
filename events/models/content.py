"""Pages written by organizers."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.validators import validate_page_slug
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.previews import or_previewed


class PageQuerySet(models.QuerySet["Page"]):
    """Questions asked of the pages."""

    def public(self) -> PageQuerySet:
        """Pages that visitors can see."""
        return self.filter(or_previewed(models.Q(is_published=True), "event"))


class Page(models.Model):
    """A Markdown page of an edition, with its place in the menu."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="pages", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=80, validators=[validate_page_slug])
    title = bilingual(models.CharField(_("title"), max_length=200))
    body = bilingual(models.TextField(_("text"), help_text=_("Markdown.")))
    position = models.PositiveIntegerField(_("position"), default=1)
    is_in_menu = models.BooleanField(_("in the menu"), default=True)
    is_published = models.BooleanField(_("published"), default=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["event", "position"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("title"),
                name="page_has_a_title",
                violation_error_message=_("Enter the title in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="page_slug_is_unique_in_event"),
            models.UniqueConstraint(fields=["event", "position"], name="page_position_is_unique_in_event"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        """Return the page's address in the current language."""
        return reverse("events:page", args=[self.event.slug, self.slug])
