"""Whether the page that is being drawn is for an archive, and at which moment it is read there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from events.models import Event
from forum_site.lib.moments import read_at


@dataclass(frozen=True)
class Copy:
    """An archived copy; ``host`` is the name of the site it was taken from, "" where that is one machine only."""

    host: str


_current: ContextVar[Copy | None] = ContextVar("archived_copy", default=None)


def current_copy() -> Copy | None:
    """Return the archived copy that the page belongs to, or nothing on the living site."""
    return _current.get()


@contextmanager
def copying(event: Event) -> Iterator[Copy]:
    """Draw pages as somebody reads them after the edition: nothing is open, running or still to come."""
    copy = Copy(public_host())
    token = _current.set(copy)
    try:
        with read_at(moment_after(event)):
            yield copy
    finally:
        _current.reset(token)


def moment_after(event: Event) -> dt.datetime:
    """Return the moment at which the edition's last day is over everywhere."""
    noon = dt.datetime.combine(event.ends_on + dt.timedelta(days=1), dt.time(12))
    return noon.replace(tzinfo=event.zone) + dt.timedelta(days=1)


def public_host() -> str:
    """Return the name under which others know the site, or "" where its address leads to this machine only."""
    parts = urlsplit(settings.SITE_URL)
    name = parts.hostname or ""
    return "" if name == "localhost" or name.endswith(".localhost") or _is_own_machine(name) else parts.netloc


def _is_own_machine(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
