"""The link by which people without an account read an edition before it is public."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from forum_site.lib.codes import digest, new_secret


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Questions asked of the links."""

    def opened_by(self, secret: str, at: dt.datetime | None = None) -> PreviewLinkQuerySet:
        """The one that this secret opens; found by digest, so that timing tells nothing of the secret."""
        is_open = models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at or timezone.now())
        return self.filter(is_open, secret_digest=digest(secret))


class PreviewLink(models.Model):
    """The one link of an edition. It is revoked by deleting it; a new one has a new secret."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="preview_link")
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.event}"
