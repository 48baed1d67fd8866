"""People of an edition of the sample content whom somebody has registered together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation

from events.models import Event
from forum_site.mail.enums import MailState
from forum_site.mail.models import EmailMessage
from registrations.domain.groups import Person, register_group
from registrations.queries.consent import consent_sentence

NOBODY_YET = {"name": "", "email": ""}


def create_groups(event: Event, entries: list[dict[str, Any]], *, at: dt.datetime) -> None:
    """Register each group by the rule that the form calls. Their mails can be read in the outbox and leave it never."""
    for entry in entries:
        with translation.override(entry["language"]):
            register_group(
                event,
                ticket_type=event.ticket_types.get(slug=entry["ticket"]),
                contact_name=entry["contact_name"],
                contact_email=entry["contact_email"],
                people=_people(entry),
                waits_together=False,
                language=entry["language"],
                consent_text=consent_sentence(event),
                at=at,
            )
    EmailMessage.objects.filter(event=event).update(state=MailState.HELD)


def _people(entry: dict[str, Any]) -> list[Person]:
    named = [*entry["people"], *[NOBODY_YET] * entry.get("unclaimed", 0)]
    return [Person(one["name"], one["email"], entry["organization"], entry["country"]) for one in named]
