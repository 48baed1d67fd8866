"""What the home page of an edition shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from events.enums import AttendanceMode, DocumentKind, Phase
from events.models import Event
from events.queries.agenda import visible_sessions
from events.queries.documents import KindGroup, LibraryItem, documents_of, grouped
from events.queries.live import live_of
from events.queries.news import latest_news
from events.queries.people import Person, featured_first, people_of
from events.queries.phase import count_sessions, keep_outline, keep_videos, phase_of
from events.wording import language_name
from forum_site.lib.markdown import paragraphs
from forum_site.lib.moments import local_day
from forum_site.pages.glance import glance_chart
from forum_site.pages.key_dates import key_dates
from partners.enums import PartnerRole
from partners.queries.groups import PartnerGroup, partner_groups
from partners.wording import GROUP_LABELS

#: Two rows of four; a long title takes two places.
MOST_CARD_PLACES = 8
LONG_TITLE = 200
#: Of one type; more stand on the page of documents.
MOST_DOCUMENTS = 6


@dataclass(frozen=True)
class Fact:
    """A cell of the facts strip; `second` is a muted line below and may be empty."""

    label: str
    value: str
    second: str = ""
    is_place: bool = False


def home_context(event: Event) -> dict[str, Any]:
    """Return everything the home page of an edition needs beside the frame; the query count is bounded."""
    sessions = list(visible_sessions(event))
    keep_outline(event, sessions)
    phase = phase_of(event)
    documents = _documents(event) if phase == Phase.AFTER else []
    groups = partner_groups(event)
    people = people_of(event)
    return {
        "event": event,
        "phase": phase,
        "countdown": countdown(event) if phase == Phase.BEFORE else "",
        "key_dates": key_dates(event) if phase == Phase.BEFORE else [],
        "live": live_of(event, sessions=sessions) if phase == Phase.LIVE else None,
        "document_groups": recordings_first(grouped(documents)),
        "figures": figures(event, len(people), groups) if phase == Phase.AFTER else [],
        "hero_line": hero_line(event),
        "facts": event_facts(event, groups),
        "lead_paragraphs": paragraphs(str(event.summary)),
        "glance": glance_chart(event, sessions),
        "sessions_count": count_sessions(event),
        "people": first_cards(featured_first(people)),
        "people_count": len(people),
        "partner_groups": groups,
        "news": latest_news(event),
    }


def _documents(event: Event) -> list[LibraryItem]:
    """Return what there is to read and to watch; the main button then need not ask."""
    found = documents_of(event)
    keep_videos(event, any_found=any(one.kind == DocumentKind.VIDEO for one in found))
    return found


def countdown(event: Event, *, at: dt.datetime | None = None) -> str:
    """Return how far away the first day is, counted in the zone of the edition: "in 18 days"; "" once it is over."""
    days = (event.starts_on - local_day(event.timezone_name, at)).days
    if days > 1:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    return {1: _("tomorrow"), 0: _("today")}.get(days, "")


def recordings_first(groups: list[KindGroup]) -> list[KindGroup]:
    """Return the first documents of each type, recordings before all; the page of documents has them all."""
    groups = sorted(groups, key=lambda group: group.kind != DocumentKind.VIDEO)
    return [replace(group, items=group.items[:MOST_DOCUMENTS]) for group in groups]


def figures(event: Event, people_count: int, groups: list[PartnerGroup]) -> list[Fact]:
    """Return what can be counted of an edition that is over; what is not known has no cell."""
    partners = {cell.url for group in groups for cell in group.cells}
    counted = [
        (_("Days"), len(event.days)),
        (_("Sessions"), count_sessions(event)),
        (_("Speakers"), people_count),
        (_("Partners"), len(partners)),
    ]
    known = [Fact(label, str(count)) for label, count in counted if count]
    return known if len(known) > 1 else []  # the number of days alone stands in the dates already


def first_cards(people: list[Person]) -> list[Person]:
    """Return as many as fill two rows of cards."""
    places = accumulate(1 + (len(person.title) > LONG_TITLE) for person in people)
    return people[: sum(place <= MOST_CARD_PLACES for place in places)]


def event_facts(event: Event, groups: list[PartnerGroup]) -> list[Fact]:
    """Return the known facts of an edition; what is not known has no cell. Dates are printed by the template."""
    place, city = _place(event)
    facts = [
        Fact(_("Form"), str(event.get_attendance_mode_display()) if event.attendance_mode else ""),
        Fact(_("Place"), place, city, is_place=True),
        lead_fact(groups),
        Fact(_("Languages"), listed([language_name(code) for code in event.languages]), str(event.interpretation)),
        Fact(_("Fee"), str(event.fee)),
    ]
    return [fact for fact in facts if fact.value]


def lead_fact(groups: list[PartnerGroup]) -> Fact:
    """Return who hosts the edition, else who organizes it."""
    for role in (PartnerRole.HOST, PartnerRole.ORGANIZER):
        if names := [cell.name for group in groups if group.role == role for cell in group.cells]:
            return Fact(GROUP_LABELS[role](len(names)), listed(names))
    return Fact("", "")


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


def _place(event: Event) -> tuple[str, str]:
    """The venue and its city; else the place as printed."""
    if event.venue:
        city = str(event.venue.city)
        return str(event.venue), "" if city and city in str(event.venue) else (city or str(event.place))
    return str(event.place), ""
