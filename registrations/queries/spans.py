"""When an edition really begins and ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event, Session
from forum_site.lib.moments import clock, day_label, local_day, zone_brackets, zone_label
from registrations.models import Invitation, Registration


@dataclass(frozen=True)
class Span:
    """First start and last end of the programme, or ``None`` and ``None`` where one of them is not known."""

    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None


def span_of(event: Event) -> Span:
    """Return the span of the public programme; known only if the first and the last day have times. One query."""
    first = Min("starts_at", filter=Q(day=event.starts_on))
    last = Max("ends_at", filter=Q(day=event.ends_on))
    found = Session.objects.public().filter(event=event).order_by().aggregate(first=first, last=last)
    return Span(found["first"], found["last"]) if found["first"] and found["last"] else Span()


def moment_in(zone_name: str, at: dt.datetime, language: str) -> str:
    """Return the moment as printed in a zone, with the zone's city and offset."""
    day = day_label(local_day(zone_name, at), language)
    comma = "，" if language.startswith("zh") else ", "
    return f"{day}{comma}{clock(at, zone_name)}{zone_brackets(zone_name, at, language)}"


def deadline_words(person: Registration | Invitation, at: dt.datetime) -> str:
    """Return a deadline in the person's own time where that is known and another, and in the time of the edition."""
    language, zone_name = get_language() or "en", getattr(person, "timezone_name", "")
    moment = moment_in(person.event.timezone_name, at, language)
    if not zone_name or zone_label(zone_name, at) == zone_label(person.event.timezone_name, at):
        return moment
    own = moment_in(zone_name, at, language)
    return _("%(own)s; in the time of the forum %(moment)s") % {"own": own, "moment": moment}
