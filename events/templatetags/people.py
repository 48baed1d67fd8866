"""Names of people: `{% load people %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.domain.naming import PrintedName, printed_name
from events.enums import AppearanceMode
from events.models import Appearance, Speaker

register = template.Library()


@register.simple_tag
def person_name(person: Appearance | Speaker, href: str = "") -> SafeString:
    """The name in the language of the page, linked where an address is given, then the name in the other script."""
    name = _name(person)
    main = _in_its_language(name)
    if href:
        main = format_html('<a href="{}">{}</a>', href, main)
    if not name.other:
        return main
    other = format_html('<span class="other-name" lang="{}">{}</span>', name.other_language, name.other)
    return format_html("{} {}", main, other)


@register.filter
def plain_name(person: Appearance | Speaker) -> str:
    """The name in the language of the page alone, for titles and labels."""
    return _name(person).main


@register.filter
def talk_mode(appearance: Appearance) -> str:
    """How somebody takes part who is not in the room: "(by video)", "(live, remote)"."""
    marks = {AppearanceMode.VIDEO: _("(by video)"), AppearanceMode.REMOTE: _("(live, remote)")}
    return marks.get(AppearanceMode(appearance.mode), "") if appearance.mode else ""


def _name(person: Appearance | Speaker) -> PrintedName:
    return printed_name(person, get_language() or "en")


def _in_its_language(name: PrintedName) -> SafeString:
    if name.language[:2] == (get_language() or "en")[:2]:
        return format_html("{}", name.main)
    return format_html('<span lang="{}">{}</span>', name.language, name.main)
