"""The news of an edition."""

from __future__ import annotations

import datetime as dt

from events.models import Event, NewsPost
from events.models.news import NewsPostQuerySet


def news_of(event: Event, *, at: dt.datetime | None = None) -> NewsPostQuerySet:
    """Return the posts that visitors can see, the newest first."""
    return event.news.public(at).newest_first()


def latest_news(event: Event, count: int = 3, *, at: dt.datetime | None = None) -> list[NewsPost]:
    """Return the newest posts, each knowing its edition; one query."""
    return with_event(event, news_of(event, at=at)[:count])


def with_event(event: Event, posts: NewsPostQuerySet) -> list[NewsPost]:
    """Return the posts with their edition, so that an address costs no query."""
    found = list(posts)
    for post in found:
        post.event = event
    return found
