"""Sessions with places of their own in an edition of the sample content."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.enums import AttendanceMode
from events.models import Event, Session
from registrations.models import BookableSession, BookingRules


def create_choices(event: Event, edition: dict[str, Any], *, sessions: dict[str, Session]) -> None:
    """Give places to the sessions that name some, and the edition its rules for choosing, where it has any."""
    for entry in edition["sessions"]:
        if "places" in entry:
            session = sessions[entry["slug"]]
            is_onsite_only = session.mode == AttendanceMode.ONSITE
            BookableSession.objects.create(session=session, capacity=entry["places"], is_onsite_only=is_onsite_only)
    if rules := edition.get("choosing"):
        day = event.starts_on - dt.timedelta(days=rules["days_before"])
        until = dt.datetime.combine(day, dt.time(), tzinfo=event.zone)
        BookingRules.objects.create(event=event, most=rules["most"], books_until=until)
