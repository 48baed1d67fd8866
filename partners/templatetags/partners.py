"""Partners on the pages of an edition: `{% load partners %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Event, Session
from partners.queries.groups import PartnerCell, PartnerGroup
from partners.queries.groups import partner_groups as groups_of
from partners.queries.organizations import cohosts as cohosts_of

register = template.Library()


@register.simple_tag
def partner_groups(event: Event) -> list[PartnerGroup]:
    """The groups of partners in protocol order."""
    return groups_of(event)


@register.simple_tag
def cohosts(event: Event) -> dict[int, list[PartnerCell]]:
    """Who co-hosts which session, by the session's key; for ``cohost_line``."""
    return cohosts_of(event)


@register.simple_tag
def cohost_line(cohosts: dict[int, list[PartnerCell]], session: Session) -> str:
    """The line under a session: "With: Conference of Audit Offices"."""
    names = [cell.full_name for cell in cohosts.get(session.pk, [])]
    if not names:
        return ""
    return _("With: %(partners)s") % {"partners": pgettext("between organizations", "; ").join(names)}


@register.simple_tag
def session_partners(session: Session) -> list[PartnerCell]:
    """Who co-hosts this session, in protocol order."""
    partnerships = session.partnerships.in_protocol_order().select_related("partner")
    return [PartnerCell(partnership, session.event) for partnership in partnerships]
