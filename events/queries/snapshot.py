"""The public programme as it is recorded with a version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from events.models import Appearance, Event, Session
from events.queries.agenda import AgendaSession, agenda_days
from forum_site.lib.bilingual import LANGUAGES, columns


def public_snapshot(event: Event, *, at: dt.datetime | None = None) -> dict[str, dict[str, Any]]:
    """Return what visitors can know of every session and part, by its identifier; two queries. ``at``: by default now.

    Moments are UTC in ISO 8601; people who are not announced yet are not in it.
    """
    return {str(one.session.guid): _entry(one) for one in _all(event, at)}


def _all(event: Event, at: dt.datetime | None) -> Iterator[AgendaSession]:
    for day in agenda_days(event, at=at):
        for entry in day.sessions:
            yield entry
            yield from entry.parts


def _entry(entry: AgendaSession) -> dict[str, Any]:
    session: Session = entry.session
    return {
        "title": _both(session, "title"),
        "day": session.day.isoformat(),
        "starts_at": _moment(session.starts_at),
        "ends_at": _moment(session.ends_at),
        "room": _both(session.room, "name") if session.room else None,
        "status": str(session.status),
        "type": str(session.type),
        "people": [_person(talk) for talk in entry.talks],
    }


def _person(talk: Appearance) -> dict[str, Any]:
    printed, own = _both(talk, "printed_name"), _both(talk.speaker, "name")
    return {
        "guid": str(talk.speaker.guid),
        "name": {language: printed[language] or own[language] for language in LANGUAGES},
        "role": str(talk.role),
        "label": _both(talk, "label"),
        "title": _both(talk, "printed_title"),
    }


def _both(thing: Any, field: str) -> dict[str, str]:
    return {language: getattr(thing, column) for language, column in zip(LANGUAGES, columns(field), strict=True)}


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat() if at else None
