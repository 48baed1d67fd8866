"""Versions of a programme, and what has changed since the last one."""

from __future__ import annotations

from events.domain.changes import Change, changes_between
from events.enums import SessionType
from events.models import Event, ProgrammeVersion
from events.queries.snapshot import public_snapshot


def versions_of(event: Event) -> list[ProgrammeVersion]:
    """Return the versions, the newest first, without their snapshots; one query."""
    return list(event.versions.defer("snapshot").order_by("-number"))


def latest_version(event: Event) -> ProgrammeVersion | None:
    """Return the newest version without what stands in it; one query."""
    return event.versions.defer("snapshot", "changes").order_by("-number").first()


def unreleased_changes(event: Event) -> list[Change]:
    """Return what visitors see otherwise than the last version says; nothing before the first. Three queries."""
    last = event.versions.defer("changes").order_by("-number").first()
    return changes_between(last.snapshot, public_snapshot(event)) if last else []


def addresses_of_sessions(event: Event) -> dict[str, str]:
    """Return the addresses of all public sessions that have a page of their own, by identifier; one query."""
    sessions = (
        event.sessions.public()
        .filter(parent=None)
        .exclude(type=SessionType.BREAK)
        .only("guid", "slug", "event", "parent")
    )
    found = {}
    for session in sessions:
        session.event = event
        found[str(session.guid)] = session.get_absolute_url()
    return found
