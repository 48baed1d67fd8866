"""Protection of forms that set no cookie: the browser itself says where a request comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
OWN_SITES = {"same-origin", "none"}  # "none": typed or opened by the person, not by a page

View = Callable[..., HttpResponseBase]


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, by Sec-Fetch-Site, else by Origin.

    True where both are missing: such clients are scripts, and bring no cookie of anybody else.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OWN_SITES
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc == request.get_host()
    return True


def same_origin_only(view: View) -> View:
    """Answer 403 to a request that changes something and was sent by a page of another site.

    For anonymous forms under `csrf_exempt`, so that visitors get no cookie.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE_METHODS and not is_same_origin(request):
            raise PermissionDenied(_("This form was sent from another site. Please open it here and send it again."))
        return view(request, *args, **kwargs)

    return guarded
