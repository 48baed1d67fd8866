"""The programme as schedule files (schedule.xml and schedule.json as frab, pretalx and their apps know them).

Schema of the XML: https://c3voc.de/schedule/schema.xsd. The formats know no session without a start, no cancelled one
and no breaks; these are left out. A whole stands for its parts.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from events.domain.naming import printed_name
from events.models import Appearance, Event, Track
from events.queries.agenda import AgendaDay, AgendaSession, agenda_days
from events.queries.changes import latest_version
from forum_site.lib.markdown import plain_text
from forum_site.lib.moments import clock
from forum_site.lib.xml_texts import for_xml

Data = dict[str, Any]
GENERATOR = "forum-site"
#: A conference day lasts from four to four, as this format has it; longer where its sessions do.
DAY_STARTS = dt.time(4)
_SLUG_OF_TRACK = re.compile(r"[a-z][a-z0-9-]+")


def schedule_data(event: Event) -> Data:
    """Return the content of both files in the current language; three queries, however many sessions."""
    version = latest_version(event)
    days = [(day, _shown(day)) for day in agenda_days(event)]
    ids = _numbers(one.session.guid for _day, shown in days for one in shown)
    rooms = {_room(event, one): one.session.room_id for _day, shown in days for one in shown}
    return {
        "version": str(version.number if version else 0),
        "url": _absolute("events:schedule_xml", event.slug),
        "base_url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "conference": {
            "acronym": acronym_of(event),
            "title": str(event.name),
            "start": event.starts_on.isoformat(),
            "end": event.ends_on.isoformat(),
            "daysCount": len(event.days),
            "timeslot_duration": "00:05",
            "time_zone_name": event.timezone_name,
            "colors": {"primary": event.accent},
            "url": f"{settings.SITE_URL}{event.get_absolute_url()}",
            "tracks": _tracks(one.session.track for _day, shown in days for one in shown),
            "rooms": [{"name": name, "guid": _room_guid(event, key)} for name, key in rooms.items()],
            "days": [_day(event, day, shown, ids) for day, shown in days if shown],
        },
    }


def schedule_json(event: Event) -> bytes:
    """Return schedule.json in the current language."""
    data = schedule_data(event)
    del data["url"]
    content = {"generator": {"name": GENERATOR, "version": "1"}, "schedule": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def schedule_xml(event: Event) -> bytes:
    """Return schedule.xml in the current language."""
    data = schedule_data(event)
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name=GENERATOR, system=urlsplit(settings.SITE_URL).hostname or "")
    _texts(root, data, "url", "version")
    _add_conference(root, data)
    days = data["conference"]["days"] or [_empty_day(event)]
    for day in days:
        _add_day(root, day)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def acronym_of(event: Event) -> str:
    """Return the short name of an edition in these formats: at least four small letters, figures and underscores."""
    return re.sub(r"[^a-z0-9_]", "_", event.slug.lower()).ljust(4, "_")


def _shown(day: AgendaDay) -> list[AgendaSession]:
    return [
        one
        for one in day.sessions
        if one.session.starts_at and not one.session.is_break and not one.session.is_cancelled
    ]


def _numbers(guids: Any) -> dict[UUID, int]:
    """Return a number of 31 bits for each identifier, the same in every file; where two agree, the later counts on."""
    found: dict[UUID, int] = {}
    for guid in sorted(guids):
        number = _number(guid)
        taken = set(found.values()) if number in found.values() else set()
        while number in taken:
            number += 1
        found[guid] = number
    return found


def _number(guid: UUID) -> int:
    return (guid.int >> 97) or 1


def _tracks(tracks: Any) -> list[Data]:
    known: dict[int, Track] = {track.pk: track for track in tracks if track}
    return [
        {"name": str(track.name), "slug": track.slug} for track in sorted(known.values(), key=lambda one: one.position)
    ]


def _day(event: Event, day: AgendaDay, shown: list[AgendaSession], ids: dict[UUID, int]) -> Data:
    starts = [one.session.starts_at for one in shown if one.session.starts_at]
    ends = [one.session.ends_at for one in shown if one.session.ends_at]
    opening, closing = _bounds(event, day.date)
    rooms: dict[str, list[Data]] = {}
    for one in shown:
        rooms.setdefault(_room(event, one), []).append(_event(event, one, ids))
    return {
        "index": (day.date - event.starts_on).days + 1,
        "date": day.date.isoformat(),
        "day_start": _moment(event, min([opening, *starts])),
        "day_end": _moment(event, max([closing, *ends])),
        "rooms": rooms,
    }


def _empty_day(event: Event) -> Data:
    """The XML must have a day, even where no session has a time yet."""
    opening, closing = (_moment(event, at) for at in _bounds(event, event.starts_on))
    return {"index": 1, "date": event.starts_on.isoformat(), "day_start": opening, "day_end": closing, "rooms": {}}


def _bounds(event: Event, date: dt.date) -> tuple[dt.datetime, dt.datetime]:
    zone = event.zone
    opening, closing = (dt.datetime.combine(day, DAY_STARTS, zone) for day in (date, date + dt.timedelta(days=1)))
    return opening, closing


def _event(event: Event, entry: AgendaSession, ids: dict[UUID, int]) -> Data:
    session = entry.session
    start, end = session.starts_at, session.ends_at
    minutes = session.minutes or 0
    known: Data = {"end": _moment(event, end)} if end else {}
    return {
        "id": ids[session.guid],
        "guid": str(session.guid),
        "date": _moment(event, start) if start else "",
        "start": clock(start, event.timezone_name) if start else "",
        **known,
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": _room(event, entry),
        "slug": f"{acronym_of(event)}-{session.slug.lower().rstrip('-_').ljust(4, '0')}",
        "url": f"{settings.SITE_URL}{session.get_absolute_url()}",
        "title": str(session.title),
        "subtitle": str(session.label),
        "track": str(session.track.name) if session.track else "",
        "type": str(session.get_type_display()),
        "language": session.languages[0] if session.languages else "",
        "abstract": plain_text(str(session.abstract)),
        "description": _description(entry),
        "persons": _persons(entry),
        "links": [{"title": session.recording_url, "url": session.recording_url}] if session.recording_url else [],
        "attachments": [],
    }


def _description(entry: AgendaSession) -> str:
    """The parts, each on a line."""
    lines = (" ".join(filter(None, [str(part.session.label), str(part.session.title)])) for part in entry.parts)
    return "\n".join(lines)


def _persons(entry: AgendaSession) -> list[Data]:
    """Everybody who is announced, once."""
    known = {talk.speaker_id: talk for talk in reversed(entry.all_talks)}
    return [_person(talk) for talk in reversed(known.values())]


def _person(talk: Appearance) -> Data:
    name = printed_name(talk, get_language() or "en").main
    guid = talk.speaker.guid
    return {"id": _number(guid), "guid": str(guid), "name": name}


def _room_guid(event: Event, key: int | None) -> str:
    """The identifier of a room, the same in both languages."""
    return str(uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/events/{event.pk}/rooms/{key or 0}"))


def _room(event: Event, entry: AgendaSession) -> str:
    """The room, else the building, else the form: these formats sort everything by rooms."""
    session = entry.session
    if session.room:
        return str(session.room.name)
    return str(session.get_mode_display() if session.mode == "online" or not event.venue else event.venue.name) or "–"


def _moment(event: Event, at: dt.datetime) -> str:
    return at.astimezone(event.zone).isoformat(timespec="seconds")


def _absolute(name: str, *arguments: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def _texts(parent: ET.Element, data: Data, *names: str) -> None:
    for name in names:
        ET.SubElement(parent, name).text = for_xml(data[name])


def _add_conference(root: ET.Element, data: Data) -> None:
    found = data["conference"]
    conference = ET.SubElement(root, "conference")
    _texts(conference, found, "title", "acronym", "start", "end")
    ET.SubElement(conference, "days").text = str(found["daysCount"])
    _texts(conference, found, "timeslot_duration")
    _texts(conference, data, "base_url")
    _texts(conference, found, "url", "time_zone_name")
    ET.SubElement(conference, "color", primary=found["colors"]["primary"])
    for track in found["tracks"]:
        slug = {"slug": track["slug"]} if _SLUG_OF_TRACK.fullmatch(track["slug"]) else {}
        ET.SubElement(conference, "track", name=for_xml(track["name"]), **slug)


def _add_day(root: ET.Element, day: Data) -> None:
    element = ET.SubElement(
        root, "day", index=str(day["index"]), date=day["date"], start=day["day_start"], end=day["day_end"]
    )
    for name, events in day["rooms"].items():
        room = ET.SubElement(element, "room", name=for_xml(name))
        for found in events:
            _add_event(room, found)


def _add_event(room: ET.Element, found: Data) -> None:
    element = ET.SubElement(room, "event", id=str(found["id"]), guid=found["guid"])
    names = ["date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type", "language"]
    _texts(element, found, *names, "abstract", "description")
    persons = ET.SubElement(element, "persons")
    for one in found["persons"]:
        person = ET.SubElement(persons, "person", id=str(one["id"]), guid=one["guid"])
        person.text = for_xml(one["name"])
    links = ET.SubElement(element, "links")
    for link in found["links"]:
        ET.SubElement(links, "link", href=link["url"]).text = link["title"]
