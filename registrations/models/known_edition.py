"""What the people registered at an edition know of its days and its place."""

from __future__ import annotations

from django.db import models

from events.models import Event


class KnownEdition(models.Model):
    """What was last said to everybody, and what is to be said; both are ``edition_facts``.

    ``news`` was first seen at ``noticed_at``; ``told_up_to`` is the key of the last registration that was written to.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="known_edition")
    facts = models.JSONField(default=dict)
    news = models.JSONField(default=dict)
    noticed_at = models.DateTimeField(null=True)
    told_up_to = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return str(self.event)
