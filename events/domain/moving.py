"""Moving a session to another time, with everything that belongs to it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from events.domain.publishing import touch
from events.models import Appearance, Session
from forum_site.lib.errors import DomainError


def move_session(session: Session, *, day: dt.date, start: dt.time) -> Session:
    """Move a session to another day or time of its edition, in the time of the forum.

    Its end, its parts and the minutes of its people move by the same span, so that every length stays as it was.
    """
    if session.starts_at is None:
        raise DomainError(_("This session has no time yet. Enter it on its page."))
    if day not in session.event.days:
        raise DomainError(_("This day is not one of the edition's days."))
    new_start = dt.datetime.combine(day, start, tzinfo=session.event.zone)
    span, days = new_start - session.starts_at, day - session.day
    with transaction.atomic():
        for one in [session, *session.parts.all()]:
            _shift_times(one, span, days)
        for talk in Appearance.objects.filter(session__in=[session, *session.parts.all()], starts_at__isnull=False):
            talk.starts_at, talk.ends_at = _later(talk.starts_at, span), _later(talk.ends_at, span)
            talk.save(update_fields=["starts_at", "ends_at"])
        touch(session.event)
    return session


def _shift_times(session: Session, span: dt.timedelta, days: dt.timedelta) -> None:
    session.day += days
    session.starts_at, session.ends_at = _later(session.starts_at, span), _later(session.ends_at, span)
    if session.day not in session.event.days:
        raise DomainError(_("A part of the session would lie outside the edition's days."))
    session.save(update_fields=["day", "starts_at", "ends_at"])


def _later(moment: dt.datetime | None, span: dt.timedelta) -> dt.datetime | None:
    return moment + span if moment else None
