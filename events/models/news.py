"""What an edition has to tell."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.moments import local_day
from forum_site.lib.previews import or_previewed


class NewsPostQuerySet(models.QuerySet["NewsPost"]):
    """Questions asked of the news."""

    def public(self, at: dt.datetime | None = None) -> NewsPostQuerySet:
        """Posts that visitors can see: their moment has come."""
        return self.filter(or_previewed(models.Q(published_at__lte=at or timezone.now()), "event"))

    def newest_first(self) -> NewsPostQuerySet:
        """Sort as news are read; drafts, which only previews show, stand above."""
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-id")


class NewsPost(models.Model):
    """A piece of news of an edition, with its moment of publication; without one it is a draft."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="news", verbose_name=_("edition"))
    slug = models.SlugField(_("address"), max_length=100)
    title = bilingual(models.CharField(_("title"), max_length=200))
    lead = bilingual(models.TextField(_("lead"), max_length=600, help_text=_("One or two sentences without marks.")))
    body = bilingual(models.TextField(_("text"), help_text=_("Markdown.")))
    picture = models.ImageField(
        _("picture"), upload_to="news/", blank=True, width_field="picture_width", height_field="picture_height"
    )
    picture_width = models.PositiveIntegerField(null=True, blank=True, editable=False)  # pixels
    picture_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    picture_widths = models.JSONField(default=dict, blank=True, editable=False)
    picture_words = bilingual(
        models.CharField(
            _("what the picture shows"), max_length=250, help_text=_("For those who do not see it; a sentence.")
        )
    )
    published_at = models.DateTimeField(
        _("moment of publication"),
        null=True,
        blank=True,
        help_text=_("A draft while empty; not shown before this moment."),
    )
    changed_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)

    objects = NewsPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = ["event", "-published_at", "-id"]
        indexes = [models.Index(fields=["event", "-published_at"], name="news_by_event_and_moment")]
        constraints = [
            models.CheckConstraint(
                condition=has_any("title"),
                name="news_has_a_title",
                violation_error_message=_("Enter the title in at least one language."),
            ),
            models.UniqueConstraint(fields=["event", "slug"], name="news_slug_is_unique_in_event"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Ask for words where there is a picture."""
        super().clean()
        if self.picture and not str(self.picture_words):
            raise ValidationError({"picture_words_en": _("Say in at least one language what the picture shows.")})

    def get_absolute_url(self) -> str:
        """Return its address in the current language."""
        return reverse("events:news_post", args=[self.event.slug, self.slug])

    @property
    def published_on(self) -> dt.date | None:
        """The day of its publication in the zone of the edition; ``None`` for a draft."""
        return local_day(self.event.timezone_name, self.published_at) if self.published_at else None

    @property
    def updated_at(self) -> dt.datetime:
        """When readers last got something new: its publication, or a change after it."""
        return max(self.changed_at, self.published_at) if self.published_at else self.changed_at
