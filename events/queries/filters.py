"""What a visitor asks of the agenda, as it stands in the address of the page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from events.enums import AttendanceMode, SessionType
from events.hooks import CoHost
from events.models import Session, Track
from events.queries.agenda import AgendaDay, AgendaSession, only
from events.wording import language_name
from forum_site.lib.bilingual import columns
from forum_site.lib.moments import is_within_hours, is_zone

LONGEST_TEXT = 100
MOST_WORDS = 8
MOST_OWN = 500
#: More would make a QR code that phones cannot read from a screen.
MOST_IN_CODE = 80
#: A link to a personal choice as pages write it: short names in order, each once.
OWN_LINK = re.compile(rf"[0-9a-f]{{8}}(?:-[0-9a-f]{{8}}){{0,{MOST_IN_CODE - 1}}}")
#: Who looks for one of these can also attend what takes place in both ways.
MODES = (AttendanceMode.ONSITE, AttendanceMode.ONLINE)
NOT_OFFERED = frozenset({SessionType.BREAK, SessionType.PART})

SESSION_TEXTS = [name for field in ("title", "label", "abstract", "section_heading") for name in columns(field)]
PRINTED_TEXTS = [name for field in ("printed_name", "printed_title", "label") for name in columns(field)]
SPEAKER_TEXTS = [*columns("name"), "native_name"]

CoHosts = Mapping[int, Sequence[CoHost]]


@dataclass(frozen=True)
class Option:
    """A value that can be asked for, its words, and the number of sessions that have it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    track: Track | None = None


@dataclass(frozen=True)
class Wishes:
    """What is asked for; an empty value asks for everything. ``own`` is None, or the short names of chosen sessions."""

    tracks: frozenset[str] = frozenset()
    type: str = ""
    mode: str = ""
    language: str = ""
    partner: str = ""
    zone: str = ""
    text: str = ""
    own: frozenset[str] | None = None

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return self != Wishes()

    @property
    def any_in_lists(self) -> bool:
        """Whether one of the lists is set."""
        return bool(self.type or self.mode or self.language or self.partner or self.zone)

    @cached_property
    def words(self) -> list[str]:
        """The words of the text as they are compared."""
        return folded(self.text).split()[:MOST_WORDS]


class Choices:
    """What the sessions of a programme can be asked for; values that none of them has are not known."""

    def __init__(self, days: list[AgendaDay], cohosts: CoHosts) -> None:
        self.cohosts = cohosts
        self.entries = [one for day in days for one in day.sessions if not one.session.is_break]
        self.sessions = [one.session for one in self.entries]

    @cached_property
    def tracks(self) -> dict[str, Track]:
        """Tracks by address, in their own order."""
        found = {one.track.slug: one.track for one in self.sessions if one.track}
        return dict(sorted(found.items(), key=lambda pair: pair[1].position))

    @cached_property
    def types(self) -> dict[str, str]:
        """Words by type, in the order of the list of types."""
        present = {one.type for one in self.sessions} - NOT_OFFERED
        return {kind.value: str(kind.label) for kind in SessionType if kind in present}

    @cached_property
    def modes(self) -> dict[str, str]:
        """Words by form; nothing where all sessions can be attended in the same way."""
        present = {one.mode for one in self.sessions if one.mode}
        return {mode.value: str(mode.label) for mode in MODES} if len(present) > 1 else {}

    @cached_property
    def languages(self) -> dict[str, str]:
        """Names by code, the most frequent first."""
        counts = Counter(code for one in self.sessions for code in one.languages)
        return {code: language_name(code) for code, _count in counts.most_common()}

    @cached_property
    def partners(self) -> dict[str, str]:
        """Names of co-hosts by address, in protocol order of the first session each co-hosts."""
        shown = (cohost for one in self.sessions for cohost in self.cohosts.get(one.pk, []))
        return {cohost.slug: cohost.full_name for cohost in shown}


def read_wishes(query: MultiValueDict[str, str], choices: Choices) -> Wishes:
    """Return what the parameters ask for; whatever is not known is ignored."""
    own = query.get("mine")
    return Wishes(
        tracks=frozenset(query.getlist("track")) & choices.tracks.keys(),
        type=_known(query.get("type"), choices.types),
        mode=_known(query.get("mode"), choices.modes),
        language=_known(query.get("language"), choices.languages),
        partner=_known(query.get("partner"), choices.partners),
        zone=_zone(query.get("zone", "")),
        text=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_TEXT].strip(),
        own=None if own is None else short_names(own),
    )


def wanted(days: list[AgendaDay], wishes: Wishes, cohosts: CoHosts) -> list[AgendaDay]:
    """Return the days with what is asked for; breaks stand only in the whole programme."""
    return only(days, lambda entry: matches(entry, wishes, cohosts)) if wishes.any else days


def matches(entry: AgendaSession, wishes: Wishes, cohosts: CoHosts) -> bool:
    """Say whether a session is asked for; its parts and people count as its own."""
    session = entry.session
    return (
        not session.is_break
        and (not wishes.tracks or (session.track is not None and session.track.slug in wishes.tracks))
        and wishes.type in {"", session.type}
        and (not wishes.mode or session.mode in {wishes.mode, AttendanceMode.MIXED})
        and (not wishes.language or wishes.language in session.languages)
        and (not wishes.partner or wishes.partner in {cohost.slug for cohost in cohosts.get(session.pk, [])})
        and (not wishes.zone or _is_convenient(session, wishes.zone))
        and (wishes.own is None or short_name(session) in wishes.own)
        and (not wishes.words or _has_words(entry, wishes.words))
    )


def options(known: Mapping[str, str], chosen: Iterable[str], counts: Mapping[str, int] | None = None) -> list[Option]:
    """Return the values as options of a list."""
    chosen = set(chosen)
    return [Option(value, label, (counts or {}).get(value, 0), value in chosen) for value, label in known.items()]


def track_options(choices: Choices, chosen: Iterable[str]) -> list[Option]:
    """Return the tracks with the number of sessions of each in the whole programme."""
    chosen = set(chosen)
    counts = Counter(one.track.slug for one in choices.sessions if one.track)
    return [Option(slug, str(one.name), counts[slug], slug in chosen, one) for slug, one in choices.tracks.items()]


def short_name(session: Session) -> str:
    """Return eight figures that stand for the session in links to a personal choice, stable for ever."""
    return str(session.guid.hex[:8])


def short_names(link: str) -> frozenset[str]:
    """Return the short names in a link to a personal choice; whatever else stands there is ignored."""
    return frozenset(re.findall(r"[0-9a-f]{8}", link[: 9 * MOST_OWN]))


def folded(text: str) -> str:
    """Return the text without case, accents and full-width forms, for comparing."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _has_words(entry: AgendaSession, words: list[str]) -> bool:
    texts = folded("\n".join(_texts(entry)))
    return all(word in texts for word in words)


def _texts(entry: AgendaSession) -> Iterable[str]:
    for session in (entry.session, *(part.session for part in entry.parts)):
        yield from _fields(session, SESSION_TEXTS)
    for talk in entry.all_talks:
        yield from _fields(talk, PRINTED_TEXTS)
        yield from _fields(talk.speaker, SPEAKER_TEXTS)


def _fields(thing: Any, names: list[str]) -> list[str]:
    return [getattr(thing, name) for name in names]


def _is_convenient(session: Session, zone_name: str) -> bool:
    start = session.starts_at
    return start is not None and is_within_hours(start, session.ends_at, zone_name)


def _known(value: str | None, known: Mapping[str, str]) -> str:
    return value if value and value in known else ""


def _zone(name: str) -> str:
    return name if is_zone(name) else ""
