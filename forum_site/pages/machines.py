"""Pages that machines read: health, robots, the style sheet of an accent."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from forum_site.lib.colours import accent_scheme, is_colour

YEAR = 31_536_000


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database can be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots away from personal pages and the back office, and name the map of the site."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /accounts/", "Disallow: /preview/"]
    for language, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{language}/registrations/", f"Disallow: /{language}/join/"]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Send those who ask for the old address to the drawing."""
    return HttpResponsePermanentRedirect(static("favicon.svg"))


@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def accent(request: HttpRequest, figures: str) -> HttpResponse:
    """Give the colours of an edition to both schemes; outside the layers, so that they win."""
    colour = f"#{figures}"
    if not is_colour(colour):
        raise Http404
    scheme = accent_scheme(colour)
    light = f":root{{--accent:{scheme.light};--accent-ink:{scheme.light_ink}}}"
    dark = f":root{{--accent:{scheme.dark};--accent-ink:{scheme.dark_ink}}}"
    css = f"{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")
