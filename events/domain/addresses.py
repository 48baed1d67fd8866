"""Keeping addresses alive."""

from __future__ import annotations

from events.enums import SlugKind
from events.models import Event, OldSlug


def remember_slug(kind: SlugKind, *, target: int, old: str, event: Event | None = None) -> OldSlug:
    """Let an address that was published lead to the thing with primary key ``target`` from now on.

    To be called in the transaction that changes the slug. ``event`` is the edition in which sessions and pages have
    their addresses. The last owner of an address gets it; a live thing at the address always wins over an old one.
    """
    known, _created = OldSlug.objects.update_or_create(kind=kind, event=event, slug=old, defaults={"target": target})
    return known
