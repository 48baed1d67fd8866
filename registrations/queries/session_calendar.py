"""The calendar entry of a session that somebody has booked."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import override

from events.feeds import session_entry
from events.models import CalendarRecord, Session
from events.queries.agenda import AgendaSession, assembled, visible_sessions
from forum_site.lib.calendars import calendar_file
from registrations.models import Registration


def session_file(registration: Registration, session: Session, *, method: str, is_taken_back: bool = False) -> str:
    """Return the calendar file of a session in the language of the registration, as the public feeds know it.

    ``CANCEL`` withdraws the entry; ``is_taken_back``: from this person only, while the session goes on for others, so
    that the number must be higher than theirs.
    """
    event = session.event = registration.event
    with override(registration.language):
        visible = visible_sessions(event).filter(Q(pk=session.pk) | Q(parent=session))
        [shown] = assembled(event, visible) or [AgendaSession(session, [])]
        entry = session_entry(event, shown, CalendarRecord.objects.filter(guid=session.guid).first())
        if method == "CANCEL":
            entry = replace(entry, status="CANCELLED", sequence=entry.sequence + is_taken_back)
        file = calendar_file([entry], name=str(event.name), method=method, language=registration.language)
    return file.decode()
