"""What stands around every page of an edition: names, menu, other editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from events.enums import EventStatus
from events.models import Announcement, Event
from events.models.series import DEFAULT_ACCENT
from events.queries.home import Contents, edition_contents
from forum_site.pages.switcher import EditionLink, edition_links, editions_of_series
from partners.models import Partnership

#: More than this does not fit beside the wordmark; the rest stands in the footer and in the phone's menu.
MOST_HEADER_LINKS = 6
MOST_HEADER_CHARACTERS = 46
MOST_FOOTER_EDITIONS = 6


@dataclass(frozen=True)
class Link:
    """A line of a menu; `key` says which page it leads to."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class Frame:
    """`links` in the order of the menu; `editions` are those of the same series, the newest first."""

    links: list[Link]
    editions: list[Event] = field(default_factory=list)
    accent: str = ""  # six figures of a colour of its own, else ""
    following: Event | None = None  # the edition after this one, unless it was called off
    announcements: list[Announcement] = field(default_factory=list)
    is_by_day: bool = False  # whether the agenda shows one day at a time
    venue_page: str = ""  # the address of the page that tells how to get there, where organizers have written one
    switch: list[EditionLink] = field(default_factory=list)  # all editions of the series, the newest first

    @property
    def footer_switch(self) -> list[EditionLink]:
        """What stands in the footer at once."""
        return self.switch[:MOST_FOOTER_EDITIONS]

    @property
    def other_switch(self) -> list[EditionLink]:
        """What the footer has no room for at once."""
        return self.switch[MOST_FOOTER_EDITIONS:]

    @property
    def has_news(self) -> bool:
        """Whether there is something to follow."""
        return any(link.key == "news" for link in self.links)

    @property
    def header_links(self) -> list[Link]:
        """As many as fit, in the order of the menu."""
        lengths = accumulate(len(link.label) for link in self.links)
        fitting = sum(length <= MOST_HEADER_CHARACTERS for length in lengths)
        return self.links[: min(fitting, MOST_HEADER_LINKS)]

    @property
    def bar_links(self) -> list[Link]:
        """The two links of the phone's bar: agenda and speakers where they exist."""
        first = [link for link in self.links if link.key in {"agenda", "speakers"}]
        return (first + [link for link in self.links if link not in first])[:2]


def frame_of(event: Event | None, here: str = "") -> Frame:
    """Return the frame of an edition in four queries, or that of a page which belongs to none in no query.

    ``here`` is the key of the page in the menu, so that the switcher leads to the same kind of page.
    """
    if event is None:
        of_the_site = [("editions", _("All editions"), "pages:editions"), ("library", _("Documents"), "events:library")]
        return Frame(links=_links([(*place, ()) for place in of_the_site]))
    editions = editions_of_series(event, here)
    accent = "" if event.accent.upper() == DEFAULT_ACCENT else event.accent[1:].lower()
    later = [one for one in editions if one.starts_on > event.starts_on and one.status == EventStatus.PUBLISHED]
    following = min(later, key=lambda one: one.starts_on, default=None)
    contents = edition_contents(event, Exists(Partnership.objects.filter(event=OuterRef("pk"))))
    return Frame(
        links=event_links(event, contents),
        is_by_day=contents.is_by_day,
        editions=editions[:MOST_FOOTER_EDITIONS],
        accent=accent,
        following=following,
        switch=edition_links(event, editions, here),
        announcements=list(event.announcements.running()),
        venue_page=contents.venue_page.get_absolute_url() if contents.venue_page else "",
    )


def event_links(event: Event, contents: Contents) -> list[Link]:
    """Return the menu of an edition: only what exists; the other question was whether it has partners."""
    [has_partners] = contents.others
    places = [
        ("about", _("About"), "events:about", contents.has_about),
        ("agenda", _("Agenda"), "events:agenda", contents.has_agenda),
        ("speakers", _("Speakers"), "events:speakers", contents.has_speakers),
        ("partners", _("Partners"), "partners:partners", has_partners),
        ("news", _("News"), "events:news", contents.has_news),
        ("documents", _("Documents"), "events:documents", contents.has_documents),
    ]
    known = [(key, label, name, (event.slug,)) for key, label, name, exists in places if exists]
    pages = [(page.slug, str(page.title), "events:page", (event.slug, page.slug)) for page in contents.pages]
    return _links([*known, *pages])


def _links(places: list[tuple[str, str, str, tuple[str, ...]]]) -> list[Link]:
    found = []
    for key, label, name, arguments in places:
        try:
            found.append(Link(key, label, reverse(name, args=arguments)))
        except NoReverseMatch:
            continue
    return found
