"""Writing the archive of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.models import Event
from forum_site.lib.errors import DomainError
from forum_site.pages.archive.addresses import own_address, relative
from forum_site.pages.archive.copy import Copy, copying
from forum_site.pages.archive.crawl import Collection, Crawl, Progress
from forum_site.pages.archive.folder import date_files, new_folder, write_label, write_sums
from forum_site.pages.archive.markup import with_other_addresses
from forum_site.pages.archive.rewriting import archived_page, plain_script
from forum_site.pages.context import html_lang
from forum_site.pages.sitemaps import places_of, reverse_in

ENTRANCE = "index.html"


@dataclass(frozen=True)
class Written:
    """What an archive holds; ``dead`` are links of the pages to addresses of the edition that do not exist."""

    pages: int
    files: int
    size: int
    dead: list[str]


def write_archive(
    event: Event, place: Path, *, has_cards: bool = True, progress: Progress = lambda count: None
) -> Written:
    """Write the edition as static files; the same edition gives the same bytes at any time.

    ``has_cards``: with the pictures that other sites show; drawing one takes a quarter of a second. An archive of the
    same edition is replaced when the new one is complete. Raises ``DomainError`` for a draft, a place that is in use,
    and an edition that was changed meanwhile; then nothing has been replaced.
    """
    if not event.is_public:
        raise DomainError(_("The edition “%(edition)s” is a draft. Publish it first.") % {"edition": event.slug})
    with new_folder(place, event) as folder, copying(event) as copy:
        written = _write(event, folder, copy, Crawl(event, folder, progress, has_cards=has_cards))
        if Event.objects.values_list("version", flat=True).get(pk=event.pk) != event.version:
            raise DomainError(_("The edition was changed while it was being written. Write it again."))
    return written


def _write(event: Event, folder: Path, copy: Copy, crawl: Crawl) -> Written:
    entrance = _entrance(event)
    crawl.meet_page(entrance, "/")
    found = crawl.run(address for name, args in places_of(event) for address in _in_all_languages(name, args))
    (folder / ENTRANCE).write_text(entrance)
    dead: dict[str, None] = {}
    for file, address in {ENTRANCE: "/", **found.pages}.items():
        _rewrite(folder / file, _page_rewriter(file, address, found, copy, dead))
    for file, address in found.styles.items():
        _rewrite(folder / file, _style_rewriter(file, address, found))
    for file in sorted(name for name in found.files.values() if name.endswith(".js")):
        _rewrite(folder / file, plain_script)
    write_label(folder, event, copy.host)
    count, size = write_sums(folder)
    date_files(folder, event.changed_at)
    return Written(len(found.pages), count, size, list(dead))


def _in_all_languages(name: str, arguments: tuple[str, ...]) -> Iterator[str]:
    for code, _label in settings.LANGUAGES:
        yield reverse_in(code, name, arguments)


def _entrance(event: Event) -> str:
    """Return the first page, on which one chooses a language."""
    homes = [
        {"code": code, "lang": html_lang(code), "label": label, "url": reverse_in(code, "pages:edition", (event.slug,))}
        for code, label in settings.LANGUAGES
    ]
    with override(settings.LANGUAGE_CODE):
        return render_to_string("pages/archive_entrance.html", {"event": event, "homes": homes})


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text()))


def _page_rewriter(
    file: str, address: str, found: Collection, copy: Copy, dead: dict[str, None]
) -> Callable[[str], str]:
    def resolve(href: str) -> str | None:
        own = None if href.startswith("#") else own_address(href, address)
        if own is None:
            return href
        if place := found.place_of(*own):
            link = relative(place[0], file)
            return f"{link}#{place[1]}" if place[1] else link
        if own[0] in found.missing:
            dead[own[0]] = None
            return None
        return f"{settings.SITE_URL}{'#'.join(filter(None, own))}" if copy.host else None

    return lambda html: archived_page(html, resolve, is_known=bool(copy.host))


def _style_rewriter(file: str, address: str, found: Collection) -> Callable[[str], str]:
    def other(href: str) -> str:
        own = own_address(href, address)
        place = found.place_of(*own) if own else None
        return relative(place[0], file) + (f"#{place[1]}" if place[1] else "") if place else href

    return lambda css: with_other_addresses(css, other)
