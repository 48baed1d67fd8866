"""News."""

from __future__ import annotations

from django.templatetags.static import static

from events.models import Event, NewsPost
from forum_site.lib.bilingual import language_shown
from forum_site.lib.markdown import plain_text
from forum_site.pages.structured.agents import shortened
from forum_site.pages.structured.edition import edition_core, language_codes, moment
from forum_site.pages.structured.script import Data, absolute, known


def news_data(event: Event, post: NewsPost, *, image: str) -> Data:
    """Return a piece of news with who publishes it and the edition it tells of."""
    url = absolute(post.get_absolute_url())
    publisher = known(
        type_="Organization",
        name=str(event.series.contact_name or event.series.name),
        url=absolute(event.get_absolute_url()),
        logo=known(type_="ImageObject", url=absolute(static("icons/apple-touch-icon.png"))),
    )
    return known(
        type_="NewsArticle",
        id_=f"{url}#article",
        headline=str(post.title),
        description=shortened(str(post.lead) or plain_text(str(post.body))),
        url=url,
        mainEntityOfPage=url,
        image=image,
        datePublished=moment(event, post.published_at),
        dateModified=moment(event, post.updated_at),
        inLanguage=language_codes([language_shown(post, "title")]),
        author=publisher,
        publisher=publisher,
        about=edition_core(event),
    )
