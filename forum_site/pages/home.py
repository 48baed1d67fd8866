"""What the home page of an edition shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from events.enums import AttendanceMode
from events.models import Event
from events.queries.home import count_sessions
from events.queries.people import Person, people_of
from events.wording import language_name
from forum_site.lib.markdown import paragraphs
from forum_site.pages.glance import glance_chart
from partners.enums import LEADS, PartnerRole
from partners.models import Partnership

#: Two rows of four; a long title takes two places.
MOST_CARD_PLACES = 8
LONG_TITLE = 200


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
    people = people_of(event)
    return {
        "event": event,
        "hero_line": hero_line(event),
        "facts": event_facts(event, partnerships),
        "lead_paragraphs": paragraphs(str(event.summary)),
        "glance": glance_chart(event),
        "sessions_count": count_sessions(event),
        "people": first_cards(people),
        "people_count": len(people),
        "partner_groups": partner_groups(partnerships),
    }


def first_cards(people: list[Person]) -> list[Person]:
    """Return as many as fill two rows of cards."""
    places = accumulate(1 + (len(person.title) > LONG_TITLE) for person in people)
    return people[: sum(place <= MOST_CARD_PLACES for place in places)]


def event_facts(event: Event, partnerships: list[Partnership]) -> list[Fact]:
    """Return the known facts of an edition; what is not known has no cell. Dates are printed by the template."""
    hosts = [p.name for p in partnerships if p.role == PartnerRole.HOST]
    organizers = [p.name for p in partnerships if p.role == PartnerRole.ORGANIZER]
    place, city = _place(event)
    facts = [
        Fact(_("Form"), str(event.get_attendance_mode_display()) if event.attendance_mode else ""),
        Fact(_("Place"), place, city),
        Fact(group_label(PartnerRole.HOST, len(hosts)), listed(hosts))
        if hosts
        else Fact(group_label(PartnerRole.ORGANIZER, len(organizers)), listed(organizers)),
        Fact(_("Languages"), listed([language_name(code) for code in event.languages]), str(event.interpretation)),
        Fact(_("Fee"), str(event.fee)),
    ]
    return [fact for fact in facts if fact.value]


def listed(names: list[str]) -> str:
    """Return the names on one line, with the comma of the language between them."""
    return pgettext("between names", ", ").join(names)


def hero_line(event: Event) -> str:
    """Return place and form, as far as they are known; the dates stand before it."""
    place = _place(event)[0]
    if event.attendance_mode == AttendanceMode.MIXED and place:
        return _("%(place)s and online") % {"place": place}
    if event.attendance_mode == AttendanceMode.ONLINE:
        return pgettext("after the dates", "online")
    return place


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
        PartnerRole.HOST: npgettext("organization", "Host", "Hosts", count),
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
