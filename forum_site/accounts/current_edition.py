"""The edition an organizer is working on, kept in the session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from forum_site.accounts.enums import SEES_EVENT
from forum_site.accounts.permissions import events_for

KEY = "admin_edition"
MOST_DIGITS = 18  # more do not fit into a column


def number_asked(text: str | None) -> int | None:
    """Return a primary key written in an address; ``None`` for anything that cannot be one."""
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None


def current_edition(request: HttpRequest) -> Any | None:
    """Return the edition chosen last, else the one at hand for this user; ``None`` where there is none.

    At hand is the next edition that has not ended, else the latest one. At most two queries a request.
    """
    if not hasattr(request, "_current_edition"):
        request._current_edition = _chosen(request) or _nearest(request)  # type: ignore[attr-defined]
    return request._current_edition  # type: ignore[attr-defined]


def choose_edition(request: HttpRequest, pk: int) -> bool:
    """Keep the edition in the session; ``False`` where the user has no role at it."""
    if not events_for(request.user, SEES_EVENT).filter(pk=pk).exists():
        return False
    request.session[KEY] = pk
    return True


def _chosen(request: HttpRequest) -> Any | None:
    pk = request.session.get(KEY)
    return pk and events_for(request.user, SEES_EVENT).filter(pk=pk).select_related("series").first()


def _nearest(request: HttpRequest) -> Any | None:
    events = events_for(request.user, SEES_EVENT).select_related("series")
    coming = events.filter(ends_on__gte=timezone.now().date()).order_by("starts_on", "id").first()
    return coming or events.order_by("-starts_on", "-id").first()
