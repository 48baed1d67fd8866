"""Triggers that keep ``CalendarRecord``: they also see bulk updates, deleted editions and SQL by hand.

A record is made with each session, its number rises by two with each change of title, day, time, room or status, and
once visitors cannot find the session any more it keeps what calendars need to drop it: identifier, day and times, but
no title, since what was public by mistake must not stay so. Written for both databases; installed after each migration.
"""

# ruff: noqa: S608 - the statements are made of names in this file

from __future__ import annotations

from django.db import connections

_TABLE = "events_calendarrecord"
_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "now()"}
_SAME = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}
#: What a calendar shows of a session, and what decides whether it shows it.
_COLUMNS = ["title_en", "title_zh_hans", "day", "starts_at", "ends_at", "room_id", "status", "type", "parent_id"]
_COLUMNS += ["publish_at", "track_id", "slug", "event_id"]
_OF_EVENT = ["status", "timezone_name", "venue_id"]


def _seen(row: str, now: str) -> str:
    """The condition that visitors find the session in the calendar of a public edition."""
    return f"""({row}.status IN ('published', 'cancelled') AND {row}.parent_id IS NULL AND {row}.type <> 'break'
        AND ({row}.publish_at IS NULL OR {row}.publish_at <= {now})
        AND EXISTS (SELECT 1 FROM events_event e WHERE e.id = {row}.event_id AND e.status <> 'draft'))"""


def _create(row: str, now: str, base: str = "0") -> str:
    return f"""INSERT INTO {_TABLE} (guid, event_id, sequence, changed_at, slug, day, starts_at, ends_at, track_slug)
        SELECT {row}.guid, {row}.event_id, {base}, {now}, {row}.slug, {row}.day, {row}.starts_at, {row}.ends_at, ''"""


def _missing(row: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {_TABLE} r WHERE r.guid = {row}.guid)"


def _raise(now: str) -> str:
    return f"""UPDATE {_TABLE} SET sequence = sequence + 2, changed_at = {now}, event_id = NEW.event_id,
        withdrawn_at = CASE WHEN {_seen("NEW", now)} THEN NULL ELSE withdrawn_at END WHERE guid = NEW.guid;"""


def _withdraw(now: str, condition: str, step: int) -> str:
    track = "COALESCE((SELECT t.slug FROM events_track t WHERE t.id = OLD.track_id), '')"
    return f"""UPDATE {_TABLE} SET sequence = sequence + {step}, changed_at = {now}, withdrawn_at = {now},
        slug = OLD.slug, day = OLD.day, starts_at = OLD.starts_at, ends_at = OLD.ends_at, track_slug = {track}
        WHERE guid = OLD.guid AND {condition};"""


def _changed(columns: list[str], vendor: str) -> str:
    return "NOT (" + " AND ".join(f"OLD.{name} {_SAME[vendor]} NEW.{name}" for name in columns) + ")"


def _definitions(vendor: str) -> dict[str, tuple[str, str, str, str]]:
    """Return by name: table, occasion, condition and statements of each trigger."""
    now = _NOW[vendor]
    gone = f"{_seen('OLD', now)} AND NOT {_seen('NEW', now)}"
    return {
        "calendar_knows_session": (
            "events_session",
            "INSERT",
            "",
            f"{_raise(now)} {_create('NEW', now)} WHERE {_missing('NEW')};",
        ),
        "calendar_learns_of_change": (
            "events_session",
            f"UPDATE OF {', '.join(_COLUMNS)}",
            _changed(_COLUMNS, vendor),
            _raise(now) + _withdraw(now, gone, 0),
        ),
        "calendar_learns_of_end": ("events_session", "DELETE", "", _withdraw(now, _seen("OLD", now), 2)),
        "calendar_learns_of_edition": (
            "events_event",
            f"UPDATE OF {', '.join(_OF_EVENT)}",
            _changed(_OF_EVENT, vendor),
            f"UPDATE {_TABLE} SET sequence = sequence + 2, changed_at = {now} WHERE event_id = NEW.id;",
        ),
        "calendar_forgets_edition": ("events_event", "DELETE", "", f"DELETE FROM {_TABLE} WHERE event_id = OLD.id;"),
    }


def _statements(vendor: str) -> list[str]:
    """Return what creates the triggers, and records for sessions that were there before them."""
    found = []
    for name, (table, occasion, condition, body) in _definitions(vendor).items():
        when = f"WHEN ({condition})" if condition else ""
        if vendor == "sqlite":
            found.append(f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {occasion} ON {table} {when} BEGIN {body} END")
            continue
        found.append(
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {body} RETURN NULL; END $$"""
        )
        found.append(
            f"""CREATE OR REPLACE TRIGGER {name} AFTER {occasion} ON {table}
            FOR EACH ROW {when} EXECUTE FUNCTION {name}()"""
        )
    earlier = f"{_create('s', _NOW[vendor], 'e.version')} FROM events_session s"
    found.append(f"{earlier} JOIN events_event e ON e.id = s.event_id WHERE {_missing('s')}")
    return found


def remove_calendar_triggers(using: str = "default", plan: object = None, **_signal: object) -> None:
    """Drop the triggers before tables change; called by ``pre_migrate``."""
    connection = connections[using]
    if not plan or "events_session" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name, (table, *_rest) in _definitions(connection.vendor).items():
            on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install_calendar_triggers(using: str = "default", **_signal: object) -> None:
    """Create the triggers and the records that are missing; called by ``post_migrate``."""
    connection = connections[using]
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)
