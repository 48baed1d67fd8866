"""News for feed readers (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from xml.sax.saxutils import XMLGenerator

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from events.models import Event, NewsPost
from forum_site.lib.bilingual import language_shown
from forum_site.lib.markdown import render_markdown
from forum_site.lib.xml_texts import for_xml

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LANGUAGE_TAGS = {"en": "en", "zh-hans": "zh-Hans"}
_OWN_ADDRESS = re.compile(r'\b(href|src)="/(?!/)')


class NewsFeed(Atom1Feed):
    """Django's feed, whose entries also carry the whole text."""

    def add_item_elements(self, handler: XMLGenerator, item: dict[str, str]) -> None:
        """Add the text as HTML, where there is one."""
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html", "xml:lang": item["language"]})  # type: ignore[attr-defined]


def news_feed(event: Event, posts: list[NewsPost], *, path: str) -> str:
    """Return the feed of an edition in the current language; ``path`` is its own address."""
    language = get_language() or "en"
    contact = event.series.contact_name or event.series.name
    feed = NewsFeed(
        title=for_xml(event.name),
        link=f"{settings.SITE_URL}{event.get_absolute_url()}",
        description="",
        subtitle=for_xml(event.theme),
        language=LANGUAGE_TAGS.get(language, language),
        author_name=for_xml(contact),
        feed_url=f"{settings.SITE_URL}{path}",
        feed_guid=f"{settings.SITE_URL}{path}",
    )
    for post in posts:
        _add(feed, post, language)
    return feed.writeString("utf-8")


def _add(feed: NewsFeed, post: NewsPost, language: str) -> None:
    shown = language_shown(post, "title")
    feed.add_item(
        title=for_xml(post.title),
        link=f"{settings.SITE_URL}{post.get_absolute_url()}",
        description=for_xml(post.lead),
        pubdate=post.published_at,
        updateddate=post.updated_at,
        unique_id=entry_id(post, language),
        content=_OWN_ADDRESS.sub(rf'\1="{settings.SITE_URL}/', for_xml(render_markdown(str(post.body)))),
        language=LANGUAGE_TAGS.get(shown, shown),
    )


def entry_id(post: NewsPost, language: str) -> str:
    """Return the identifier of a post in one language for ever, whatever becomes of its address."""
    return uuid.uuid5(post.guid, language).urn
