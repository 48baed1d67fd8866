"""The sample edition at other moments, for pictures and tests: in a session, overnight and afterwards."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tests.processes import RunningSite

SLUG = "calavine-forum-sample"
ZONE = ZoneInfo("Asia/Singapore")
FIRST_DAY = f"from events.models import Event; print(Event.objects.get(slug={SLUG!r}).starts_on)"
RECORDED = f"""
from events.models import Session
found = Session.objects.filter(event__slug={SLUG!r}, type__in=["opening", "plenary", "closing"])
for session in found:
    session.recording_url = f"https://video.calavine-forum.example/{{session.slug}}"
    session.save()
"""


def moments_of(site: RunningSite) -> dict[str, dt.datetime]:
    """Return the moments at which the pages of a running site look different, by name, in the order of time."""
    return moments_from(dt.date.fromisoformat(site.manage("shell", "-v", "0", "-c", FIRST_DAY).strip()))


def moments_from(first: dt.date) -> dict[str, dt.datetime]:
    """Return them for an edition that begins on this day."""
    day = dt.datetime.combine(first, dt.time(), ZONE)
    return {
        "live": day + dt.timedelta(hours=14, minutes=40),
        "overnight": day + dt.timedelta(hours=23),
        "after": day + dt.timedelta(days=9, hours=12),
    }


def add_recordings(site: RunningSite) -> None:
    """Give the plenaries recordings, as organizers do afterwards."""
    site.manage("shell", "-v", "0", "-c", RECORDED)
