"""Uploaded files, as what they are and nothing else."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.static import serve

from forum_site.lib.files import content_type_of, ending_of

#: What browsers show by themselves; everything else is offered for keeping.
SHOWN = frozenset({"pdf", "png", "jpg", "webp", "txt"})
#: A file is no page: it loads nothing and runs nothing. The reader of PDF that browsers bring is an object.
POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
POLICIES = {"pdf": f"{POLICY}; object-src 'self'"}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Send an uploaded file; what has no kind that is taken, was never taken, and is only offered for keeping."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    name = PurePosixPath(path).name
    kind = ending_of(name)
    response["Content-Type"] = content_type_of(name)
    response["Content-Disposition"] = content_disposition_header(kind not in SHOWN, name) or "inline"
    response["Content-Security-Policy"] = POLICIES.get(kind, f"{POLICY}; sandbox")
    return response
