"""Shows organizers mails as real people would get them, before anything is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from forum_site.mail.compose import Composed, compose
from forum_site.mail.preview import preview_response
from registrations.domain import letters
from registrations.models import Invitation, Registration


def sample_of(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> Composed:
    """Compose what this person would get now; nothing is stored."""
    return compose(letters.letter_to(person, kind, **context))


def sample_response(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> HttpResponse:
    """Return the HTML of such a mail alone, for a frame."""
    return preview_response(sample_of(kind, person, context).html)
