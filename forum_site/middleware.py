"""What every answer of the site has in common."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)"


#: What a browser never shows by itself: a policy of its own would hold nothing back, and weighs 3 KB on a first visit.
PARTS_OF_PAGES = ("text/css", "text/javascript", "application/javascript", "font/")


def security_headers(get_response: Handler) -> Handler:
    """Send the content security policy of ``settings.SECURE_CSP`` and the permissions policy with all that is shown."""
    policy = "; ".join(" ".join([name, *sources]) for name, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.get("Content-Type", "").startswith(PARTS_OF_PAGES):
            response.headers.setdefault("Content-Security-Policy", policy)
            response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def heads_only(get_response: Handler) -> Handler:
    """Send no body where only the head was asked for (RFC 9110, 9.3.2); gunicorn warns of every such byte."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming and response.content:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


class database_trouble:  # noqa: N801 - reads as the middleware's name in the settings
    """Answer 503 with a page that says so when the database cannot be reached; nothing was stored then."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost connection into a page; other errors are not ours."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        route = request.resolver_match.route if request.resolver_match else ""
        logger.error("The database could not be reached for %s", route)  # the path itself may carry a secret
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "30"
        response["Cache-Control"] = "no-store"
        return response
