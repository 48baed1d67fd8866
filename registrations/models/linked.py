"""What is opened by a secret link, without an account."""

from __future__ import annotations

import uuid
from typing import Self, TypeVar

from django.db import models

from forum_site.lib.codes import digest, new_secret

Row = TypeVar("Row", bound=models.Model)


class LinkedQuerySet(models.QuerySet[Row]):
    """The question that the pages behind such links ask."""

    def with_secret(self, secret: str) -> Self:
        """The one that a link opens; found by digest, so that timing tells nothing of the secret."""
        return self.filter(secret_digest=digest(secret))


class Linked(models.Model):
    """Something with a page of its own that opens to whoever has the link; ``guid`` names it in the outbox."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def renew_secret(self) -> None:
        """Exchange the link; nothing is stored. The old one opens nothing any more once both columns are."""
        self.secret = new_secret()
        self.secret_digest = digest(self.secret)
