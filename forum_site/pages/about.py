"""The list of labels that readers of these forums expect on the page about an edition."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class AboutRow:
    """A label and its value: one text, several lines of one, or written text as HTML."""

    label: str
    lines: list[str]
    html: SafeString = NOTHING


def rows_about(event: Event) -> list[AboutRow]:
    """Return the rows with a known value, in the order in which forums print them; one query."""
    rows = [
        AboutRow(_("Theme"), [str(event.theme)]),
        AboutRow(_("Date"), [date_range(event.starts_on, event.ends_on, get_language() or "en")]),
        AboutRow(_("Form"), [str(event.get_attendance_mode_display()) if event.attendance_mode else ""]),
        AboutRow(_("Location"), _location(event)),
        AboutRow(_("Language"), [listed([language_name(code) for code in event.languages]), str(event.interpretation)]),
        *(AboutRow(group.label, [cell.full_name for cell in group.cells]) for group in partner_groups(event)),
        AboutRow(_("Background and objective"), [], render_markdown(str(event.background), heading_offset=0)),
    ]
    known = [AboutRow(row.label, [line for line in row.lines if line], row.html) for row in rows]
    return [row for row in known if row.lines or row.html]


def _location(event: Event) -> list[str]:
    """The venue with its address and city; else the place as printed."""
    if not event.venue:
        return [str(event.place)]
    venue = event.venue
    street, city = str(venue.address), str(venue.city or event.place)
    return [str(venue.name), street, "" if city in street else city]
