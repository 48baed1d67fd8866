"""What process tests write into the database of a running site, and read from it, and how they talk to it."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

from tests.processes import RunningSite

SEED = """
from tests.factories import make_event, make_ticket_type
event = make_event(slug="race", name_en="Race", name_zh_hans="竞赛")
make_ticket_type(event, slug="seat", capacity={capacity})
"""

REPORT = """
import json
from forum_site.mail.models import EmailMessage
from registrations.models import Registration, SessionBooking, TicketType
seat = TicketType.objects.get(slug="seat")
rows = Registration.objects.filter(ticket_type=seat).order_by("waiting_number", "pk")
print(json.dumps({
    "seats_taken": seat.seats_taken,
    "last_waiting_number": seat.last_waiting_number,
    "statuses": list(rows.values_list("status", flat=True)),
    "waiting_numbers": [row.waiting_number for row in rows if row.waiting_number],
    "positions": [row.waiting_position() for row in rows.filter(status="waitlisted")],
    "bookings": list(SessionBooking.objects.order_by("pk").values_list("state", flat=True)),
    "mails": [[str(mail.guid), mail.state, mail.kind] for mail in EmailMessage.objects.order_by("pk")],
}))
"""


def seed(site: RunningSite, capacity: int | None) -> None:
    """Put one edition with one ticket type into the site."""
    site.manage("shell", "-c", SEED.format(capacity=capacity))


def report(site: RunningSite) -> dict[str, Any]:
    """Return what stands in the site's database."""
    return dict(json.loads(site.manage("shell", "-c", REPORT).strip().splitlines()[-1]))


def register_over_http(site: RunningSite, number: int, language: str = "en") -> tuple[int, str, str]:
    """Send the form as a browser does; return the status, the address it sends on to, and the page."""
    fields = {
        "full_name": f"Guest {number}",
        "email": f"guest{number}@example.org",
        "organization": "Example Institute",
        "country": "KE",
        "consent": "on",
    }
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", f"/{language}/events/race/register/", urlencode(fields), headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", ""), response.read().decode()
    finally:
        connection.close()


def post(site: RunningSite, path: str, **fields: str) -> int:
    """Send a form of the English pages, as their own page does, and return the status of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection.request("POST", f"/en/{path}", urlencode(fields), headers)
        return connection.getresponse().status
    finally:
        connection.close()
