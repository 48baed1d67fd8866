"""How a page is passed on: `{% load sharing %}`."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext

from forum_site.pages.sharing import Share, share_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sharing(context: RequestContext) -> Share | None:
    """How others show this page; nothing for errors and for pages of one person."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return share_of(match.view_name, context.flatten()) if match and context.get("canonical_url") else None
