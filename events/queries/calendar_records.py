"""What calendars must be told of the sessions of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from events.models import CalendarRecord, Event


def records_of(event: Event) -> dict[UUID, CalendarRecord]:
    """Return the records of all sessions there are and were, by identifier; one query."""
    return {record.guid: record for record in event.calendar_records.order_by("day", "starts_at", "id")}


def current_sequence(record: CalendarRecord) -> int:
    """Return the number of the session as it is now; one more than that of its withdrawal, if the clock ended that."""
    return record.sequence + 1 if record.withdrawn_at else record.sequence


def withdrawn(event: Event, records: Iterable[CalendarRecord]) -> list[CalendarRecord]:
    """Return those of the records whose session visitors found once and do not find now; one query, if any."""
    gone = [record for record in records if record.withdrawn_at]
    if not gone:
        return []
    back = set(event.sessions.public().filter(parent=None).values_list("guid", flat=True))
    return [record for record in gone if record.guid not in back]
