"""Addresses of the pictures; they show what the page shows, to nobody more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.enums import SessionType, SlugKind
from events.queries.addresses import visible_or_404
from events.queries.agenda import visible_sessions
from events.queries.editions import public_event_or_404
from events.queries.people import appearances_of, speakers_of
from forum_site.lib.cards import Card
from forum_site.pages.cards.shelf import key_of, picture_of
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


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    etag = f'"{key_of(card)}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(picture_of(card), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "max-age=3600"  # not "public": it lies on the disk and need not fill the pages' cache
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is there for other sites to show
    return response
