"""What somebody who is coming must know of an edition, to be compared with what they know."""

from __future__ import annotations

from typing import Any

from events.enums import EventStatus
from events.models import Event

#: While an edition is one of these, its days do not hold: nobody is to travel on them.
IS_OFF = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})


def edition_facts(event: Event) -> dict[str, Any]:
    """Return as JSON whether the edition is held, on which days in which zone, where, and in which form."""
    return {
        "status": str(event.status),
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
        "zone": event.timezone_name,
        "venue": event.venue_id,
        "mode": str(event.attendance_mode),
    }


def is_news(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether somebody who knows the one must hear of the other: not of other days of what does not take place."""
    if new["status"] in IS_OFF:
        return old["status"] != new["status"]
    return old != new
