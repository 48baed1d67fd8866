"""Moments in HTML, which scripts may show in another zone."""

from __future__ import annotations

import datetime as dt

from django.utils.html import format_html
from django.utils.safestring import SafeString

from forum_site.lib.moments import moment_label, moment_pattern


def utc(at: dt.datetime) -> str:
    """The moment for the `datetime` attribute, "2026-12-10T01:00Z"."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"


def moment_mark(at: dt.datetime, zone_name: str, language: str, words: str = "") -> SafeString:
    """A moment with the pattern of its words; ``words`` are others for it in the zone of the edition, as "24:00"."""
    label = words or moment_label(at, zone_name, language)
    pattern = moment_pattern(language)
    return format_html('<time datetime="{}" data-moment="{}">{}</time>', utc(at), pattern, label)
