"""What every new registration begins as, whichever way the person comes."""

from __future__ import annotations

import datetime as dt
from typing import NotRequired, TypedDict, Unpack

from events.models import Event
from forum_site.lib.codes import digest
from registrations.domain.ways_in import WayIn
from registrations.models import Registration, RegistrationGroup, TicketType
from registrations.validators import email_key


class OwnWords(TypedDict):
    """What somebody says about themselves, in which language, and the sentence to which they agree."""

    full_name: str
    organization: str
    country: str
    language: str
    consent_text: str
    timezone_name: NotRequired[str]


class Details(OwnWords):
    """The same with the address."""

    email: str


def newcomer(
    event: Event,
    *,
    ticket_type: TicketType,
    at: dt.datetime,
    way_in: WayIn | None = None,
    group: RegistrationGroup | None = None,
    **details: Unpack[Details],
) -> Registration:
    """Return a registration that is not stored yet and has no status: code and link, consent, moments and way in."""
    registration = Registration(
        event=event,
        ticket_type=ticket_type,
        group=group,
        access_code=way_in.code if way_in else None,
        delegation=way_in.delegation if way_in else None,
        consented_at=at,
        created_at=at,
        changed_at=at,
        status_changed_at=at,
        **details,
    )
    registration.email = registration.email.strip()
    registration.email_key = email_key(registration.email)
    registration.secret_digest = digest(registration.secret)
    by_way_in = way_in is not None and way_in.approves(ticket_type)
    registration.is_preapproved = by_way_in or ticket_type.approves(registration.email)
    return registration
