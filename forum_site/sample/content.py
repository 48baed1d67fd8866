"""News, documents and announcements of an edition of the sample content."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile

from events.domain.documents import measure
from events.models import Announcement, Document, Event, NewsPost, Session
from forum_site.lib.files import clean_file
from forum_site.lib.image_jobs import make_widths
from forum_site.lib.images import clean_image
from forum_site.sample.files import FOLDER, spread
from forum_site.sample.programme import NAMESPACE


def create_news(event: Event, entries: list[dict[str, Any]], *, at: dt.datetime) -> None:
    """Create the news, each so many days before ``at``."""
    for entry in entries:
        published_at = (at - dt.timedelta(days=entry["days_ago"])).replace(second=0, microsecond=0)
        post = NewsPost(
            guid=uuid.uuid5(NAMESPACE, f"news/{event.slug}/{entry['slug']}"),
            event=event,
            slug=entry["slug"],
            published_at=published_at,
            changed_at=published_at,
            **spread(entry, title="title", lead="lead", body="body", shows="picture_words"),
        )
        if "picture" in entry:
            with (FOLDER / entry["picture"]).open("rb") as source:
                picture = clean_image(source)
            post.picture.save(picture.name, picture, save=False)
        post.save()
        make_widths("events.NewsPost", post.pk, "picture")


def create_documents(event: Event, entries: list[dict[str, Any]], *, sessions: dict[str, Session]) -> None:
    """Create links to documents, files whose text stands in the sample, and pictures that lie beside it.

    They are published on the day given, or so many days after the edition, else long before it.
    """
    for position, entry in enumerate(entries, start=1):
        day = entry.get("published_on", event.starts_on - dt.timedelta(days=60))
        if "days_after" in entry:
            day = event.ends_on + dt.timedelta(days=entry["days_after"])
        document = Document(
            event=event,
            session=sessions.get(entry.get("session")),
            kind=entry["kind"],
            url=entry.get("url", ""),
            languages=entry["languages"],
            position=position,
            published_at=dt.datetime.combine(day, dt.time(), tzinfo=event.zone),
            **spread(entry, title="title", description="description"),
        )
        if "file" in entry:
            document.file = _content(entry)
            measure(document)
        document.save()
        if document.is_picture:
            make_widths("events.Document", document.pk, "file")


def _content(entry: dict[str, Any]) -> Any:
    """Return the file of a document as an upload of it would be kept."""
    if "text" in entry:
        return ContentFile(entry["text"].encode(), name=entry["file"])
    return clean_file(ContentFile((FOLDER / entry["file"]).read_bytes(), name=entry["file"]))


def create_announcements(event: Event, entries: list[dict[str, Any]], *, at: dt.datetime) -> None:
    """Create announcements that run from now until the forum begins."""
    for entry in entries:
        starts_at = at.replace(second=0, microsecond=0)
        ends_at = dt.datetime.combine(event.starts_on, dt.time(), tzinfo=event.zone)
        level = entry.get("level", 1)
        Announcement.objects.create(
            event=event, level=level, starts_at=starts_at, ends_at=ends_at, **spread(entry, text="text")
        )
