"""The dates that people plan by: what the organizers entered, the window of registration, and the forum itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event, KeyDate
from forum_site.lib.moments import clock, hour_label, local_day, present, short_range
from registrations.queries.offers import known_offer

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class DateRow:
    """A line of the list. ``day`` is in the zone of the edition; ``hour`` as printed, "" where only the day counts.

    ``at`` is the moment where the hour counts. ``is_next`` marks the first that is not over.
    """

    day: dt.date
    until: dt.date
    label: str
    hour: str = ""
    at: dt.datetime | None = None
    is_past: bool = False
    is_next: bool = False

    @property
    def when(self) -> str:
        """The day or days, "27 Nov"."""
        return short_range(self.day, self.until, get_language() or "en")


def key_dates(event: Event, *, at: dt.datetime | None = None) -> list[DateRow]:
    """Return the dates in order, none where nothing but the days of the forum is known. At most two queries."""
    now = at or present()
    rows = [*_entered(event, now), *_of_registration(event, now)]
    if not rows:
        return []
    today = local_day(event.timezone_name, now)
    forum = DateRow(event.starts_on, event.ends_on, _("Forum"), is_past=event.ends_on < today)
    rows = sorted([*rows, forum], key=lambda row: (row.day, row.hour or "24", row is forum))
    coming = next((row for row in rows if not row.is_past), None)
    return [replace(row, is_next=row is coming) for row in rows]


def _entered(event: Event, now: dt.datetime) -> list[DateRow]:
    today = local_day(event.timezone_name, now)
    return [_row(event, one, now, today) for one in KeyDate.objects.filter(event=event)]


def _row(event: Event, date: KeyDate, now: dt.datetime, today: dt.date) -> DateRow:
    if date.happens_at:
        return _at(event, date.happens_at, str(date.label), now)
    day = date.happens_on or event.starts_on
    return DateRow(day, day, str(date.label), is_past=day < today)


def _of_registration(event: Event, now: dt.datetime) -> list[DateRow]:
    opens_at, closes_at = known_offer(event).window
    rows = []
    if opens_at:
        label = _("Registration opened") if opens_at <= now else _("Registration opens")
        rows.append(_at(event, opens_at, label, now))
    if closes_at:
        label = _("Registration closed") if closes_at <= now else _("Registration closes")
        rows.append(_at(event, closes_at, label, now, is_end=True))
    return rows


def _at(event: Event, moment: dt.datetime, label: str, now: dt.datetime, *, is_end: bool = False) -> DateRow:
    """Midnight is no hour that anybody waits for: what ends then ends with the day before."""
    zone = event.timezone_name
    is_midnight = clock(moment, zone) == "00:00"
    day = local_day(zone, moment - MINUTE if is_end and is_midnight else moment)
    hour = "" if is_midnight else hour_label(moment, zone, get_language() or "en")
    return DateRow(day, day, label, hour, moment if hour else None, is_past=moment <= now)
