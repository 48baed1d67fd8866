"""An edition before it is public, for people without an account: the ordinary pages behind a secret.

``/preview/<secret>/en/events/forum/…`` is ``/en/events/forum/…`` as if everything of this edition were published. The
secret is treated as the mount point of the site (``SCRIPT_NAME``), so that each link between pages of the edition stays
behind it by itself, and no view or template knows of previews. What is not a page of this edition leads out of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from events.models import PreviewLink
from forum_site.lib.previews import previewing
from forum_site.pages.sharing import SHARES

ADDRESS = re.compile(r"/preview/([\w-]{20,64})(/.*)")
#: Apps whose pages only show. Forms work on the public site alone.
OPEN_APPS = frozenset({"pages", "events", "partners"})
#: Kept by nobody, found by nobody, told to nobody.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


class preview:  # noqa: N801 - reads as the middleware's name in the settings
    """Open the edition that a secret in the address belongs to; without a right one the address does not exist."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = ADDRESS.fullmatch(request.path_info)
        link = found and PreviewLink.objects.opened_by(found[1]).select_related("event").first()
        if not found or not link:
            return self.get_response(request)
        response = self._behind(request, link, path=found[2])
        for name, value in HEADERS.items():
            response[name] = value
        return response

    def _behind(self, request: HttpRequest, link: PreviewLink, *, path: str) -> HttpResponseBase:
        """Answer as the site would that is mounted at the secret and shows this edition."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        outside = get_script_prefix()
        request.path_info = path
        request.preview = link  # type: ignore[attr-defined]
        set_script_prefix(f"{outside}preview/{link.secret}/")
        try:
            with previewing(link.event_id):
                return _to_home(request, link) if path == "/" else self.get_response(request)
        finally:
            set_script_prefix(outside)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, arguments: dict[str, Any]) -> Any:
        """Lead out of the preview where the address is no page of its edition."""
        link, match = getattr(request, "preview", None), request.resolver_match
        if link is None or match is None:
            return None
        is_page = match.view_name in SHARES and match.app_name in OPEN_APPS
        if is_page and arguments.get("event") == link.event.slug:
            return None
        query = request.META.get("QUERY_STRING", "")
        inside = get_script_prefix()
        outside = inside.removesuffix(f"preview/{link.secret}/")
        return HttpResponseRedirect(f"{outside}{request.path_info.lstrip('/')}" + (f"?{query}" if query else ""))


def _to_home(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        return HttpResponseRedirect(link.event.get_absolute_url())
