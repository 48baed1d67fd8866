"""What a phone needs to keep the site among its programs."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum_site.pages.context import site_name

ICONS = [("icon-192", "192x192", "any"), ("icon-512", "512x512", "any"), ("maskable-512", "512x512", "maskable")]


@require_safe
@cache_control(public=True, max_age=86_400)
def manifest(request: HttpRequest) -> JsonResponse:
    """Give the name of the forum, its icons and colours."""
    name = site_name() or _("Forum")
    icons = [
        {"src": static(f"icons/{file}.png"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for file, sizes, purpose in ICONS
    ]
    words = {"name": name, "short_name": name, "start_url": "/", "scope": "/", "display": "browser"}
    colours = {"background_color": "#fbfaf6", "theme_color": "#fbfaf6"}
    return JsonResponse({**words, **colours, "icons": icons}, content_type="application/manifest+json")
