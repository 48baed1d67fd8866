"""The first page of the organizers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event
from forum_site.accounts.current_edition import current_edition
from forum_site.accounts.enums import EDITS_CONTENT, HANDLES_REGISTRATIONS, Role
from forum_site.accounts.permissions import has_role_everywhere, roles_at
from forum_site.admin import figures
from forum_site.admin.chart import draw_chart
from forum_site.admin.missing import missing
from forum_site.lib.moments import full_day, zone_label

SEES_PEOPLE = HANDLES_REGISTRATIONS | {Role.VIEWER}


def dashboard(request: HttpRequest, site: Any) -> HttpResponse:
    """Show where the current edition stands; to editors without the people who registered."""
    event = current_edition(request)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Dashboard"),
        "event": event,
        "may_make_editions": has_role_everywhere(request.user, {Role.OWNER}),
    }
    if event:
        roles = roles_at(request.user, event)
        context |= {"missing": missing(event), "may_edit": bool(roles & EDITS_CONTENT)}
        context |= _people(event, roles) if roles & SEES_PEOPLE else {}
    return TemplateResponse(request, "admin/index.html", context)


def _people(event: Event, roles: frozenset[Role]) -> dict[str, Any]:
    language = get_language() or "en"
    days = figures.registrations_a_day(event)
    lists = {
        "registrations": reverse("admin:registrations_registration_changelist") + f"?edition={event.pk}",
        "mails": reverse("admin:mail_emailmessage_changelist") + f"?edition={event.pk}",
    }
    return {
        "figures": figures.figures(event, days, lists=lists),
        "places": figures.places(event),
        "chart": draw_chart(days, language),
        "short_chart": draw_chart(days[-21:], language),
        "chart_days": {"first": full_day(days[0][0], language), "last": full_day(days[-1][0], language)},
        "zone": zone_label(event.timezone_name, event.changed_at),
        "last_registrations": figures.last_registrations(event, language),
        "all_registrations": lists["registrations"],
        "may_export": bool(roles & HANDLES_REGISTRATIONS),
    }
