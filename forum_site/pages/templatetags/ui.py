"""Words, times and drawings as every page prints them: `{% load ui %}`."""

from __future__ import annotations

import datetime as dt
import re

from django import template
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events.domain.naming import printed_name
from events.models import Event, Speaker
from forum_site.lib import moments
from forum_site.lib.chinese_words import chinese_pieces
from forum_site.lib.hall import Hall, Mark, draw_hall, small_mark, stepwise
from forum_site.lib.markdown import render_markdown
from forum_site.lib.moment_marks import moment_mark
from forum_site.lib.moment_marks import utc as as_utc
from forum_site.lib.names import person_initials, tint
from forum_site.lib.zone_cities import COMMON_ZONES
from forum_site.pages.about import AboutRow, rows_about, way_to_venue
from forum_site.pages.cache.shared import shared
from forum_site.pages.context import html_lang as as_html_lang
from forum_site.pages.frame import Frame, frame_of
from forum_site.pages.stylesheets import stylesheet_names
from forum_site.pages.themes import PHRASE_MARK, ShortDates, short_dates, split_phrases, theme_size

register = template.Library()
register.filter(stepwise)
#: Signs whose right half is blank: at the end of a centred line they would push it to the left.
_WHOLE = re.compile(r"((?:\d{4}年)?\d+月\d+日(?:至(?:\d+月)?\d+日)?|[（(][^（）()]*GMT[^（）()]*[）)])")
FULL_WIDTH_ENDS = tuple("，。：；、")


def _language() -> str:
    return get_language() or "en"


def _date(text: str) -> SafeString:
    """A date holds together and has no space between figures and Chinese characters."""
    return format_html('<span class="date">{}</span>', text)


@register.filter
def unbroken(text: str) -> SafeString:
    """A text in which Chinese dates, and a zone in brackets, are never broken between two lines."""
    pieces = _WHOLE.split(str(text))
    return format_html_join("", "{}", ((_date(piece) if place % 2 else piece,) for place, piece in enumerate(pieces)))


@register.filter
def clock(at: dt.datetime | None, zone_name: str) -> str:
    """The time of day in the zone, "09:00"."""
    return moments.clock(at, zone_name) if at else ""


@register.filter
def utc(at: dt.datetime | None) -> str:
    """The moment for the `datetime` attribute, "2026-12-10T01:00Z"."""
    return as_utc(at) if at else ""


@register.filter
def day(value: dt.date) -> SafeString:
    """The day with its weekday, "Thursday 10 December"."""
    return _date(moments.day_label(value, _language()))


@register.filter
def day_year(value: dt.date) -> SafeString:
    """The day with weekday and year."""
    return _date(moments.day_label(value, _language(), with_year=True))


@register.filter
def full_day(value: dt.date) -> SafeString:
    """The day with its year, "10 December 2026"."""
    return _date(moments.full_day(value, _language()))


@register.filter
def short_day(value: dt.date) -> SafeString:
    """The day for columns of dates, "27 Nov"."""
    return _date(moments.short_day(value, _language()))


@register.simple_tag
def dates(event: Event) -> SafeString:
    """The days of the edition, "10–11 December 2026"."""
    return _date(moments.date_range(event.starts_on, event.ends_on, _language()))


@register.simple_tag
def weekdays(event: Event) -> str:
    """The weekdays of the edition, "Thursday and Friday"."""
    return moments.weekday_range(event.starts_on, event.ends_on, _language())


@register.simple_tag
def zone_of(event: Event) -> str:
    """The offset of the edition's zone, "GMT+8", or "GMT+2/GMT+1" where clocks change between its days."""
    return moments.zone_labels(event.timezone_name, event.starts_on, event.ends_on)


@register.simple_tag
def city_of(event: Event) -> str:
    """The city of the edition's zone, "Shanghai"."""
    return moments.zone_city(event.timezone_name, _language())


@register.simple_tag
def zone_choices(chosen: str = "") -> list[tuple[str, str]]:
    """The zones offered in lists with the names of their cities, from west to east; first the chosen one if rare."""
    zones = COMMON_ZONES if chosen in {"", *COMMON_ZONES} else [chosen, *COMMON_ZONES]
    return [(zone, moments.zone_city(zone, _language())) for zone in zones]


@register.simple_tag
def moment(at: dt.datetime, event: Event) -> SafeString:
    """A moment in the zone of the edition, "20 November 2026, 16:40 (Shanghai, GMT+8)", for scripts in any zone."""
    return moment_mark(at, event.timezone_name, _language())


@register.simple_tag
def hour_words() -> str:
    """How the hour of a day is put together with its zone, for scripts."""
    return moments.hour_pattern(_language())


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as clean HTML, for a page whose own heading is the only one above it."""
    return render_markdown(text or "", heading_offset=0)


@register.filter
def html_lang(code: str) -> str:
    """The language as HTML writes it, "zh-Hans"."""
    return as_html_lang(code)


@register.filter
def phrases(text: str) -> SafeString:
    """A short heading, broken only between its phrases where the line allows it, and never inside a Chinese word."""
    parts = split_phrases(str(text))
    if len(parts) < 2:
        return words(text)
    between = "" if moments.is_chinese(_language()) else " "
    spans = ((" hangs" if part[-1:] in FULL_WIDTH_ENDS else "", _breaking(part)) for part in parts)
    return format_html_join(between, '<span class="phrase{}">{}</span>', spans)


@register.filter
def words(text: str) -> SafeString:
    """A heading that does not break inside a Chinese word; other scripts are left as they are."""
    text = str(text).replace(PHRASE_MARK, "")
    pieces = _breaking(text)
    return format_html('<span class="words">{}</span>', pieces) if "<wbr>" in pieces else pieces


def _breaking(text: str) -> SafeString:
    return format_html_join(mark_safe("<wbr>"), "{}", ((piece,) for piece in chinese_pieces(text)))


@register.filter
def hero_class(event: Event) -> str:
    """How the theme stands in the hollow of the hall, by its length."""
    return theme_size(str(event.theme or event.name))


@register.simple_tag
def edition_hall(event: Event) -> Hall:
    """The hall of the edition."""
    return draw_hall(event.slug)


@register.simple_tag
def dark_hall(slug: str = "nobody") -> Hall:
    """A hall in which no seat is lit, for pages that do not exist."""
    return draw_hall(slug, lit=0)


@register.simple_tag
def mark() -> Mark:
    """The mark of the site."""
    return small_mark()


@register.simple_tag
def stylesheets() -> list[str]:
    """The style sheets to link, as names of static files."""
    return stylesheet_names()


@register.filter
def portrait_initials(person: Speaker) -> str:
    """What stands on the portrait of somebody without a photograph: of the names that stand beside it."""
    name = printed_name(person, _language())
    return person_initials(person.name_en, name.main, name.other)


@register.filter
def portrait_tint(person: Speaker) -> int:
    """The tint that belongs to this person, 0 to 7."""
    return tint(str(person.guid))


@register.simple_tag
def site_frame(event: Event | None = None, here: str = "") -> Frame:
    """The menu and the other editions around a page; ``here`` is its key in the menu."""
    if not event:
        return frame_of(None, here)
    return shared.get((event.pk, here, _language()), lambda: frame_of(event, here))


@register.simple_tag
def hero_dates(event: Event) -> ShortDates:
    """The dates that stand in the hollow of the hall on a phone."""
    return short_dates(event.starts_on, event.ends_on, _language())


@register.simple_tag
def about_rows(event: Event, venue_page: str) -> list[AboutRow]:
    """The labels and values of the page about an edition."""
    return rows_about(event, venue_page)


@register.simple_tag
def venue_url(event: Event, venue_page: str) -> str:
    """The address that tells how to get to the venue; "" where nothing is known of it."""
    return way_to_venue(event, venue_page)


@register.simple_tag
def srcset(file: FieldFile, widths: dict[str, str]) -> str:
    """The smaller pictures of an upload for the `srcset` attribute; "" until the job has made them."""
    return ", ".join(f"{file.storage.url(path)} {width}w" for width, path in sorted(widths.items(), key=_by_width))


def _by_width(pair: tuple[str, str]) -> int:
    return int(pair[0])
