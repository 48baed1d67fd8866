"""What the home page of an edition and its menu need."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from events.models import Appearance, Event, Page, Session


@dataclass(frozen=True)
class Contents:
    """What an edition has to show."""

    has_about: bool
    has_agenda: bool
    has_speakers: bool
    pages: list[Page]


def edition_contents(event: Event) -> Contents:
    """Return which pages of the edition exist, in two queries."""
    sessions = Session.objects.public().filter(event=OuterRef("pk"))
    appearances = Appearance.objects.public().filter(session__event=OuterRef("pk"))
    found = Event.objects.filter(pk=event.pk).values_list(Exists(sessions), Exists(appearances)).get()
    has_text = event.background or event.theme
    pages = list(event.pages.public().filter(is_in_menu=True).order_by("position"))
    return Contents(bool(has_text), found[0] or bool(event.programme_note), found[1], pages)
