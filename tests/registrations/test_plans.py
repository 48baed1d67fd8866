"""How the database finds what one registration asks for: by index, however many people are registered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.models import TicketType
from tests.factories import make_registration, make_ticket_type

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

GROWING = ("registrations_registration", "registrations_statuschange", "mail_emailmessage", "django_q_ormq")


def plan_of(statement: str) -> list[str]:
    """Return the lines of the plan; PostgreSQL scans small tables unless it is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {statement}")
            return [line for [line] in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [str(row[-1]) for row in cursor.fetchall()]


def scans(line: str) -> bool:
    """Whether all rows of a growing table are looked at; an index may be read in its order until enough is found."""
    words = line.replace("->", " ").strip()
    begin = "Seq Scan on" if connection.vendor == "postgresql" else "SCAN"
    return words.startswith(begin) and any(f" {table}" in words for table in GROWING) and " INDEX " not in words


def statements(queries: list[dict[str, Any]]) -> list[str]:
    asked = [one["sql"] for one in queries if one["sql"].lstrip().startswith(("SELECT", "UPDATE"))]
    assert asked
    return asked


@pytest.mark.parametrize("capacity", [None, 2], ids=["free", "full"])
def test_a_registration_looks_at_no_table_as_a_whole(capacity):
    ticket_type = make_ticket_type(capacity=capacity)
    for _ in range(3):
        make_registration(ticket_type)
    fresh = TicketType.objects.select_related("event").get(pk=ticket_type.pk)

    with CaptureQueriesContext(connection) as queries:
        make_registration(fresh)

    found = {one: [line for line in plan_of(one) if scans(line)] for one in statements(queries.captured_queries)}
    assert not {one: lines for one, lines in found.items() if lines}


def test_a_table_without_an_index_would_be_noticed():
    statement = "SELECT id FROM registrations_registration WHERE organization = 'x'"

    assert any(scans(line) for line in plan_of(statement))
