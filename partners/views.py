"""Public pages of the organizations behind an edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.enums import SlugKind
from events.queries.addresses import visible_or_404
from events.queries.editions import public_event_or_404
from partners.queries.groups import PartnerCell, partner_groups, text_lists
from partners.queries.organizations import partners_of, partnerships_of


@require_safe
def partners(request: HttpRequest, event: str) -> HttpResponse:
    """Show all groups in protocol order."""
    found = public_event_or_404(event)
    groups = partner_groups(found)
    context = {"event": found, "groups": groups, "texts": text_lists(found, groups), "nav_current": "partners"}
    return render(request, "partners/partner_list.html", context)


@require_safe
def partner(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Show an organization of this edition, with all its editions and co-hosted sessions."""
    found = public_event_or_404(event)
    organization = visible_or_404(partners_of(found), SlugKind.PARTNER, slug)
    partnerships = partnerships_of(organization)
    here = next(one for one in partnerships if one.event_id == found.pk)
    context = {
        "event": found,
        "partner": organization,
        "cell": PartnerCell(here, found),
        "partnerships": partnerships,
        "nav_current": "partners",
    }
    return render(request, "partners/partner_detail.html", context)
