"""The page of the agenda: what is shown, out of what, and how it can be asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.datastructures import MultiValueDict

from events.hooks import cohosts_of
from events.models import Event
from events.queries.agenda import EVERYTHING, MOST_ON_A_PAGE, AgendaDay, AgendaSession, agenda_days
from events.queries.filters import (
    MOST_IN_CODE,
    Choices,
    CoHosts,
    Option,
    Wishes,
    options,
    read_wishes,
    short_name,
    track_options,
    wanted,
)
from events.queries.now import Now, now_in
from forum_site.lib.moments import local_day

ALL_DAYS = "all"


@dataclass(frozen=True)
class Tab:
    """A day of the programme as it is offered; ``query`` is empty where it is further down on the same page."""

    date: dt.date
    query: str
    is_shown: bool


@dataclass(frozen=True)
class AgendaPage:
    """The days that are shown and the choices there are; four queries, however many sessions.

    ``tabs`` lead to the days; ``is_by_day`` says that one of several is shown. ``total`` and ``count`` are numbers
    of sessions without breaks, in the programme and on the page.
    """

    days: list[AgendaDay]
    wishes: Wishes
    choices: Choices
    cohosts: CoHosts
    now: Now | None
    shows_abstracts: bool = False
    tabs: list[Tab] = field(default_factory=list)
    is_by_day: bool = False

    @property
    def total(self) -> int:
        """How many sessions the programme has."""
        return len(self.choices.sessions)

    @property
    def shown(self) -> list[AgendaSession]:
        """The sessions on the page."""
        return [one for day in self.days for one in day.sessions if not one.session.is_break]

    @property
    def count(self) -> int:
        """How many sessions are on the page."""
        return len(self.shown)

    @property
    def first_date(self) -> dt.date | None:
        """The day that a reader sees first; None where it is today that counts."""
        dates = [tab.date for tab in self.tabs]
        return None if not dates or self.is_by_day or (self.now and self.now.today in dates) else dates[0]

    @property
    def is_large(self) -> bool:
        """Whether there are so many sessions that a browser should not lay all of them out."""
        return self.total > MOST_ON_A_PAGE

    @property
    def is_brief(self) -> bool:
        """Whether so many sessions are open that parallel ones name their people in a line, without part and title."""
        slots = [slot for day in self.days for slot in day.slots if not slot.is_folded]
        return sum(len(slot.sessions) for slot in slots) > MOST_ON_A_PAGE

    @property
    def own_slugs(self) -> str:
        """The addresses of the sessions on the page for the calendar of a personal choice."""
        return ",".join(one.session.slug for one in self.shown)

    @property
    def own_link(self) -> str:
        """The short names asked for, as they stand in a link."""
        return "-".join(sorted(self.wishes.own or ()))

    @property
    def code_link(self) -> str:
        """The short names of the sessions on the page, for a QR code; "" where they are too many for one."""
        names = [short_name(one.session) for one in self.shown]
        return "-".join(sorted(names)) if len(names) <= MOST_IN_CODE else ""

    @property
    def has_abstracts(self) -> bool:
        """Whether any session or part has an abstract."""
        entries = self.choices.entries
        return any(str(one.session.abstract) for entry in entries for one in (entry, *entry.parts))

    @property
    def tracks(self) -> list[Option]:
        """The tracks, where there are several."""
        return track_options(self.choices, self.wishes.tracks) if len(self.choices.tracks) > 1 else []

    @property
    def types(self) -> list[Option]:
        """The types, where there are several."""
        return _several(self.choices.types, self.wishes.type)

    @property
    def modes(self) -> list[Option]:
        """The forms, where they differ."""
        return _several(self.choices.modes, self.wishes.mode)

    @property
    def languages(self) -> list[Option]:
        """The languages, where there are several."""
        return _several(self.choices.languages, self.wishes.language)

    @property
    def partners(self) -> list[Option]:
        """The co-hosts, where there are any."""
        return options(self.choices.partners, [self.wishes.partner])


def agenda_page(event: Event, query: MultiValueDict[str, str], *, at: dt.datetime | None = None) -> AgendaPage:
    """Return the page for the parameters of an address; ``at`` decides about embargoes (by default now)."""
    days = agenda_days(event, at=at)
    cohosts = cohosts_of(event)
    choices = Choices(days, cohosts)
    wishes = read_wishes(query, choices)
    shown = wanted(days, wishes, cohosts)
    shows_abstracts = query.get("abstracts") == "yes"
    offered = len(choices.sessions) > MOST_ON_A_PAGE and len(days) > 1 and not wishes.any
    is_by_day = offered and query.get("day") != ALL_DAYS
    if is_by_day:
        shown = [_day_of(event, days, query.get("day"), at)]
    tabs = [Tab(day.date, f"?day={day.date}" if is_by_day else "", is_by_day and day in shown)
            for day in (days if offered else shown)]  # fmt: skip
    now = now_in(event, shown, at=at)
    if is_by_day and query.get("show") != EVERYTHING:
        shown = [folded_day(shown[0], _first_open(shown[0], query.get("from"), now))]
    return AgendaPage(shown, wishes, choices, cohosts, now, shows_abstracts, tabs, is_by_day)


def _day_of(event: Event, days: list[AgendaDay], wanted: str | None, at: dt.datetime | None) -> AgendaDay:
    """Return the day asked for, else today, else the first."""
    dates = {str(day.date): day for day in days}
    today = str(local_day(event.timezone_name, at))
    return dates.get(wanted or "") or dates.get(today) or days[0]


def folded_day(day: AgendaDay, first: int) -> AgendaDay:
    """Return the day with no more sessions open than fit on a page; other parallel ones are folded to a line a slot.

    From the slot with the number ``first`` on, which is open in any case, slots are open as far as they fit.
    """
    if len(day.sessions) <= MOST_ON_A_PAGE:
        return day
    left, slots = MOST_ON_A_PAGE, []
    for number, slot in enumerate(day.slots):
        fits = number == first or (number > first and len(slot.sessions) <= left)
        if fits and slot.is_parallel:
            left -= len(slot.sessions)
        slots.append(replace(slot, is_folded=slot.is_parallel and not fits))
    return replace(day, slots=slots)


def _first_open(day: AgendaDay, slug: str | None, now: Now | None) -> int:
    """Return the number of the slot with the session of this address, else of the first that is not over, else 0."""
    for number, slot in enumerate(day.slots):
        if slug and slug in {one.session.slug for one in slot.sessions}:
            return number
    spans = now.spans if now else {}
    for number, slot in enumerate(day.slots):
        span = spans.get(("slot", slot.sessions[0].session.pk))
        if now and span and span.ends_at > now.at:
            return number
    return 0


def _several(known: dict[str, str], chosen: str) -> list[Option]:
    return options(known, [chosen]) if len(known) > 1 else []
