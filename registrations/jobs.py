"""What the worker does every minute and every hour for registrations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events.models import Event
from forum_site.lib.one_by_one import each_by_itself
from forum_site.lib.schedules import keep_every_hour, keep_every_minute
from registrations.domain.answers import erase_due_answers
from registrations.domain.edition_changes import tell_of_editions
from registrations.domain.erase import erase_due
from registrations.domain.mailings import write_due
from registrations.domain.session_changes import tell_of_changes
from registrations.domain.session_places import settle_due
from registrations.domain.transfer import forget_dead_transfers
from registrations.domain.waiting import expire_due, holding
from registrations.models import Registration, TicketType

SCHEDULE = "Hand on the places that were not accepted in time"
MAILINGS = "Write the mailings that are due"
ERASURES = "Erase sensitive answers"
SESSIONS = "Hand on places in sessions, and tell of sessions that have changed"
EDITIONS = "Tell of editions that have moved or are called off"
RETENTION = "Erase registrations whose day has come"


def hand_on_places() -> int:
    """Take back what was not answered in time and offer what is free; return the number of ticket types looked at.

    Seats are free while somebody waits where an edition takes place again after all, and where there are more people
    than are served at once. Everybody served stays so, wherever this is interrupted; the next call goes on.
    """
    now = timezone.now()
    late = Registration.objects.overdue(now).order_by().values("ticket_type")
    found = TicketType.objects.filter(pk__in=late) | _waited_for()
    return len(each_by_itself(list(found), lambda ticket_type: _hand_on_all(ticket_type, now)))


def _hand_on_all(ticket_type: TicketType, at: dt.datetime) -> None:
    while _hand_on_some(ticket_type, at):
        pass


def _hand_on_some(ticket_type: TicketType, at: dt.datetime) -> bool:
    """Serve as many as are served at once; return whether there are more."""
    with holding(ticket_type, at=at) as pool:
        expire_due(pool, at)
    return pool.has_late_ones or pool.has_more


def _waited_for() -> QuerySet[TicketType]:
    waiting = Registration.objects.waiting().order_by().values("ticket_type")
    running = Event.objects.public().upcoming().order_by()
    return TicketType.objects.filter(pk__in=waiting, event__in=running)


def write_mailings() -> int:
    """Write the next copies of the mailings that are due; return their number."""
    return write_due()


def erase_answers() -> int:
    """Erase the sensitive answers whose day has come; return their number. Days begin at every hour somewhere."""
    return erase_due_answers()


def look_after_sessions() -> int:
    """Hand on the places in sessions that were not accepted in time, and write of sessions that are not as people know.

    Return the number of sessions handed on and of mails written.
    """
    now = timezone.now()
    return sum(each_by_itself([settle_due, tell_of_changes], lambda look_after: look_after(now)))


def look_after_editions() -> int:
    """Write to everybody whose edition is not as they know it; return the number of mails."""
    return tell_of_editions(timezone.now())


def erase_registrations() -> int:
    """Erase the registrations of editions whose data is kept no longer, and dead offers; return their number."""
    return sum(each_by_itself([erase_due, forget_dead_transfers], lambda erase: erase()))


def ensure_schedules(**kwargs: Any) -> None:
    """Have the worker call them again and again."""
    keep_every_minute(SCHEDULE, "registrations.jobs.hand_on_places", **kwargs)
    keep_every_minute(MAILINGS, "registrations.jobs.write_mailings", **kwargs)
    keep_every_minute(SESSIONS, "registrations.jobs.look_after_sessions", **kwargs)
    keep_every_minute(EDITIONS, "registrations.jobs.look_after_editions", **kwargs)
    keep_every_hour(ERASURES, "registrations.jobs.erase_answers", **kwargs)
    keep_every_hour(RETENTION, "registrations.jobs.erase_registrations", **kwargs)
