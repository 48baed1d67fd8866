"""The addresses of the site, and ``/en/trouble/500/`` and others that fail as a page of the site may."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from forum_site.urls import handler400, handler403, handler404, handler500  # noqa: F401 - Django looks for them here
from forum_site.urls import urlpatterns as addresses_of_the_site

ERRORS = {
    400: SuspiciousOperation("not understood"),
    403: PermissionDenied("not for this person"),
    500: RuntimeError("broken"),
    503: OperationalError("the database is away"),
}


def fail(request: HttpRequest, status: int) -> HttpResponse:
    """Break in the way that the site answers with this status."""
    raise ERRORS[status]


urlpatterns = [*i18n_patterns(path("trouble/<int:status>/", fail)), *addresses_of_the_site]
