"""Marks on the agenda: `{% load agenda %}`."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.enums import Phase
from events.models import Event, Session
from events.queries.filters import short_name
from events.queries.live import Live
from events.queries.now import Now
from forum_site.lib.moments import clock, day_label, days_after, local_day

register = template.Library()
TIME = '<time datetime="{}" data-clock>{}</time>{}'


@register.simple_tag
def span_of(now: Now | None, kind: str, key: int) -> SafeString | str:
    """The attributes by which a script knows from when to when it runs; nothing unless the edition is running."""
    span = now.spans.get((kind, key)) if now else None
    if not span:
        return ""
    return format_html(' data-from="{}" data-until="{}"', _utc(span.starts_at), _utc(span.ends_at))


@register.simple_tag
def is_marked(now: Now | None, kind: str, key: int) -> bool:
    """Whether it carries the mark of the present moment."""
    return bool(now) and now.marked == (kind, key)


@register.simple_tag
def is_live(now: Now | None, session: Session) -> bool:
    """Whether the session is running."""
    return bool(now) and now.is_live("session", session.pk)


@register.simple_tag
def may_go_live(now: Now | None, session: Session) -> bool:
    """Whether the session can be running while the page is open, so that its chip must be there."""
    return bool(now) and ("session", session.pk) in now.spans


@register.simple_tag
def clock_span(
    starts_at: dt.datetime | None, ends_at: dt.datetime | None, zone_name: str, day: dt.date | None = None
) -> SafeString:
    """A time or two, which scripts may show in another zone; "(+1 day)" where they leave the ``day`` of the session."""
    moments = [at for at in (starts_at, ends_at) if at]
    marks = [shift_mark(days_after(at, day, zone_name)) if day else "" for at in moments]
    if len(set(marks)) == 1:
        marks[:-1] = [""] * (len(marks) - 1)
    return format_html_join(
        "–", TIME, ((_utc(at), clock(at, zone_name), _small(mark)) for at, mark in zip(moments, marks, strict=True))
    )


@register.simple_tag
def shift_words() -> str:
    """The marks for one and two days after and before, for scripts: "(+1 day)|(+2 days)|(−1 day)|(−2 days)"."""
    return "|".join(shift_mark(count) for count in (1, 2, -1, -2))


@register.simple_tag
def resume_words(live: Live, event: Event) -> SafeString | str:
    """When the forum begins or goes on: "Continues tomorrow at 09:00"; "" while it runs and when it is over."""
    if live.resumes_on is None:
        return ""
    day = _day_words(live, event)
    if live.resumes_at is None:
        words = _("Begins %(day)s") if live.phase == Phase.BEFORE else _("Continues %(day)s")
        return words % {"day": day}
    words = _("Begins %(day)s at {time}") if live.phase == Phase.BEFORE else _("Continues %(day)s at {time}")
    return format_html(words % {"day": day}, time=clock_span(live.resumes_at, None, event.timezone_name))


def _day_words(live: Live, event: Event) -> str:
    day = live.resumes_on or event.starts_on
    distance = (day - local_day(event.timezone_name, live.at)).days
    near = {0: _("today"), 1: _("tomorrow")}
    return near.get(distance) or _("on %(day)s") % {"day": day_label(day, get_language() or "en")}


@register.filter
def star_key(session: Session) -> str:
    """The short name of the session in a personal agenda."""
    return short_name(session)


def shift_mark(count: int) -> str:
    """Return the mark for a time that many days after the day of its session: "(+1 day)", "(−1 day)"; "" on the day."""
    if not count:
        return ""
    words = ngettext("(%(count)s day)", "(%(count)s days)", abs(count))
    return words % {"count": f"+{count}" if count > 0 else f"−{-count}"}


def _small(mark: str) -> SafeString | str:
    return format_html(' <small class="shift">{}</small>', mark) if mark else ""


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%MZ}"
