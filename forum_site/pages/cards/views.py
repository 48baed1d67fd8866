"""Addresses of the pictures; they show what the page shows, to nobody more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.enums import SessionType, SlugKind
from events.queries.addresses import visible_or_404
from events.queries.agenda import visible_sessions
from events.queries.editions import public_event_or_404
from events.queries.people import appearances_of, speakers_of
from forum_site.lib.cards import Card
from forum_site.lib.cards.picture import HEIGHT, WIDTH
from forum_site.lib.images import cropped
from forum_site.pages.cards.shelf import kept, key_of, picture_of
from forum_site.pages.cards.words import drawable, edition_words, session_words, speaker_words


@require_safe
def edition_card(request: HttpRequest, event: str) -> HttpResponse:
    """Give the picture of an edition."""
    found = public_event_or_404(event)
    return _picture(request, drawable(lambda: edition_words(found)))


@require_safe
def session_card(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Give the picture of a session that has a page."""
    found = public_event_or_404(event)
    sessions = visible_sessions(found).filter(parent=None).exclude(type=SessionType.BREAK)
    session = visible_or_404(sessions, SlugKind.SESSION, slug, event=found)
    return _picture(request, drawable(lambda: session_words(found, session), lambda: edition_words(found)))


@require_safe
def speaker_card(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Give the picture of a person announced for the edition."""
    found = public_event_or_404(event)
    person = visible_or_404(speakers_of(found), SlugKind.SPEAKER, slug)
    here = next(one for one in appearances_of(person) if one.session.event_id == found.pk)
    return _picture(request, drawable(lambda: speaker_words(found, here), lambda: edition_words(found)))


@require_safe
def news_card(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Give the picture of a piece of news that has one, cut to the size of all of them."""
    found = public_event_or_404(event)
    posts = found.news.public().exclude(picture="")
    post = visible_or_404(posts, SlugKind.NEWS, slug, event=found)
    name = f"{hashlib.sha256(post.picture.name.encode()).hexdigest()[:40]}.jpg"
    return _answer(request, name, lambda: kept(name, lambda: _cut(post.picture)), "image/jpeg")


def _cut(picture: FieldFile) -> bytes:
    try:
        with picture.storage.open(picture.name or "") as source:
            return cropped(source, width=WIDTH, height=HEIGHT)
    except FileNotFoundError as error:
        raise Http404 from error


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    return _answer(request, key_of(card), lambda: picture_of(card), "image/png")


def _answer(request: HttpRequest, key: str, picture: Callable[[], bytes], content_type: str) -> HttpResponse:
    etag = f'"{key}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(picture(), content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "max-age=3600"  # not "public": it lies on the disk and need not fill the pages' cache
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is there for other sites to show
    return response
