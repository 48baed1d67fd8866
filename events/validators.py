"""Checks shared by models, forms and importers."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forum_site.lib import colours

#: First parts of addresses below an edition that pages may not take.
RESERVED_SLUGS = frozenset(
    {"about", "accent", "agenda", "archive", "documents", "live", "news", "partners"}
    | {"preview", "register", "schedule", "sessions", "speakers"}
)

#: Other years are slips of the keyboard, and the outermost break calendars.
FIRST_YEAR, LAST_YEAR = 1970, 2199
#: A session may run past midnight and still belong to the day before.
LATEST_NIGHT_HOUR = 6


def validate_year(value: dt.date) -> None:
    """Refuse a day or moment of a year in which there is no forum."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year from %(first)s to %(last)s."), params={"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        )


def lies_on(day: dt.date, at: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the moment lies on that day in this zone, or in the night after it."""
    local = at.astimezone(zone)
    return local.date() == day or (local.date() == day + dt.timedelta(days=1) and local.hour < LATEST_NIGHT_HOUR)


def validate_zone(value: str) -> None:
    """Refuse what is not the name of an IANA time zone, such as Asia/Shanghai."""
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Asia/Shanghai."), params={"value": value}
        )
    ZoneInfo(value)


def validate_accent(value: str) -> None:
    """Refuse a colour on which text could not be read, and offer the nearest one that passes."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValidationError(_("Write the colour like #4C2A8F."))
    if problems := colours.accent_problems(value):
        raise ValidationError(
            _("%(problem)s The nearest colour that passes is %(nearest)s."),
            params={"problem": problems[0], "nearest": colours.nearest_accent(value)},
        )


def validate_page_slug(value: str) -> None:
    """Refuse addresses that the edition needs for itself."""
    if value in RESERVED_SLUGS:
        raise ValidationError(_("The address “%(value)s” is taken by the edition itself."), params={"value": value})


def validate_languages(value: object) -> None:
    """Refuse anything but a list of language codes such as ["en", "zh-hans"]."""
    known = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
    if not isinstance(value, list) or not all(isinstance(code, str) and known.fullmatch(code) for code in value):
        raise ValidationError(_("Write languages as a list of codes, such as en and zh-hans."))
