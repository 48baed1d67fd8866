"""Shows organizers mails as real people would get them, before anything is sent."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from forum_site.mail.compose import Composed, compose
from forum_site.mail.preview import preview_response
from registrations.domain import letters
from registrations.models import Invitation, Registration
from registrations.validators import PLACEHOLDERS


class NamesPlaceholders(admin.ModelAdmin):
    """Says below a form, of something new too, what may be written in its texts."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Name the placeholders in braces."""
        context["placeholders"] = [f"{{{name}}}" for name in PLACEHOLDERS]
        return super().render_change_form(request, context, *args, **kwargs)


def sample_of(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> Composed:
    """Compose what this person would get now; nothing is stored."""
    return compose(letters.letter_to(person, kind, **context))


def sample_response(kind: str, person: Registration | Invitation, context: dict[str, Any]) -> HttpResponse:
    """Return the HTML of such a mail alone, for a frame."""
    return preview_response(sample_of(kind, person, context).html)
