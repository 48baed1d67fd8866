"""How long people have to answer."""

from __future__ import annotations

import datetime as dt

from events.models import Event
from registrations.enums import RegistrationStatus
from registrations.models import TicketType

#: Nobody has less time than this.
LEAST = dt.timedelta(hours=1)
#: The part of the time left before the edition that one person may use up.
SHARE = 4


def deadline_for(status: str, ticket_type: TicketType, at: dt.datetime) -> dt.datetime | None:
    """Return until when somebody who gets this status now must answer, or ``None`` where nobody is asked."""
    event = ticket_type.event
    if status == RegistrationStatus.UNVERIFIED:
        return answer_until(event, hours=ticket_type.confirm_hours, at=at)
    if status == RegistrationStatus.OFFERED:
        return answer_until(event, hours=event.offer_hours, at=at)
    return None


def answer_until(event: Event, *, hours: int, at: dt.datetime) -> dt.datetime:
    """Return the moment so many hours from now, but not after a quarter of the time left until the first day begins.

    So several people can be asked one after the other. An hour is always left, also during the edition.
    """
    begins_at = dt.datetime.combine(event.starts_on, dt.time(), tzinfo=event.zone)
    return at + max(LEAST, min(dt.timedelta(hours=hours), (begins_at - at) / SHARE))
