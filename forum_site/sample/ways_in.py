"""How one registers for an edition of the sample content: quotas, ticket types, codes and delegations.

Nobody is registered here, and no mail is written: the people of a delegation are for the visitor to name.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.models import Event
from forum_site.lib.moments import local_day
from forum_site.sample.files import spread
from partners.models import Partner
from registrations.models import AccessCode, Delegation, Quota, TicketType

#: What an entry of a ticket type may say beside its texts, as the model calls it.
PLAIN = ("is_hidden", "needs_approval", "most_in_group")


def create_ways_in(event: Event, edition: dict[str, Any], *, at: dt.datetime) -> None:
    """Create all of it, as far as the edition has any."""
    quotas = {
        entry["slug"]: Quota.objects.create(event=event, capacity=entry["capacity"], **spread(entry, name="name"))
        for entry in edition.get("quotas", [])
    }
    types = _create_ticket_types(event, edition.get("tickets", []), quotas, at=at)
    for entry in edition.get("codes", []):
        code = AccessCode(event=event, code=entry["code"], most_uses=entry.get("most_uses"), note=entry.get("note", ""))
        code.full_clean()
        code.save()
        code.ticket_types.set(types[slug] for slug in entry["tickets"])
    for entry in edition.get("delegations", []):
        _create_delegation(event, entry, types)


def _create_ticket_types(
    event: Event, entries: list[dict[str, Any]], quotas: dict[str, Quota], *, at: dt.datetime
) -> dict[str, TicketType]:
    """Open them on the day of loading, close them when the day before the forum ends."""
    return {
        entry["slug"]: TicketType.objects.create(
            event=event,
            slug=entry["slug"],
            attendance_mode=entry["mode"],
            capacity=entry.get("capacity"),
            quota=quotas[entry["quota"]] if "quota" in entry else None,
            position=position,
            opens_at=_midnight(event, local_day(event.timezone_name, at)),
            closes_at=_midnight(event, event.starts_on),
            **{name: entry[name] for name in PLAIN if name in entry},
            **spread(entry, name="name", description="description"),
        )
        for position, entry in enumerate(entries, start=1)
    }


def _create_delegation(event: Event, entry: dict[str, Any], types: dict[str, TicketType]) -> None:
    partner = Partner.objects.filter(name_en=entry["name"]["en"]).first()
    Delegation.objects.create(
        event=event,
        partner=partner,
        ticket_type=types[entry["ticket"]],
        places=entry["places"],
        contact_name=entry["contact_name"],
        contact_email=entry["contact_email"],
        **spread(entry, name="name"),
    )


def _midnight(event: Event, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=event.zone)
