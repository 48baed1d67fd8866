"""What stands on the pictures."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events.domain.naming import printed_name
from events.enums import EventStatus
from events.models import Appearance, Event, Session
from forum_site.lib.cards import Card, can_draw
from forum_site.lib.moments import date_range
from forum_site.pages.home import hero_line
from forum_site.pages.sharing import clock_line, day_line


def edition_words(event: Event) -> Card:
    """Return theme, days and place."""
    is_plain = event.status == EventStatus.PUBLISHED
    return Card(
        **_frame(event),
        title=str(event.theme or event.name),
        second="" if is_plain else str(event.get_status_display()),
        foot=_days(event),
        foot_note=hero_line(event),
    )


def session_words(event: Event, session: Session) -> Card:
    """Return title, day, time and room."""
    is_off = session.is_cancelled or event.status == EventStatus.CANCELLED
    room = str(session.room.name) if session.room else ""
    return Card(
        **_frame(event),
        title=str(session.title),
        second=_("Cancelled") if is_off else "",
        foot=day_line(session),
        foot_note=" · ".join(filter(None, [clock_line(event, session), room])),
    )


def speaker_words(event: Event, here: Appearance) -> Card:
    """Return the name with the title as printed, and the edition."""
    return Card(
        **_frame(event),
        title=printed_name(here, get_language() or "en").main,
        second=str(here.printed_title or here.speaker.organization),
        foot=str(event.name),
        foot_note=_days(event),
    )


def drawable(*makers: Callable[[], Card]) -> Card:
    """Return the first card whose every sign can be drawn, each in the language of the page, then in the other one.

    A name with a sign that the fonts do not have is not printed wrong: the other language, or the edition, stands in.
    """
    current = get_language() or settings.LANGUAGE_CODE
    languages = sorted(dict(settings.LANGUAGES), key=lambda code: code != current)
    for make in makers:
        for language in languages:
            with override(language):
                card = make()
            if can_draw("".join([card.name, card.title, card.second, card.foot, card.foot_note])):
                return card
    return makers[-1]()


def _frame(event: Event) -> dict[str, str]:
    return {"slug": event.slug, "accent": event.accent, "name": event.header_name}


def _days(event: Event) -> str:
    return date_range(event.starts_on, event.ends_on, get_language() or "en")
