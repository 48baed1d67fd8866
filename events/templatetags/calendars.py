"""Links into calendars: `{% load calendars %}`."""

from __future__ import annotations

from django import template

from events.calendar_links import CalendarLinks, agenda_links, session_links
from events.models import Event
from events.queries.agenda import AgendaSession
from events.queries.agenda_page import AgendaPage
from forum_site.lib.previews import previewed

register = template.Library()


@register.simple_tag
def session_calendar(event: Event, entry: AgendaSession) -> CalendarLinks | None:
    """The ways to keep one session; none in a preview, whose secret would go to the makers of calendars."""
    return session_links(event, entry) if previewed() is None else None


@register.simple_tag
def agenda_calendar(event: Event, page: AgendaPage) -> CalendarLinks | None:
    """The ways to follow the programme, its days and its tracks; none in a preview."""
    if previewed() is not None:
        return None
    days = dict.fromkeys(session.day for session in page.choices.sessions)
    return agenda_links(event, days, page.choices.tracks.values())
