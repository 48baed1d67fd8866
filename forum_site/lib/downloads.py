"""Files that are made on the spot, to be kept or opened by another program."""

from __future__ import annotations

from django.http import HttpResponse


def calendar_response(content: bytes | str, name: str) -> HttpResponse:
    """Return a calendar file, which browsers offer under this name and calendars may fetch again."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
