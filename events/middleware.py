"""Redirects to where a page lives now."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from events.queries.addresses import Moved


class follow_moves:  # noqa: N801 - reads as the middleware's name in the settings
    """Answer 301 to the same page at its new address where a view meets an old one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Redirect where the view raised ``Moved``, keeping the query; other errors are not ours."""
        match = request.resolver_match
        if not (isinstance(error, Moved) and match):
            return None
        new = reverse(match.view_name, kwargs={**match.kwargs, **error.arguments})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{new}?{query}" if query else new)
