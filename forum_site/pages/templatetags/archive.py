"""Whether a page belongs to an archived copy: ``{% load archive %}``."""

from __future__ import annotations

from django import template

from forum_site.pages.archive.copy import Copy, current_copy

register = template.Library()


@register.simple_tag
def archived_copy() -> Copy | None:
    """Return the archived copy for which the page is drawn; nothing on the living site."""
    return current_copy()
