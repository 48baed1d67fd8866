"""Maps of the site for search engines: one per edition, an index of them, and the pages that belong to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from events.enums import SessionType
from events.models import Event
from events.queries.editions import all_editions, public_event_or_404
from events.queries.home import edition_contents
from events.queries.news import news_of
from events.queries.people import speakers_of
from forum_site.pages.context import html_lang
from partners.queries.organizations import partners_of

#: The format allows no more addresses in one file.
MOST_ADDRESSES = 50_000
Place = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class MapEntry:
    """A page in one language, and in all of them: pairs of a language and an address."""

    url: str
    alternates: list[tuple[str, str]]
    changed_at: dt.datetime | None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name all maps; one query."""
    maps = [(f"{settings.SITE_URL}{reverse('site_sitemap')}", None)]
    for slug, changed_at in all_editions().values_list("slug", "changed_at"):
        maps.append((f"{settings.SITE_URL}{reverse('edition_sitemap', args=[slug])}", changed_at))
    return _xml(request, "pages/sitemap_index.xml", {"maps": maps})


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """Map the pages that belong to no edition; one query."""
    changed_at = Event.objects.public().aggregate(last=Max("changed_at"))["last"]
    return _map(request, [("pages:home", ()), ("pages:editions", ()), ("events:library", ())], changed_at)


@require_safe
def edition(request: HttpRequest, event: str) -> HttpResponse:
    """Map an edition; seven queries, however large it is."""
    found = public_event_or_404(event)
    return _map(request, places_of(found), found.changed_at)


def places_of(event: Event) -> list[Place]:
    """Return the pages that exist and that visitors can see, as names and arguments of addresses."""
    contents = edition_contents(event)
    sessions = event.sessions.public().filter(parent=None).exclude(type=SessionType.BREAK)
    session_slugs = sessions.in_order().values_list("slug", flat=True)
    speaker_slugs = speakers_of(event).order_by("slug").values_list("slug", flat=True)
    partner_slugs = list(partners_of(event).order_by("slug").values_list("slug", flat=True))
    page_slugs = event.pages.public().order_by("position").values_list("slug", flat=True)
    news_slugs = news_of(event).values_list("slug", flat=True)
    fixed = [
        ("pages:edition", True),
        ("events:about", contents.has_about),
        ("events:agenda", contents.has_agenda),
        ("events:agenda_changes", event.versions.exists()),
        ("events:live", contents.has_agenda and not event.is_past),
        ("events:speakers", contents.has_speakers),
        ("partners:partners", bool(partner_slugs)),
        ("events:news", contents.has_news),
        ("events:documents", contents.has_documents),
    ]
    found: list[Place] = [(name, (event.slug,)) for name, exists in fixed if exists]
    below = [
        ("events:page", page_slugs),
        ("events:news_post", news_slugs),
        ("events:session", session_slugs),
        ("events:speaker", speaker_slugs),
        ("partners:partner", partner_slugs),
    ]
    return found + [(name, (event.slug, slug)) for name, slugs in below for slug in slugs]


def _map(request: HttpRequest, places: Iterable[Place], changed_at: dt.datetime | None) -> HttpResponse:
    entries = [entry for name, arguments in places for entry in _entries(name, arguments, changed_at)]
    return _xml(request, "pages/sitemap.xml", {"entries": entries[:MOST_ADDRESSES]})


def _entries(name: str, arguments: tuple[str, ...], changed_at: dt.datetime | None) -> list[MapEntry]:
    """Return the page once per language; each names all of them."""
    addresses = {code: _address(code, name, arguments) for code, _name in settings.LANGUAGES}
    alternates = [(html_lang(code), url) for code, url in addresses.items()]
    alternates.append(("x-default", addresses[settings.LANGUAGE_CODE]))
    return [MapEntry(url, alternates, changed_at) for url in addresses.values()]


def _address(language: str, name: str, arguments: tuple[str, ...]) -> str:
    return f"{settings.SITE_URL}{reverse_in(language, name, arguments)}"


def reverse_in(language: str, name: str, arguments: tuple[str, ...]) -> str:
    """Return the path of a page in one of the languages."""
    with override(language):
        return reverse(name, args=arguments)


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["Cache-Control"] = "public, max-age=300"
    return response
