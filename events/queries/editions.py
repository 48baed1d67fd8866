"""The editions that visitors can see."""

from __future__ import annotations

import datetime as dt

from events.enums import SlugKind
from events.models import Event
from events.models.event import EventQuerySet
from events.queries.addresses import visible_or_404
from forum_site.lib.moments import local_day
from forum_site.lib.prepared import prepared
from forum_site.lib.previews import previewed


def public_event_or_404(slug: str) -> Event:
    """Return the public edition at this address, with its series and venue.

    Raises ``Moved`` where the edition had this address before, ``Http404`` where there is none or it is a draft.
    """
    found = _public_at(slug, previewed())
    return found[0] if found else visible_or_404(all_editions(), SlugKind.EVENT, slug, argument="event")


@prepared
def _public_at(slug: str, _previewed: int | None) -> EventQuerySet:
    """Ask for the edition at the address, among those that visitors see or that the preview of this one opens."""
    return all_editions().filter(slug=slug).order_by()


def current_event(at: dt.datetime | None = None) -> Event | None:
    """Return the running or next public edition, else the latest past one, else nothing.

    An edition counts as running until its last day is over in its own zone.
    """
    for event in all_editions().upcoming(at).iterator(chunk_size=20):
        if local_day(event.timezone_name, at) <= event.ends_on:
            return event
    return all_editions().order_by("-ends_on", "-id").first()


def all_editions() -> EventQuerySet:
    """Return all public editions with series and venue, the newest first."""
    return Event.objects.public().select_related("series", "venue").order_by("-starts_on", "-id")
