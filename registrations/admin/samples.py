"""Shows organizers mails as real people would get them, before anything is sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from forum_site.mail.compose import Composed, compose
from forum_site.mail.preview import preview_response
from registrations.domain import letters
from registrations.models import Invitation, Registration

#: The pages with samples may show frames from this site.
WITH_FRAME = {"frame-src": ["'self'"]}


def sample_of(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> Composed:
    """Compose what this person would get now; nothing is stored."""
    return compose(letters.letter_to(person, kind, **context))


def sample_response(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> HttpResponse:
    """Return the HTML of such a mail alone, for a frame."""
    return preview_response(sample_of(kind, person, context).html)


def allow_frames(response: HttpResponse) -> HttpResponse:
    """Let the page show frames of this site, and nothing else beyond the policy of all pages."""
    policy = settings.SECURE_CSP | WITH_FRAME
    response["Content-Security-Policy"] = "; ".join(" ".join([name, *of]) for name, of in policy.items())
    return response
