"""Words of documents: `{% load documents %}`."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language

from events.models import Event
from events.queries.agenda import AgendaSession
from events.queries.documents import LibraryItem, documents_of_session
from events.wording import languages_text
from forum_site.lib.moments import full_day

register = template.Library()


@register.filter
def facts(item: LibraryItem) -> list[str]:
    """Format and size of a file, languages, day of publication, as far as they are known."""
    size = filesizeformat(item.size) if item.size else ""
    day = full_day(item.published_on, get_language() or "en") if item.published_on else ""
    return [fact for fact in (item.extension, size, languages_text(item.languages), day) if fact]


@register.simple_tag
def session_documents(event: Event, entry: AgendaSession) -> list[LibraryItem]:
    """What can be read of a session and its parts; one query."""
    return documents_of_session(event, [entry.session, *(part.session for part in entry.parts)])
