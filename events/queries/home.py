"""What the home page of an edition and its menu need."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from events.enums import SessionType
from events.models import Appearance, Event, NewsPost, Page, Session
from events.queries.agenda import MOST_ON_A_PAGE
from events.queries.documents import has_documents

#: Addresses under which organizers tell how to get to the venue, the usual one first.
VENUE_PAGES = ("venue", "venue-and-access")


@dataclass(frozen=True)
class Contents:
    """What an edition has to show."""

    has_about: bool
    has_agenda: bool
    has_speakers: bool
    pages: list[Page]  # those in the menu
    has_news: bool = False
    has_documents: bool = False
    is_by_day: bool = False  # whether the agenda shows one day at a time
    venue_page: Page | None = None  # in the menu or not
    others: tuple[bool, ...] = ()  # the answers to the questions of the caller


def edition_contents(event: Event, *others: Exists) -> Contents:
    """Return which pages of the edition exist, and the answers to other questions about it, in two queries."""
    sessions = Session.objects.public().filter(event=OuterRef("pk"))
    appearances = Appearance.objects.public().filter(session__event=OuterRef("pk"))
    news = NewsPost.objects.public().filter(event=OuterRef("pk"))
    whole = sessions.filter(parent=None).exclude(type=SessionType.BREAK)
    is_by_day = Exists(whole[MOST_ON_A_PAGE : MOST_ON_A_PAGE + 1])
    questions = [Exists(sessions), Exists(appearances), Exists(news), *has_documents(), is_by_day, *others]
    found = Event.objects.filter(pk=event.pk).values_list(*questions).get()
    pages = list(event.pages.public().filter(Q(is_in_menu=True) | Q(slug__in=VENUE_PAGES)).order_by("position"))
    on_venue = sorted((one for one in pages if one.slug in VENUE_PAGES), key=lambda one: VENUE_PAGES.index(one.slug))
    return Contents(
        has_about=bool(event.background or event.theme),
        has_agenda=found[0] or bool(event.programme_note),
        has_speakers=found[1],
        pages=[one for one in pages if one.is_in_menu],
        has_news=found[2],
        has_documents=found[3] or found[4],
        is_by_day=found[5],
        venue_page=on_venue[0] if on_venue else None,
        others=found[6:],
    )
