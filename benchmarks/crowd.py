"""The people who are registered already before registrations are measured, and the queries of one more.

``python -m benchmarks.crowd 1000000`` fills the database of the environment up to so many. Each has a registration, its
history and its mail, as if all had registered on the page; the database makes them, in three statements.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SLUG = "bench"
PATH = f"/en/events/{SLUG}/register/"
FIRST_WORDS = {"organization": "Institute", "country": "KE", "consent": "on"}


def form(name: str, address: str) -> str:
    """Return what the browser of one more person sends."""
    return urlencode(FIRST_WORDS | {"full_name": name, "email": address})


def main(people: int) -> None:
    """Fill up and print how many queries the next registration makes."""
    fill(people)
    print(queries_of_one(f"counted-{people}@example.org"))


def fill(people: int) -> None:
    """Have so many people registered, at least one, all alike and confirmed."""
    from django.db import connection

    from registrations.models import Registration, StatusChange

    first = Registration.objects.order_by("pk").first() or _first()
    change = StatusChange.objects.filter(registration=first).get()
    there = Registration.objects.count()
    with connection.cursor() as cursor:
        if people > there:
            _add_registrations(cursor, first.pk, there, people)
            _add_changes(cursor, change.pk)
            _add_mails(cursor)
            cursor.execute(
                "UPDATE registrations_tickettype SET seats_taken = (SELECT count(*) FROM registrations_registration)"
            )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # as its own housekeeping does within minutes


def _first() -> Any:
    from tests.factories import make_event, make_registration, make_ticket_type

    return make_registration(make_ticket_type(make_event(slug=SLUG)))


def _add_registrations(cursor: Any, first: int, there: int, people: int) -> None:
    from django.db import connection

    from registrations.models import Registration

    guid = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}[connection.vendor]
    own = {
        "guid": guid,
        "code": "'B' || n.i",
        "secret_digest": "'digest ' || n.i",
        "email": "'b' || n.i || '@example.org'",
        "email_key": "'b' || n.i || '@example.org'",
    }
    cursor.execute(
        f"WITH RECURSIVE n(i) AS (SELECT {there} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {people}) "
        f"{_copy(Registration, own)} JOIN n ON true WHERE one.id = {first}"
    )


def _add_changes(cursor: Any, change: int) -> None:
    from registrations.models import StatusChange

    without = "LEFT JOIN registrations_statuschange had ON had.registration_id = r.id"
    cursor.execute(
        f"{_copy(StatusChange, {'registration_id': 'r.id'})} JOIN registrations_registration r ON true {without} "
        f"WHERE one.id = {change} AND had.id IS NULL"
    )


def _add_mails(cursor: Any) -> None:
    from forum_site.mail.models import EmailMessage

    mail = EmailMessage.objects.order_by("pk").first()
    own = {"guid": "r.guid", "reference": "'registration:' || r.guid", "recipient": "r.email"}
    cursor.execute(
        f"{_copy(EmailMessage, own)} JOIN registrations_registration r ON true "
        f"LEFT JOIN mail_emailmessage had ON had.guid = r.guid WHERE one.id = {mail.pk} AND had.id IS NULL"  # type: ignore[union-attr]
    )


def _copy(model: Any, own: dict[str, str]) -> str:
    """Return the beginning of a statement that inserts copies of ``one`` with these columns of their own."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    words = ", ".join(own.get(column, f"one.{column}") for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {words} FROM {model._meta.db_table} one"


def queries_of_one(address: str) -> int:
    """Register somebody and return how many statements that takes, the begin and end of the transaction with them.

    The first one is not counted: whatever a process asks for only once is known then.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    kind = "application/x-www-form-urlencoded"
    client.post(PATH, form("First", f"first-{address}"), content_type=kind)
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(PATH, form("Second", address), content_type=kind)
    if answer.status_code != 302:
        raise SystemExit(f"{PATH} answered {answer.status_code}.")
    return len(queries)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    import django

    django.setup()
    main(int(sys.argv[1]))
