"""Triggers that change the site's stamp in the same transaction as anything public.

They also see what no signal sees: ``update()``, ``bulk_create()``, raw SQL. A trigger carries a digest of its
definition in its name, so that after every migration missing and outdated ones are found by one query.
"""

from __future__ import annotations

import hashlib

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from forum_site.pages.cache.watched import BUSY_COLUMNS, NEVER_FULL, watched_models
from forum_site.pages.models import SiteStamp

PREFIX = "public_change_"
#: Rows of the stamp on PostgreSQL: connections share one only if their numbers agree modulo this.
SLOTS = 256

#: No "ON CONFLICT" here: the statement that fires a trigger of SQLite imposes its own way with conflicts on it.
_NEW_NUMBER = {
    "sqlite": [
        """INSERT INTO pages_sitestamp (slot, number)
           SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM pages_sitestamp WHERE slot = 0);""",
        "UPDATE pages_sitestamp SET number = random() / 1024 WHERE slot = 0;",
    ],
    "postgresql": [
        f"""INSERT INTO pages_sitestamp (slot, number)
            VALUES (pg_backend_pid() % {SLOTS}, (random() * 9007199254740991)::bigint)
            ON CONFLICT (slot) DO UPDATE SET number = excluded.number;"""  # noqa: S608 - a number of ours
    ],
}
_FUNCTION = f"""CREATE OR REPLACE FUNCTION public_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {" ".join(_NEW_NUMBER["postgresql"])} RETURN NULL; END $$"""


def install_triggers(using: str = "default", **_signal: object) -> None:
    """Create the triggers that are missing and drop those that are outdated; called by ``post_migrate``."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    wanted = {name: sql for table, name, sql in definitions(connection.vendor) if table in tables}
    if SiteStamp._meta.db_table not in tables:
        wanted = {}
    found = installed(connection)
    if found.keys() == wanted.keys():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _changes(connection.vendor, found, wanted):
            cursor.execute(statement)


def _changes(vendor: str, found: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """Return what leads from the triggers found to those wanted; meanwhile something may have changed unseen."""
    dropped = _drops(vendor, {name: table for name, table in found.items() if name not in wanted})
    created = [sql for name, sql in wanted.items() if name not in found]
    function = [_FUNCTION] if vendor == "postgresql" else []
    return [*function, *dropped, *created, *(_NEW_NUMBER[vendor] if wanted else [])]


def remove_triggers(using: str = "default", plan: object = None, **_signal: object) -> None:
    """Drop the triggers before tables change, and the stamp, so that no page is kept meanwhile; for ``pre_migrate``."""
    connection = connections[using]
    if not plan or SiteStamp._meta.db_table not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _drops(connection.vendor, installed(connection)):
            cursor.execute(statement)
        cursor.execute("DELETE FROM pages_sitestamp")


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers of this module in the database: name and table."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def definitions(vendor: str) -> list[tuple[str, str, str]]:
    """Return table, name and SQL of every trigger."""
    found = []
    for model in watched_models():
        for occasion in _occasions(model, vendor):
            table = model._meta.db_table
            body = (
                f"BEGIN {' '.join(_NEW_NUMBER[vendor])} END"
                if vendor == "sqlite"
                else "EXECUTE FUNCTION public_change()"
            )
            sql = f"AFTER {occasion} {body}".replace("{table}", table)
            digest = hashlib.sha256(f"{table} {sql} {_FUNCTION}".encode()).hexdigest()
            name = f"{PREFIX}{digest[:16]}"
            found.append((table, name, f"CREATE TRIGGER {name} {sql}"))
    return found


def _occasions(model: type[models.Model], vendor: str) -> list[str]:
    """Return what fires the triggers of a table: any change, or of a busy table a change that visitors can see."""
    busy = BUSY_COLUMNS.get(model._meta.db_table)
    columns = [f'"{field.column}"' for field in model._meta.local_concrete_fields if field.column not in (busy or ())]
    update = f"UPDATE OF {', '.join(columns)}" if busy else "UPDATE"
    if vendor == "postgresql":
        plain = [f"INSERT OR DELETE OR TRUNCATE OR {update} ON {{table}} FOR EACH STATEMENT"]
    else:
        plain = [f"{event} ON {{table}}" for event in ("INSERT", "DELETE", update)]
    says_when_full = busy and model._meta.db_table not in NEVER_FULL
    return plain + ([_fullness(model)] if says_when_full else [])


def _fullness(model: type[models.Model]) -> str:
    """Return the moment at which the last place is taken, or one becomes free again."""
    is_overbooked = any(field.name == "overbooking" for field in model._meta.local_concrete_fields)
    places = "{row}.capacity * (100 + {row}.overbooking) / 100" if is_overbooked else "{row}.capacity"
    is_full = f"COALESCE({places} <= {{row}}.seats_taken, FALSE)"
    old, new = is_full.format(row="OLD"), is_full.format(row="NEW")
    return f"UPDATE OF seats_taken ON {{table}} FOR EACH ROW WHEN ({old} <> {new})"


def _drops(vendor: str, triggers: dict[str, str]) -> list[str]:
    return [
        f"DROP TRIGGER {name}" + ("" if vendor == "sqlite" else f' ON "{table}"') for name, table in triggers.items()
    ]
