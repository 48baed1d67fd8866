"""Addresses that things once had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import SlugKind
from events.models.event import Event


class OldSlug(models.Model):
    """An address that was published once and now leads to the new one."""

    kind = models.CharField(max_length=10, choices=SlugKind.choices)
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, null=True, blank=True, related_name="old_slugs"
    )  # the edition in which sessions and pages have their addresses; empty for what is known everywhere
    slug = models.SlugField(max_length=100)
    target = models.PositiveBigIntegerField()  # primary key of the thing

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "event", "slug"], name="old_slug_leads_to_one_place"),
            models.UniqueConstraint(
                fields=["kind", "slug"],
                condition=models.Q(event__isnull=True),
                name="old_slug_known_everywhere_leads_to_one_place",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SlugKind.values), name="old_slug_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"
