"""Long lists, a page at a time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404


def page_or_404(things: Any, number: str | None, *, size: int) -> Page[Any]:
    """Return the page of a list or queryset that was asked for, by default the first; two queries at most.

    Raises ``Http404`` for a page that there is not, so that no cache keeps pages without end.
    """
    try:
        return Paginator(things, size).page(number or 1)
    except InvalidPage as error:
        raise Http404(str(error)) from error
