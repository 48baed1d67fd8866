"""Versions of the programme in the sample content: what stood in it earlier, and when that changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.domain.versions import publish_version
from events.models import Appearance, Event, ProgrammeVersion, Session
from forum_site.sample.files import both_languages


def create_versions(
    event: Event, entries: list[dict[str, Any]], *, sessions: dict[str, Session], at: dt.datetime
) -> None:
    """Publish each version, so many days before ``at``, with its sessions as they ``were``; the last as they are."""
    for entry in entries:
        earlier = [(sessions[slug], was) for slug, was in entry.get("were", {}).items()]
        for session, was in earlier:
            _set_back(session, was)
        columns = both_languages("note", entry.get("note"))
        note = {"en": columns.get("note_en", ""), "zh-hans": columns.get("note_zh_hans", "")}
        version = publish_version(event, note=note)
        published_at = at - dt.timedelta(days=entry["days_ago"])
        ProgrammeVersion.objects.filter(pk=version.pk).update(published_at=published_at)
        for session, was in earlier:
            session.save()
            _people(session, was).update(is_announced=True)


def _set_back(session: Session, was: dict[str, Any]) -> None:
    """Store earlier values without touching the object, which keeps those of today."""
    fields: dict[str, Any] = dict(both_languages("title", was.get("title")))
    for name in ("start", "end"):
        if name in was:
            time = dt.time.fromisoformat(was[name])
            fields[f"{name}s_at"] = dt.datetime.combine(session.day, time, tzinfo=session.event.zone)
    if "status" in was:
        fields["status"] = was["status"]
    if fields:
        Session.objects.filter(pk=session.pk).update(**fields)
    _people(session, was).update(is_announced=False)


def _people(session: Session, was: dict[str, Any]) -> Any:
    return Appearance.objects.filter(session=session, speaker__slug__in=was.get("without", []))
