"""Until when the words of public pages stay as they are, if nobody changes anything."""

from __future__ import annotations

import datetime as dt
import time

from django.utils import timezone

from forum_site.pages.cache.watched import moments

LONGEST = dt.timedelta(minutes=10)
QUARTER = dt.timedelta(minutes=15)


def next_change_at(now: dt.datetime) -> dt.datetime:
    """Return the first moment after ``now`` at which a page may read differently, at most ten minutes later.

    That is any moment an organizer has set, such as the end of an embargo, the opening of registration, the start of a
    session; and every quarter of an hour, since days begin in every zone of the world at a quarter. One query.
    """
    latest = min(now + LONGEST, next_quarter(now))
    first, *others = [
        model._base_manager.order_by()
        .filter(**{f"{field}__gt": now, f"{field}__lt": latest})
        .values_list(field, flat=True)
        for model, field in moments()
    ]
    return min([latest, *first.union(*others)])


def next_quarter(now: dt.datetime) -> dt.datetime:
    """Return the next quarter of an hour after ``now``."""
    passed = dt.timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    return now - passed + QUARTER


class Clock:
    """Remembers the next change for a state of everything public, so that the database is rarely asked."""

    def __init__(self) -> None:
        self._known = ("", 0.0)

    def expiry(self, stamp: str) -> float:
        """Return when pages made now expire, as a UNIX time."""
        known, moment = self._known
        if known != stamp or time.time() >= moment:
            moment = next_change_at(timezone.now()).timestamp()
            self._known = (stamp, moment)
        return moment

    def clear(self) -> None:
        """Forget it."""
        self._known = ("", 0.0)


#: The one of this process.
clock = Clock()
