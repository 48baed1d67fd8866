"""Creates the editions of the sample content that are missing, and leaves everything that exists as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.domain.publishing import publish
from events.enums import SlugKind
from events.models import Event, EventSeries, KeyDate, OldSlug, Page, Room, Track, Venue
from forum_site.lib.moments import local_day
from forum_site.sample.choices import create_choices
from forum_site.sample.content import create_announcements, create_documents, create_news
from forum_site.sample.files import read_editions, spread
from forum_site.sample.groups import create_groups
from forum_site.sample.organizations import create_partnerships
from forum_site.sample.programme import create_sessions
from forum_site.sample.questions import create_questions
from forum_site.sample.versions import create_versions
from forum_site.sample.ways_in import create_ways_in


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: its address, and whether it was created now or was there before."""

    slug: str
    is_created: bool


def load_sample(*, only: str = "", at: dt.datetime | None = None) -> list[Outcome]:
    """Create the missing editions, each as a whole or not at all.

    ``only`` is ``"real"`` or ``"invented"``. The days of the invented edition are counted from ``at``, by default now.
    """
    return [_load_edition(edition, at=at or timezone.now()) for edition in read_editions(only)]


def _load_edition(edition: dict[str, Any], *, at: dt.datetime) -> Outcome:
    slug = edition["event"]["slug"]
    if _has_edition(slug):
        return Outcome(slug, is_created=False)
    with transaction.atomic():
        _create_edition(edition, at=at)
    return Outcome(slug, is_created=True)


def _has_edition(slug: str) -> bool:
    """Whether the edition exists, be it under an address that an organizer has given it since."""
    moved = OldSlug.objects.filter(kind=SlugKind.EVENT, slug=slug)
    return Event.objects.filter(slug=slug).exists() or moved.exists()


def _create_edition(edition: dict[str, Any], *, at: dt.datetime) -> None:
    event = _create_event(edition, at=at)
    tracks = _create_tracks(event, edition.get("tracks", []))
    sessions = create_sessions(event, edition, tracks=tracks)
    create_partnerships(event, edition, sessions=sessions)
    _create_pages(event, edition.get("pages", []))
    _create_key_dates(event, edition.get("key_dates", []))
    create_news(event, edition.get("news", []), at=at)
    create_documents(event, edition.get("documents", []), sessions=sessions)
    create_announcements(event, edition.get("announcements", []), at=at)
    create_ways_in(event, edition, at=at)
    create_questions(event, edition.get("questions", []))
    create_choices(event, edition, sessions=sessions)
    publish(event)
    create_groups(event, edition.get("groups", []), at=at)
    create_versions(event, edition.get("versions", []), sessions=sessions, at=at)


def _create_event(edition: dict[str, Any], *, at: dt.datetime) -> Event:
    entry = edition["event"]
    starts_on, ends_on = days_of(entry, at=at)
    texts = ["name", "short_name", "theme", "place", "interpretation", "fee", "summary", "background", "programme_note"]
    columns = spread(entry, **{text: text for text in texts})
    kept_for = entry.get("keeps_data_for_days")
    return Event.objects.create(
        series=_series(edition["series"]),
        venue=_venue(edition.get("venue")),
        slug=entry["slug"],
        edition_number=entry.get("number"),
        starts_on=starts_on,
        ends_on=ends_on,
        timezone_name=entry["timezone_name"],
        attendance_mode=entry["attendance_mode"],
        languages=entry["languages"],
        data_kept_until=ends_on + dt.timedelta(days=kept_for) if kept_for else None,
        **{column: text.replace("{year}", str(starts_on.year)) for column, text in columns.items()},
    )


def days_of(entry: dict[str, Any], *, at: dt.datetime) -> tuple[dt.date, dt.date]:
    """Return the first and last day of an edition: as written, or so many days from ``at``, moved on to its weekday."""
    if "starts_on" in entry:
        return entry["starts_on"], entry["ends_on"]
    earliest = local_day(entry["timezone_name"], at) + dt.timedelta(days=entry["starts_in_days"])
    first = earliest + dt.timedelta(days=(entry["weekday"] - earliest.weekday()) % 7)
    return first, first + dt.timedelta(days=entry["length"] - 1)


def _series(entry: dict[str, Any]) -> EventSeries:
    columns = spread(entry, name="name", short_name="short_name", contact_name="contact_name")
    fixed = {"contact_email": entry["contact_email"], "is_sample": entry.get("is_sample", False)}
    return EventSeries.objects.get_or_create(slug=entry["slug"], defaults={**columns, **fixed})[0]


def _venue(entry: dict[str, Any] | None) -> Venue | None:
    if entry is None:
        return None
    if known := Venue.objects.filter(name_en=entry["name"]["en"]).first():
        return known
    texts = spread(entry, name="name", address="address", city="city", directions="directions")
    venue = Venue.objects.create(**texts)
    for position, room in enumerate(entry["rooms"], start=1):
        fixed = {"kind": room.get("kind", "place"), "capacity": room.get("capacity")}
        Room.objects.create(venue=venue, position=position, **fixed, **spread(room, name="name"))
    return venue


def _create_tracks(event: Event, entries: list[dict[str, Any]]) -> dict[str, Track]:
    return {
        entry["slug"]: Track.objects.create(
            event=event, slug=entry["slug"], colour=entry["colour"], position=position, **spread(entry, name="name")
        )
        for position, entry in enumerate(entries, start=1)
    }


def _create_pages(event: Event, entries: list[dict[str, Any]]) -> None:
    for position, entry in enumerate(entries, start=1):
        texts = spread(entry, title="title", body="body")
        Page.objects.create(event=event, slug=entry["slug"], position=position, is_published=True, **texts)


def _create_key_dates(event: Event, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        day = event.starts_on - dt.timedelta(days=entry["days_before"])
        KeyDate.objects.create(event=event, happens_on=day, **spread(entry, label="label"))
