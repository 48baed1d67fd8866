"""Sessions, their parts and their people in an edition of the sample content."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from events.enums import SessionStatus, SessionType
from events.models import Appearance, Event, Room, Session, Speaker, Track
from forum_site.lib.slugs import free_slug
from forum_site.sample.files import both_languages, spread

#: Identifiers stay the same wherever and whenever the sample content is loaded.
NAMESPACE = uuid.UUID("6f1c2f8e-6d0c-5b0a-9a51-0b8b6c8f7a10")


def create_sessions(event: Event, edition: dict[str, Any], *, tracks: dict[str, Track]) -> dict[str, Session]:
    """Create sessions, parts and appearances in the order of the file; return them by their address."""
    rooms = _rooms_by_name(event)
    sessions = {}
    for position, entry in enumerate(edition["sessions"]):
        links = {"room": rooms.get(_room_name(edition, entry)), "track": tracks.get(entry.get("track"))}
        session = _create_session(event, entry, day=_day(event, entry["day"]), position=position, **links)
        create_appearances(session, entry, edition["people"])
        _create_parts(session, entry, edition["people"])
        sessions[session.slug] = session
    return sessions


def create_appearances(session: Session, entry: dict[str, Any], people: dict[str, Any]) -> None:
    """Create what each person does in the session; a title that is not printed there is the one of the person."""
    for position, talk in enumerate(entry.get("talks", []), start=1):
        person = people[talk["person"]]
        Appearance.objects.create(
            session=session,
            speaker=find_or_create_speaker(talk["person"], person),
            role=talk["role"],
            position=position,
            starts_at=_moment(session, talk.get("start")),
            ends_at=_moment(session, talk.get("end")),
            mode=talk.get("mode", ""),
            is_announced=talk.get("announced", True),
            **spread(talk, label="label", **{"as": "printed_name"}),
            **both_languages("printed_title", talk.get("title", person.get("title"))),
        )


def find_or_create_speaker(slug: str, entry: dict[str, Any]) -> Speaker:
    """Return the person, found by an identifier that survives a new address or name; else create them."""
    guid = uuid.uuid5(NAMESPACE, f"person/{slug}")
    if speaker := Speaker.objects.filter(guid=guid).first():
        return speaker
    language, native = next(iter(entry.get("native", {}).items()), ("", ""))
    return Speaker.objects.create(
        guid=guid,
        slug=free_slug(slug, lambda taken: Speaker.objects.filter(slug=taken).exists()),
        native_name=native,
        native_language=language,
        country=entry.get("country", ""),
        **spread(entry, name="name", organization="organization", bio="biography"),
    )


def _create_parts(session: Session, entry: dict[str, Any], people: dict[str, Any]) -> None:
    for position, part_entry in enumerate(entry.get("parts", []), start=1):
        shared = {"day": session.day, "parent": session, "type": SessionType.PART, "mode": session.mode}
        part = _create_session(session.event, part_entry, position=position, **shared)
        create_appearances(part, part_entry, people)


def _create_session(event: Event, entry: dict[str, Any], **fields: Any) -> Session:
    fixed = {name: entry[name] for name in ("type", "mode", "languages", "stream_url") if name in entry}
    session = Session(
        guid=uuid.uuid5(NAMESPACE, f"session/{event.slug}/{entry['slug']}"),
        event=event,
        slug=entry["slug"],
        status=entry.get("status", SessionStatus.PUBLISHED),
        **fixed,
        **fields,
        **spread(entry, heading="section_heading", label="label", title="title", abstract="abstract"),
    )
    session.starts_at, session.ends_at = _moment(session, entry.get("start")), _moment(session, entry.get("end"))
    session.save()
    return session


def _day(event: Event, written: dt.date | int) -> dt.date:
    """Return a date as written, or the first, second … day of the edition."""
    return written if isinstance(written, dt.date) else event.starts_on + dt.timedelta(days=written - 1)


def _moment(session: Session, clock: str | None) -> dt.datetime | None:
    """Return the moment of a time of day such as ``"09:00"``, in the zone of the edition."""
    if clock is None:
        return None
    return dt.datetime.combine(session.day, dt.time.fromisoformat(clock), tzinfo=session.event.zone)


def _rooms_by_name(event: Event) -> dict[str, Room]:
    return {room.name_en: room for room in event.venue.rooms.all()} if event.venue else {}


def _room_name(edition: dict[str, Any], entry: dict[str, Any]) -> str:
    """Return the English name of the session's room, or nothing."""
    rooms = {room["slug"]: room["name"]["en"] for room in edition.get("venue", {}).get("rooms", [])}
    return rooms.get(entry.get("room"), "")
