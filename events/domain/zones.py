"""Changing the time zone of an edition that has times already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.utils.translation import gettext as _

from events.domain.publishing import touch
from events.models import Appearance, Event, Session
from events.validators import lies_on
from forum_site.lib.errors import DomainError
from forum_site.lib.moments import is_zone


def change_zone(event: Event, *, zone_name: str, keeps_clock_times: bool) -> Event:
    """Give the edition another zone. Its programme keeps either the printed clock times or the moments.

    A session that was printed at 09:00 in the wrong zone stays at 09:00 (``keeps_clock_times``), and so takes place at
    another moment; or it takes place when it did, and 02:00 is printed. Registration windows keep their moments.
    """
    if not is_zone(zone_name):
        raise DomainError(_("This time zone is not known."))
    old, event.timezone_name = event.zone, zone_name
    with transaction.atomic():
        if keeps_clock_times:
            _move_times(event.sessions.all(), old, event.zone)
            _move_times(Appearance.objects.filter(session__event=event), old, event.zone)
        else:
            _refuse_other_days(event)
        event.save(update_fields=["timezone_name"])
        touch(event)
    return event


def has_times(event: Event) -> bool:
    """Whether a session has a time, so that another zone would change the programme. One query."""
    return event.sessions.filter(starts_at__isnull=False).exists()


def _move_times(rows: models.QuerySet[Any], old: ZoneInfo, new: ZoneInfo) -> None:
    timed: Iterable[Session | Appearance] = rows.filter(starts_at__isnull=False)
    for row in timed:
        row.starts_at, row.ends_at = _same_clock(row.starts_at, old, new), _same_clock(row.ends_at, old, new)
        row.save(update_fields=["starts_at", "ends_at"])


def _same_clock(at: dt.datetime | None, old: ZoneInfo, new: ZoneInfo) -> dt.datetime | None:
    return at.astimezone(old).replace(tzinfo=new).astimezone(dt.UTC) if at else None


def _refuse_other_days(event: Event) -> None:
    """Refuse a zone in which a session would begin on another day than the one it is printed under."""
    found = event.sessions.filter(starts_at__isnull=False).values_list("day", "starts_at")
    if count := sum(not lies_on(day, at, event.zone) for day, at in found if at):
        sentence = _("In this time zone %(count)s sessions would begin on another day. Keep the clock times instead.")
        raise DomainError(sentence % {"count": count})
