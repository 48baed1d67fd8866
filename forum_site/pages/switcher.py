"""From an edition to the others of its series: to the same kind of page where they have it, else to their home."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Value
from django.db.models.expressions import Combinable
from django.urls import reverse

from events.models import Appearance, Event, NewsPost, Page, Session
from events.queries.documents import has_documents
from events.queries.editions import all_editions
from partners.models import Partnership

#: A series with more editions than this has a list of them.
MOST_EDITIONS = 60
ADDRESSES = {
    "about": "events:about",
    "agenda": "events:agenda",
    "speakers": "events:speakers",
    "partners": "partners:partners",
    "news": "events:news",
    "documents": "events:documents",
}


@dataclass(frozen=True)
class EditionLink:
    """An edition of the series and where the switcher leads to in it."""

    event: Event
    url: str
    is_current: bool


def editions_of_series(event: Event, here: str) -> list[Event]:
    """Return the public editions of a series, the newest first, each with ``has_here``: whether it has such a page.

    ``here`` is the key of the menu, or the address of a written page. One query.
    """
    found = all_editions().filter(series_id=event.series_id).annotate(has_here=_has(here))
    return list(found[:MOST_EDITIONS])


def edition_links(event: Event, editions: list[Event], here: str) -> list[EditionLink]:
    """Return where the switcher leads to, in the order given."""
    return [EditionLink(one, _url(one, here), one.pk == event.pk) for one in editions]


def _url(event: Event, here: str) -> str:
    has_here = bool(event.background or event.theme) if here == "about" else event.has_here  # type: ignore[attr-defined]
    if not has_here:
        return event.get_absolute_url()
    if here in ADDRESSES:
        return reverse(ADDRESSES[here], args=[event.slug])
    return reverse("events:page", args=[event.slug, here])


def _has(here: str) -> Combinable:
    """Return the question whether an edition has this kind of page."""
    edition = OuterRef("pk")
    if here == "agenda":
        return Exists(Session.objects.public().filter(event=edition))
    if here == "speakers":
        return Exists(Appearance.objects.public().filter(session__event=edition))
    if here == "partners":
        return Exists(Partnership.objects.filter(event=edition))
    if here == "news":
        return Exists(NewsPost.objects.public().filter(event=edition))
    if here == "documents":
        documents, recordings = has_documents()
        return documents | recordings
    return Exists(Page.objects.public().filter(event=edition, slug=here)) if here else Value(False)
