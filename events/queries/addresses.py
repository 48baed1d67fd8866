"""Where things moved whose address was changed: an address once published never dies."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from events.models import Event, OldSlug

Found = TypeVar("Found", bound=Model)


class Moved(Exception):  # noqa: N818 - it is an answer, not an error
    """The thing lives at another address now.

    Holds the arguments of the address that changed, by name; ``events.middleware.follow_moves`` turns it into a
    permanent redirect to the same page with these arguments.
    """

    def __init__(self, **arguments: str) -> None:
        super().__init__(str(arguments))
        self.arguments = arguments


def find(kind: str, slug: str, *, event: Event | None = None) -> int | None:
    """Return the primary key of the thing that last had this address, if any; its kind says of which table."""
    old = OldSlug.objects.filter(kind=kind, slug=slug, event=event)
    return old.values_list("target", flat=True).first()


def visible_or_404(
    things: QuerySet[Found], kind: str, slug: str, *, event: Event | None = None, argument: str = "slug"
) -> Found:
    """Return the one of ``things``, those the visitor may see, at this address.

    Live addresses win over old ones. Raises ``Moved`` where a visible thing had this address before (``argument``
    names it in the pattern of the page), else ``Http404``.
    """
    if found := things.filter(slug=slug).first():
        return found
    target = find(kind, slug, event=event)
    if target and (new := things.filter(pk=target).values_list("slug", flat=True).first()):
        raise Moved(**{argument: str(new)})
    raise Http404(f"no {kind} at {slug}")
