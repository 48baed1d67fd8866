"""Makes one large edition: 1,000 sessions on three days in parallel tracks, with 600 people.

    DATABASE_URL=sqlite:////srv/large.sqlite3 python benchmarks/large.py [SESSIONS]

The database is migrated before. ``make_large`` is what tests and benchmarks call; it writes in bulk, and the same call
gives the same programme.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.models import Event, Session

DAYS = 3
STARTS = [(9, 0), (11, 0), (14, 0), (16, 0)]
MINUTES = 90
TRACKS = 8
PEOPLE_PER_SESSION = 3
SUBJECTS = ["Assurance", "Audit", "Compute", "Data", "Education", "Health", "Labour", "Measurement", "Procurement"]
PLACES = ["on Trial", "across Borders", "in Public Service", "after the Summit", "for Small Administrations"]
GIVEN = ["Amina", "Björn", "Chiara", "Devika", "Émile", "Fatou", "Goran", "Hana", "Ines", "Jiří", "Kenji", "Łucja"]
FAMILY = ["Aastrup", "Bianchi", "Çelik", "Delaunoy", "Eklund", "Fischer", "Gómez", "Horváth", "Ito", "Juárez"]


def make_large(slug: str = "large", *, sessions: int = 1000, people: int = 600) -> Event:
    """Make the edition in an empty place of the database and return it; it starts in thirty days."""
    event = _event(slug)
    event.ticket_types.create(slug="online", name_en="Online", name_zh_hans="线上参会")
    tracks, rooms = _tracks(event), _rooms(event, parallel=max(1, -(-sessions // (DAYS * len(STARTS)))))
    _appearances(_sessions(event, sessions, tracks, rooms), _people(slug, people))
    return event


def _event(slug: str) -> Event:
    from events.enums import EventStatus
    from events.models import Event, EventSeries, Venue

    start = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    return Event.objects.create(
        series=EventSeries.objects.create(slug=f"series-{slug}", name_en=f"Series {slug}", name_zh_hans="大型论坛"),
        venue=Venue.objects.create(name_en="Congress centre", name_zh_hans="会议中心"),
        slug=slug,
        name_en="Large forum",
        name_zh_hans="大型论坛",
        theme_en="A thousand sessions",
        theme_zh_hans="一千场会议",
        starts_on=start,
        ends_on=start + dt.timedelta(days=DAYS - 1),
        timezone_name="Asia/Shanghai",
        attendance_mode="mixed",
        status=EventStatus.PUBLISHED,
    )


def _tracks(event: Event) -> list[int]:
    from events.enums import TrackColour
    from events.models import Track

    colours = TrackColour.values
    rows = [
        Track(
            event=event,
            slug=f"track-{number}",
            name_en=f"Track {number}: {SUBJECTS[number]}",
            name_zh_hans=f"专题{number}",
            colour=colours[number % len(colours)],
            position=number + 1,
        )
        for number in range(TRACKS)
    ]
    return [one.pk for one in Track.objects.bulk_create(rows)]


def _rooms(event: Event, *, parallel: int) -> list[int]:
    from events.models import Room

    rows = [
        Room(venue=event.venue, name_en=f"Room {number + 1}", name_zh_hans=f"{number + 1}号厅", position=number + 1)
        for number in range(parallel)
    ]
    return [one.pk for one in Room.objects.bulk_create(rows)]


def _sessions(event: Event, count: int, tracks: list[int], rooms: list[int]) -> list[Session]:
    from events.models import Session

    return Session.objects.bulk_create([_session(event, number, tracks, rooms) for number in range(count)], 200)


def _session(event: Event, number: int, tracks: list[int], rooms: list[int]) -> Session:
    from events.models import Session

    turn, place = divmod(number, len(rooms))
    day = event.starts_on + dt.timedelta(days=turn // len(STARTS))
    hour, minute = STARTS[turn % len(STARTS)]
    start = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=event.zone)
    words = f"{SUBJECTS[number % len(SUBJECTS)]} {PLACES[number % len(PLACES)]}"
    return Session(
        event=event,
        slug=f"session-{number + 1}",
        type="thematic",
        title_en=f"{words}: what {number + 1} administrations have learned",
        title_zh_hans=f"第{number + 1}场：治理实践与经验",
        day=day,
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=MINUTES),
        position=place + 1,
        room_id=rooms[place],
        track_id=tracks[number % len(tracks)],
        mode=("onsite", "online", "mixed")[number % 3],
        languages=["en", "zh"] if number % 2 else ["en"],
    )


def _people(slug: str, count: int) -> list[int]:
    from events.models import Speaker

    rows = [
        Speaker(
            slug=f"{slug}-person-{number + 1}",
            name_en=f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} {number + 1}",
            organization_en=f"Institute for {SUBJECTS[number % len(SUBJECTS)]}",
            country=("DE", "CN", "KE", "BR", "IN", "JP")[number % 6],
        )
        for number in range(count)
    ]
    return [one.pk for one in Speaker.objects.bulk_create(rows, 200)]


def _appearances(sessions: list[Session], people: list[int]) -> None:
    from events.models import Appearance

    rows = [
        Appearance(
            session=session,
            speaker_id=people[(number * PEOPLE_PER_SESSION + position) % len(people)],
            role="moderator" if not position else "speaker",
            printed_title_en=f"Director, Institute for {SUBJECTS[(number + position) % len(SUBJECTS)]}",
            position=position + 1,
        )
        for number, session in enumerate(sessions)
        for position in range(min(PEOPLE_PER_SESSION, len(people)))
    ]
    Appearance.objects.bulk_create(rows, 200)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    import django

    django.setup()
    print(make_large(sessions=int(sys.argv[1]) if sys.argv[1:] else 1000).get_absolute_url())
