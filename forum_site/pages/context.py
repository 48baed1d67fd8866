"""What the frame of every page needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from events.models import EventSeries


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one of the languages; `code` is the one of the `lang` attribute.

    `path` is the address without the query; `is_default`: for visitors whose language is none of ours.
    """

    code: str
    label: str
    url: str
    is_current: bool
    path: str = ""
    is_default: bool = False


def site(request: HttpRequest) -> dict[str, object]:
    """Return the language links, the canonical address and the name of the site."""
    links = language_links(request)
    return {
        "html_lang": html_lang(get_language() or settings.LANGUAGE_CODE),
        "language_links": links,
        "canonical_url": f"{settings.SITE_URL}{request.path}" if links and not hasattr(request, "preview") else "",
        "site_url": settings.SITE_URL,
        "site_name": SimpleLazyObject(site_name),
    }


def html_lang(language: str) -> str:
    """The language as HTML writes it: "en" or "zh-Hans"."""
    return "zh-Hans" if language.lower().startswith("zh") else "en"


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """The page in every language; empty for an address that has no language in it. The query is kept."""
    prefix = get_script_prefix()
    _empty, current, rest = [*request.path_info.split("/", 2), "", ""][:3]
    codes = dict(settings.LANGUAGES)
    if current not in codes:
        return []
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    labels = {"en": "EN"}
    return [
        LanguageLink(
            html_lang(code),
            labels.get(code, name),
            f"{prefix}{code}/{rest}{query}",
            code == current,
            f"{prefix}{code}/{rest}",
            code == settings.LANGUAGE_CODE,
        )
        for code, name in settings.LANGUAGES
    ]


def site_name() -> str:
    """The name of the forum for pages that belong to no edition; "" before there is one."""
    series = EventSeries.objects.order_by("is_sample", "id").first()
    return str(series.short_name or series.name) if series else ""
