"""Documents and recordings of one edition, and the library of all of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.queries.documents import documents_of, grouped
from events.queries.editions import public_event_or_404
from events.queries.library import library as read_library
from forum_site.lib.paging import page_or_404

ITEMS_PER_PAGE = 50


@require_safe
def documents(request: HttpRequest, event: str) -> HttpResponse:
    """Show what an edition leaves to read and to watch, by type."""
    found = public_event_or_404(event)
    context = {"event": found, "groups": grouped(documents_of(found)), "nav_current": "documents"}
    return render(request, "events/document_list.html", context)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Show the documents of all editions, or those that the parameters ask for."""
    found = read_library(request.GET)
    page = page_or_404(found.items, request.GET.get("page"), size=ITEMS_PER_PAGE)
    context = {"library": found, "page": page, "nav_current": "library"}
    return render(request, "events/document_library.html", context)
