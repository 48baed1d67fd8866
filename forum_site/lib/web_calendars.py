"""Addresses that open an entry, or subscribe to a feed, in the calendars that people have in the web."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from forum_site.lib.calendars import CalendarEntry, as_written

#: The same calendar for private accounts, and for those of universities, authorities and companies.
OUTLOOK_COM, MICROSOFT_365 = "outlook.live.com", "outlook.office.com"


def google_address(entry: CalendarEntry) -> str:
    """Return the address that opens the entry in Google's calendar."""
    dates = [_for_google(at, entry.zone_name) for at in _ends(entry, dt.UTC)]
    fields = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": "/".join(dates),
        "ctz": entry.zone_name,
        "location": entry.location,
        "details": f"{entry.description}\n{entry.url}".strip(),
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(fields)}"


def outlook_address(entry: CalendarEntry, host: str = OUTLOOK_COM) -> str:
    """Return the address that opens the entry in Outlook's calendar, of one of the two hosts."""
    start, end = _ends(entry, dt.UTC)
    fields = {
        "rru": "addevent",
        "path": "/calendar/action/compose",
        "subject": entry.summary,
        "startdt": start.isoformat(),
        "enddt": end.isoformat(),
        "allday": "false" if isinstance(entry.starts_at, dt.datetime) else "true",
        "location": entry.location,
        "body": f"{entry.description}\n{entry.url}".strip(),
    }
    return f"https://{host}/calendar/0/deeplink/compose?{urlencode(fields)}"


def webcal_address(url: str) -> str:
    """Return the address with the scheme by which calendar programs subscribe."""
    return f"webcal://{url.partition('://')[2]}"


def google_subscription(url: str) -> str:
    """Return the address at which Google's calendar subscribes to a feed."""
    return f"https://calendar.google.com/calendar/render?{urlencode({'cid': webcal_address(url)})}"


def outlook_subscription(url: str, name: str, host: str = OUTLOOK_COM) -> str:
    """Return the address at which Outlook's calendar, of one of the two hosts, subscribes to a feed."""
    return f"https://{host}/calendar/0/addfromweb?{urlencode({'url': url, 'name': name})}"


def _ends(entry: CalendarEntry, zone: dt.tzinfo) -> tuple[dt.datetime | dt.date, dt.datetime | dt.date]:
    """Begin and end in the zone, or the first day and the day after the last; as web calendars want them."""
    if not isinstance(entry.starts_at, dt.datetime) or not isinstance(entry.ends_at, dt.datetime):
        return entry.starts_at, entry.ends_at + dt.timedelta(days=1)
    return entry.starts_at.astimezone(zone), entry.ends_at.astimezone(zone)


def _for_google(at: dt.datetime | dt.date, zone_name: str) -> str:
    written = as_written(at, zone_name)
    if not isinstance(written, dt.datetime):
        return f"{written:%Y%m%d}"
    return f"{written:%Y%m%dT%H%M%S}" + ("Z" if written.tzinfo is dt.UTC else "")
