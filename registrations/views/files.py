"""The files that people send with their answers: only ever to keep, never shown inside a page of ours."""

from __future__ import annotations

from django.http import FileResponse

from forum_site.lib.files import content_type_of
from registrations.models import Answer


def file_response(answer: Answer) -> FileResponse:
    """Send the file under the name that the person gave it."""
    content_type = content_type_of(answer.file.name)
    response = FileResponse(
        answer.file.open("rb"), as_attachment=True, filename=answer.value, content_type=content_type
    )
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
