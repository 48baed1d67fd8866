"""Questions to the database, and new rows, whose SQL is written once.

Django writes the SQL anew each time. For a row with forty columns and its relations that takes several times as long as
the database itself, which counts where hundreds of people come at the same moment, and most of all while a lock is kept
for which all others wait.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Stored = TypeVar("Stored", bound=Model)

#: So many questions with their values are kept, for as many editions as are ever busy at once.
MOST = 64


def prepared(question: Callable[..., QuerySet[Row]]) -> Callable[..., list[Row]]:
    """Ask the database what the function says, each time anew, but with SQL that is kept for each set of values.

    The SQL must depend on these values alone: not on the clock, the language or a preview.
    """

    @lru_cache(maxsize=MOST)
    def written(*values: Hashable) -> QuerySet[Row]:
        rows = question(*values)
        _keep_sql(rows)
        return rows

    @wraps(question)
    def ask(*values: Hashable) -> list[Row]:
        rows = written(*values)
        fresh = object.__new__(type(rows))  # as ``all`` gives, but without a copy of the question
        fresh.__dict__.update(rows.__dict__)
        return list(fresh)

    return ask


def _keep_sql(rows: QuerySet[Any]) -> None:
    """Let the query set, and those that are cloned from it, be read by SQL that is written now."""
    compiler = rows.query.get_compiler(rows.db)
    try:
        sql = compiler.as_sql()
    except EmptyResultSet:
        return  # Django itself knows the answer
    compiler.connection = None  # each thread has its own, which ends with it
    own = threading.local()

    def written_compiler(using: str | None = None, *_rest: Any, **_options: Any) -> Any:
        connection = connections[using or rows.db]
        if getattr(own, "connection", None) is not connection:
            own.connection, own.compiler = connection, _for_connection(compiler, connection, sql)
        return own.compiler

    rows.query.get_compiler = written_compiler  # type: ignore[method-assign]


def _for_connection(compiler: Any, connection: Any, sql: tuple[str, tuple[Any, ...]]) -> Any:
    """Return the compiler for this connection, with all that is the same whenever it is used."""
    one = copy.copy(compiler)
    one.connection = connection
    converters = one.get_converters([column[0] for column in one.select[: one.col_count]])
    one.as_sql = lambda *_args, **_kwargs: sql
    one.get_converters = lambda _columns: converters
    return one


def insert(row: Stored) -> Stored:
    """Store a new row as ``save(force_insert=True)`` does, but for signals, and return it with its key. One query."""
    _insert(row)
    return row


def insert_unless_taken(row: Model, *, unique: str) -> bool:
    """Store it likewise, or nothing, and return ``False``, where another row has its value of this field. One query."""
    return _insert(row, unique)


def make_ready(row: Stored) -> Stored:
    """Work the values of a new row out before its turn, so that only the database is waited for when it is stored.

    Nothing of the row may change any more. No query.
    """
    row._ready_values = _values(row)  # type: ignore[attr-defined]
    return row


def _insert(row: Model, unique: str = "") -> bool:
    connection = connections[DEFAULT_DB_ALIAS]
    values = row.__dict__.pop("_ready_values", None) or _values(row)
    with connection.cursor() as cursor:
        cursor.execute(_insertion(type(row), unique), values)
        stored = cursor.fetchone()
    if stored:
        [row.pk] = stored
        row._state.adding, row._state.db = False, connection.alias
    return bool(stored)


def _values(row: Model) -> list[Any]:
    """Return what the database gets, in the order of the columns; most of it is what it is already."""
    row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined] # keys that came later
    connection, values = connections[DEFAULT_DB_ALIAS], []
    for column, ready_type in _columns(type(row)):
        value = column.pre_save(row, True)
        values.append(value if type(value) is ready_type else column.get_db_prep_save(value, connection))
    return values


@lru_cache
def _columns(model: Any) -> list[tuple[Any, type | None]]:
    """Return the fields of a table but for its key, which the database gives, each with what it stores as it is."""
    ready = {"CharField": str, "TextField": str, "ForeignKey": int, "OneToOneField": int}
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    return [(field, ready.get(field.get_internal_type())) for field in fields]


@lru_cache
def _insertion(model: Any, unique: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = [field.column for field, _ready in _columns(model)]
    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    key = quote(model._meta.pk.column)
    table = quote(model._meta.db_table)
    skipping = f" ON CONFLICT ({quote(model._meta.get_field(unique).column)}) DO NOTHING" if unique else ""
    return f"INSERT INTO {table} ({names}) VALUES ({marks}){skipping} RETURNING {key}"  # noqa: S608 - names of the model
