"""The list of labels that readers of these forums expect on the page about an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event
from events.wording import language_name
from forum_site.lib.markdown import render_markdown
from forum_site.lib.moments import date_range
from forum_site.pages.home import listed
from partners.queries.groups import partner_groups

NOTHING = SafeString("")
#: The part of the page that tells how to get there.
VENUE = "venue"


@dataclass(frozen=True)
class AboutRow:
    """A label and its value: one text, several lines of one, or written text as HTML.

    ``url`` is where the first line leads, ``website`` a link below, ``anchor`` the place of the row on the page.
    """

    label: str
    lines: list[str]
    html: SafeString = NOTHING
    url: str = ""
    website: str = ""
    anchor: str = ""


def rows_about(event: Event, venue_page: str = "") -> list[AboutRow]:
    """Return the rows with a known value, in the order in which forums print them; one query.

    ``venue_page`` is the address of the organizers' own page about the venue, which then stands for the section here.
    """
    section = [] if venue_page else _venue_and_access(event)
    rows = [
        AboutRow(_("Theme"), [str(event.theme)]),
        AboutRow(_("Date"), [date_range(event.starts_on, event.ends_on, get_language() or "en")]),
        AboutRow(_("Form"), [str(event.get_attendance_mode_display()) if event.attendance_mode else ""]),
        AboutRow(_("Location"), _location(event, with_street=not section), url=way_to_venue(event, venue_page)),
        AboutRow(_("Language"), [listed([language_name(code) for code in event.languages]), str(event.interpretation)]),
        *(AboutRow(group.label, [cell.full_name for cell in group.cells]) for group in partner_groups(event)),
        AboutRow(_("Background and objective"), [], render_markdown(str(event.background), heading_offset=0)),
        *section,
    ]
    known = [replace(row, lines=[line for line in row.lines if line]) for row in rows]
    return [row for row in known if row.lines or row.html]


def way_to_venue(event: Event, venue_page: str) -> str:
    """Return the address that tells how to get there: the organizers' page, else the section of ours, else ""."""
    if venue_page or not _is_described(event):
        return venue_page
    return reverse("events:about", args=[event.slug]) + f"#{VENUE}"


def _is_described(event: Event) -> bool:
    """Whether more is known of the venue than fits a line."""
    return bool(event.venue and (event.venue.directions or event.venue.website))


def _venue_and_access(event: Event) -> list[AboutRow]:
    if not event.venue or not _is_described(event):
        return []
    html = render_markdown(str(event.venue.directions), heading_offset=0)
    label = _("Venue and access")
    return [AboutRow(label, _location(event), html, website=event.venue.website, anchor=VENUE)]


def _location(event: Event, *, with_street: bool = True) -> list[str]:
    """The venue with its address and city; else the place as printed."""
    if not event.venue:
        return [str(event.place)]
    venue = event.venue
    street, city = str(venue.address) if with_street else "", str(venue.city or event.place)
    return [str(venue.name), street, "" if city in street else city]
