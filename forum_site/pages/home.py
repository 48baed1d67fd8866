"""What the home page of an edition shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum_site.pages.languages import language_names
from events.enums import AttendanceMode
from events.models import Event
from events.queries.home import count_sessions, glance_sessions, leading_appearances
from forum_site.lib.markdown import paragraphs
from forum_site.lib.moments import date_range
from forum_site.pages.glance import glance_days
from partners.enums import LEADS, PartnerRole
from partners.models import Partnership

MOST_PARTNERS = 24


@dataclass(frozen=True)
class Fact:
    """A cell of the facts strip; `second` is a muted line below and may be empty."""

    label: str
    value: str
    second: str = ""


@dataclass(frozen=True)
class PartnerGroup:
    """Organizations under one printed label, in protocol order."""

    label: str
    is_lead: bool
    partnerships: list[Partnership]


def home_context(event: Event) -> dict[str, Any]:
    """Return everything the home page of an edition needs beside the frame; the query count is bounded."""
    partnerships = list(Partnership.objects.filter(event=event).select_related("partner").in_protocol_order())
    appearances, speakers_count = leading_appearances(event)
    return {
        "event": event,
        "hero_line": hero_line(event),
        "facts": event_facts(event, partnerships),
        "lead_paragraphs": paragraphs(str(event.summary)),
        "glance": glance_days(event, glance_sessions(event)),
        "sessions_count": count_sessions(event),
        "appearances": appearances,
        "speakers_count": speakers_count,
        "partner_groups": partner_groups(partnerships)[:MOST_PARTNERS],
    }


def event_facts(event: Event, partnerships: list[Partnership]) -> list[Fact]:
    """Return the known facts of an edition; what is not known has no cell. Dates are printed by the template."""
    hosts = [p.name for p in partnerships if p.role == PartnerRole.HOST]
    organizers = [p.name for p in partnerships if p.role == PartnerRole.ORGANIZER]
    place, city = _place(event)
    separator = _(", ")
    facts = [
        Fact(_("Form"), str(event.get_attendance_mode_display()) if event.attendance_mode else ""),
        Fact(_("Place"), place, city),
        Fact(_("Host"), separator.join(hosts)) if hosts else Fact(_("Organizer"), separator.join(organizers)),
        Fact(_("Languages"), separator.join(language_names(event.languages)), str(event.interpretation)),
        Fact(_("Fee"), str(event.fee)),
    ]
    return [fact for fact in facts if fact.value]


def hero_line(event: Event) -> str:
    """Return the one line under the theme: dates, place and form, as far as they are known."""
    language = get_language() or "en"
    days = date_range(event.starts_on, event.ends_on, language)
    place = _place(event)[0]
    known = {"dates": days, "place": place}
    mode = event.attendance_mode
    if mode == AttendanceMode.MIXED and place:
        return _("%(dates)s, %(place)s and online") % known
    if mode == AttendanceMode.ONLINE:
        return _("%(dates)s, online") % known
    return _("%(dates)s, %(place)s") % known if place else days


def partner_groups(partnerships: list[Partnership]) -> list[PartnerGroup]:
    """Return the groups by role and printed label, in the order they come."""
    groups = []
    for (role, label), group in groupby(partnerships, key=lambda p: (p.role, str(p.label))):
        members = list(group)
        groups.append(PartnerGroup(label or group_label(role, len(members)), role in LEADS, members))
    return groups


def group_label(role: str, count: int) -> str:
    """Return the heading over organizations of a role where none was printed."""
    plural = {
        PartnerRole.HOST: ngettext("Host", "Hosts", count),
        PartnerRole.CO_HOST: ngettext("Co-host", "Co-hosts", count),
        PartnerRole.ORGANIZER: ngettext("Organizer", "Organizers", count),
        PartnerRole.CO_ORGANIZER: ngettext("Co-organizer", "Co-organizers", count),
        PartnerRole.SUPPORTING: ngettext("Supporting partner", "Supporting partners", count),
        PartnerRole.PARTNER: ngettext("Partner", "Partners", count),
        PartnerRole.SPONSOR: ngettext("Sponsor", "Sponsors", count),
        PartnerRole.MEDIA: ngettext("Media partner", "Media partners", count),
    }
    return plural[PartnerRole(role)]


def _place(event: Event) -> tuple[str, str]:
    """The venue and its city; else the place as printed."""
    if event.venue:
        city = str(event.venue.city)
        return str(event.venue), "" if city and city in str(event.venue) else (city or str(event.place))
    return str(event.place), ""
