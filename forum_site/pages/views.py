"""Pages that need several apps."""

from __future__ import annotations

import logging
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request
from django.utils.translation.trans_real import get_supported_language_variant
from django.views.decorators.http import require_safe

from events.models import Event
from events.queries.editions import all_editions, current_event, public_event_or_404
from forum_site.pages.home import home_context

logger = logging.getLogger(__name__)


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the site in the language of the browser."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language"
    return response


@require_safe
def other_spelling(request: HttpRequest, code: str, rest: str) -> HttpResponse:
    """Send /zh/…, /zh-CN/… and /EN/… to the language as this site writes it; 404 for languages it does not speak."""
    try:
        language = get_supported_language_variant(code.lower())
    except LookupError:
        raise Http404 from None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{language}/{quote(rest)}" + (f"?{query}" if query else ""))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the running or next edition, else the latest one; before the first, say so."""
    event = current_event()
    if event is None:
        return render(request, "pages/home_empty.html")
    return _edition(request, event, is_site_home=True)


@require_safe
def edition(request: HttpRequest, event: str) -> HttpResponse:
    """Show the home page of one edition."""
    return _edition(request, public_event_or_404(event), is_site_home=False)


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """List all editions, the newest first."""
    return render(request, "pages/edition_list.html", {"editions": all_editions()})


def _edition(request: HttpRequest, event: Event, *, is_site_home: bool) -> HttpResponse:
    return render(request, "pages/edition_home.html", {**home_context(event), "is_site_home": is_site_home})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request cannot be read, such as a form that is far too large; without asking the database."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this page is not for this person."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without asking the database; even if the templates are what broke."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:
        logger.exception("The page of errors could not be drawn")
        return HttpResponse(
            "Something broke on our side. 系统出现故障。", status=500, content_type="text/plain; charset=utf-8"
        )
