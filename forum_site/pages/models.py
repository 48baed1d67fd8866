"""The mark by which every process notices that something public has changed."""

from __future__ import annotations

from django.db import models


class SiteStamp(models.Model):
    """Random numbers that the database itself draws anew with every public change; their sum names the state.

    Only triggers write here (``forum_site.pages.cache.triggers``). On PostgreSQL each connection has a row of its own,
    so that two organizers who save at once do not wait for each other.
    """

    slot = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        verbose_name = "site stamp"
        verbose_name_plural = "site stamps"

    def __str__(self) -> str:
        return f"{self.slot}: {self.number}"
