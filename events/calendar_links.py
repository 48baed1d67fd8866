"""Ways to take the programme, or a session, into one's own calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from events.feeds import session_entry
from events.models import Event, Track
from events.queries.agenda import AgendaSession
from forum_site.lib.moments import day_label
from forum_site.lib.web_calendars import (
    MICROSOFT_365,
    OUTLOOK_COM,
    google_address,
    google_subscription,
    outlook_address,
    outlook_subscription,
    webcal_address,
)


@dataclass(frozen=True)
class NarrowFeed:
    """A part of the programme: a file, and the address to subscribe to it."""

    label: str
    file: str
    webcal: str


@dataclass(frozen=True)
class CalendarLinks:
    """Addresses: a file, a feed for programs, three calendars in the web; ``parts`` are days and tracks.

    ``schedules`` are files for conference apps: the name of each and its address.
    """

    file: str
    webcal: str
    google: str
    outlook: str
    microsoft_365: str
    parts: list[NarrowFeed] = field(default_factory=list)
    schedules: list[tuple[str, str]] = field(default_factory=list)


def session_links(event: Event, entry: AgendaSession) -> CalendarLinks:
    """Return the links of one session; no query."""
    file = reverse("events:session_ics", args=[event.slug, entry.session.slug])
    calendar_entry = session_entry(event, entry)
    outlook, office = outlook_address(calendar_entry), outlook_address(calendar_entry, MICROSOFT_365)
    return CalendarLinks(file, _webcal(file), google_address(calendar_entry), outlook, office)


def agenda_links(event: Event, dates: Iterable[dt.date], tracks: Iterable[Track]) -> CalendarLinks:
    """Return the links of the whole programme, of its days where there are several, and of its tracks; no query."""
    file = reverse("events:agenda_ics", args=[event.slug])
    language, days = get_language() or "en", list(dates)
    parts = [_part(file, day_label(day, language), day=day.isoformat()) for day in days if len(days) > 1]
    parts += [_part(file, str(track.name), track=track.slug) for track in tracks]
    url = f"{settings.SITE_URL}{file}"
    outlook, office = (outlook_subscription(url, str(event.name), host) for host in (OUTLOOK_COM, MICROSOFT_365))
    names = {"schedule.xml": "events:schedule_xml", "schedule.json": "events:schedule_json"}
    schedules = [(name, reverse(view, args=[event.slug])) for name, view in names.items()]
    return CalendarLinks(file, _webcal(file), google_subscription(url), outlook, office, parts, schedules)


def _part(file: str, label: str, **query: str) -> NarrowFeed:
    path = f"{file}?{urlencode(query)}"
    return NarrowFeed(label, path, _webcal(path))


def _webcal(path: str) -> str:
    return webcal_address(f"{settings.SITE_URL}{path}")
