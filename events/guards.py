"""What a constraint of one table cannot say, the database forbids by trigger: a session lies on a day of its edition.

Written for both databases and installed after every migration. Both raise ``IntegrityError`` with the guard's name.
"""

from __future__ import annotations

from django.db import connections

_OUTSIDE = "SELECT 1 FROM events_event e WHERE e.id = NEW.event_id AND NEW.day BETWEEN e.starts_on AND e.ends_on"
_LEFT_OUT = (
    "SELECT 1 FROM events_session s WHERE s.event_id = NEW.id AND s.day NOT BETWEEN NEW.starts_on AND NEW.ends_on"
)

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS session_lies_in_its_event_{when} BEFORE {when} {columns} ON events_session
        WHEN NOT EXISTS ({_OUTSIDE})
        BEGIN SELECT RAISE(ABORT, 'session_lies_in_its_event'); END"""
    for when, columns in (("insert", ""), ("update", "OF day, event_id"))
] + [
    f"""CREATE TRIGGER IF NOT EXISTS event_keeps_its_sessions BEFORE UPDATE OF starts_on, ends_on ON events_event
        WHEN EXISTS ({_LEFT_OUT})
        BEGIN SELECT RAISE(ABORT, 'event_keeps_its_sessions'); END"""
]

_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION session_lies_in_its_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NOT EXISTS ({_OUTSIDE}) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'session_lies_in_its_event';
        END IF; RETURN NEW; END $$""",
    f"""CREATE OR REPLACE FUNCTION event_keeps_its_sessions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS ({_LEFT_OUT}) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'event_keeps_its_sessions';
        END IF; RETURN NEW; END $$""",
    """CREATE OR REPLACE TRIGGER session_lies_in_its_event BEFORE INSERT OR UPDATE OF day, event_id ON events_session
        FOR EACH ROW EXECUTE FUNCTION session_lies_in_its_event()""",
    """CREATE OR REPLACE TRIGGER event_keeps_its_sessions BEFORE UPDATE OF starts_on, ends_on ON events_event
        FOR EACH ROW EXECUTE FUNCTION event_keeps_its_sessions()""",
]


_TABLES = {
    "session_lies_in_its_event": "events_session",
    "session_lies_in_its_event_insert": "events_session",
    "session_lies_in_its_event_update": "events_session",
    "event_keeps_its_sessions": "events_event",
}


def remove_guards(using: str = "default", plan: object = None, **_signal: object) -> None:
    """Drop the triggers before tables change; called by ``pre_migrate``.

    SQLite rebuilds no table that a trigger elsewhere names, PostgreSQL alters no column that a trigger names.
    """
    connection = connections[using]
    if not plan or "events_session" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name, table in _TABLES.items():
            on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install_guards(using: str = "default", **_signal: object) -> None:
    """Create the triggers where they are missing; called by ``post_migrate``."""
    connection = connections[using]
    if "events_session" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL:
            cursor.execute(statement)
