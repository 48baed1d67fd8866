"""Lists of registrations for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_countries import countries

from registrations.enums import RegistrationStatus
from registrations.models import Registration

CHUNK = 2000


def header() -> list[str]:
    """Return the headings of the columns, in the current language."""
    return [
        _("Code"),
        _("Status"),
        _("Ticket type"),
        _("Full name"),
        _("E-mail"),
        _("Organization"),
        _("Country/region"),
        _("Language"),
        _("Time zone"),
        _("Registered"),
        _("Time zone of the edition"),
        _("Consent given"),
        _("Number on the waiting list"),
        _("Reason"),
    ]


def rows(registrations: QuerySet[Registration]) -> Iterator[list[Any]]:
    """Give one row for each registration, read in chunks; moments are in the zone of the edition."""
    labels = dict(RegistrationStatus.choices)
    names = dict(countries)
    found = registrations.select_related("ticket_type", "event").defer("consent_text", "secret", "secret_digest")
    for registration in found.iterator(chunk_size=CHUNK):
        zone = registration.event.zone
        yield [
            registration.code,
            labels[registration.status],  # type: ignore[index]
            registration.ticket_type.name,
            registration.full_name,
            registration.email,
            registration.organization,
            names.get(registration.country.code, registration.country.code),
            registration.language,
            registration.timezone_name,
            registration.created_at.astimezone(zone),
            registration.event.timezone_name,
            registration.consented_at.astimezone(zone),
            registration.waiting_number,
            registration.status_reason,
        ]
