"""Showing an edition before it is public to whoever has the link."""

from __future__ import annotations

import datetime as dt

from events.models import Event, PreviewLink
from forum_site.lib.codes import digest, new_secret


def renew_preview(event: Event, *, ends_at: dt.datetime | None = None) -> PreviewLink:
    """Give the edition a preview link with a new secret; the one before opens nothing any more."""
    secret = new_secret()
    fields = {"secret": secret, "secret_digest": digest(secret), "ends_at": ends_at}
    link, _created = PreviewLink.objects.update_or_create(event=event, defaults=fields)
    return link


def revoke_preview(event: Event) -> None:
    """Close the preview of the edition at once."""
    PreviewLink.objects.filter(event=event).delete()
