"""The news of an edition, to read and to follow."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.atom import CONTENT_TYPE, news_feed
from events.enums import SlugKind
from events.queries.addresses import visible_or_404
from events.queries.editions import public_event_or_404
from events.queries.news import latest_news, news_of, with_event
from forum_site.lib.paging import page_or_404

POSTS_PER_PAGE = 20


@require_safe
def news(request: HttpRequest, event: str) -> HttpResponse:
    """List the news, the newest first."""
    found = public_event_or_404(event)
    page = page_or_404(news_of(found), request.GET.get("page"), size=POSTS_PER_PAGE)
    context = {"event": found, "page": page, "posts": with_event(found, page.object_list), "nav_current": "news"}
    return render(request, "events/news_list.html", context)


@require_safe
def news_post(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Show one piece of news."""
    found = public_event_or_404(event)
    post = visible_or_404(found.news.public(), SlugKind.NEWS, slug, event=found)
    post.event = found
    return render(request, "events/news_detail.html", {"event": found, "post": post, "nav_current": "news"})


@require_safe
def news_atom(request: HttpRequest, event: str) -> HttpResponse:
    """Give the newest posts to feed readers, in the language of the address."""
    found = public_event_or_404(event)
    content = news_feed(found, latest_news(found, POSTS_PER_PAGE), path=request.path)
    return HttpResponse(content, content_type=CONTENT_TYPE)
