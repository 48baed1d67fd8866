"""Words of the programme: `{% load programme %}`."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.enums import SessionType
from events.models import Event, ProgrammeVersion, Session
from events.queries.agenda import Slot
from events.wording import count_word, languages_text, parallel_name
from forum_site.lib.moments import full_day, local_day, weekday

register = template.Library()
HOUR = 60


@register.filter
def type_word(session: Session) -> str:
    """The printed label, else the type; nothing where the title says the same or the type is not known."""
    word = str(session.label or ("" if session.type == SessionType.OTHER else session.get_type_display()))
    return "" if word.casefold() == str(session.title).casefold() else word


@register.filter
def meta(session: Session) -> list[str]:
    """Room, form and languages, as far as they are known."""
    room = str(session.room.name) if session.room else ""
    return [part for part in (room, session.get_mode_display() if session.mode else "", languages(session)) if part]


@register.filter
def languages(thing: Session | Event) -> str:
    """The languages of a session or an edition with the interpretation: "English and Chinese, interpreted"."""
    spoken = languages_text(thing.languages)
    return _(", ").join(part for part in (spoken, str(thing.interpretation)) if part)


@register.filter
def spoken(thing: Session | Event) -> str:
    """The languages alone: "English and Chinese"."""
    return languages_text(thing.languages)


@register.filter
def parallel_words(slot: Slot) -> str:
    """How many sessions run side by side: "Thematic sessions, three in parallel"."""
    types = {one.session.type for one in slot.sessions}
    name = parallel_name(types.pop() if len(types) == 1 else "")
    return _("%(sessions)s, %(count)s in parallel") % {"sessions": name, "count": count_word(len(slot.sessions))}


@register.filter
def break_words(session: Session) -> str:
    """What a break is and, below an hour, how long: "Tea break, 15 minutes"."""
    length = minutes(session) if (session.minutes or HOUR) < HOUR else ""
    return _(", ").join(part for part in (str(session.title), length) if part)


@register.filter
def minutes(session: Session) -> str:
    """The length where both ends are known: "105 minutes"."""
    count = session.minutes
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count} if count else ""


@register.filter
def tab(day: dt.date) -> str:
    """A day on its tab: "Thu 10 December" or "12月10日 周四"."""
    language = get_language() or "en"
    name = weekday(day, language)
    date = full_day(day, language)
    return f"{date[5:]} {name}" if language.startswith("zh") else f"{name[:3]} {date[:-5]}"


@register.simple_tag
def version_words(version: ProgrammeVersion, event: Event) -> str:
    """The number and the day of a version of the programme: "Version 3, 5 December 2026"."""
    day = full_day(local_day(event.timezone_name, version.published_at), get_language() or "en")
    return _("%(version)s, %(day)s") % {"version": version, "day": day}


@register.simple_tag
def others_in_parallel(count: int) -> str:
    """What else runs then: "and two sessions in parallel"."""
    if not count:
        return ""
    words = ngettext("and %(count)s session in parallel", "and %(count)s sessions in parallel", count)
    return words % {"count": count_word(count)}
