"""The page of the speakers: who is shown, in which order, and how they can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.utils.datastructures import MultiValueDict

from events.domain.naming import english_name
from events.models import Event, Session, Speaker
from events.queries.agenda import EVERYTHING
from events.queries.agenda import MOST_ON_A_PAGE as MOST_LISTED
from events.queries.filters import LONGEST_TEXT, MOST_WORDS, Option, folded, options
from events.queries.people import Person, people_of
from forum_site.lib.bilingual import columns
from forum_site.lib.names import fnv1a, sorting_name
from forum_site.lib.slugs import slugify_name

BY_NAME = "name"
#: So many people are on the page at first; a phone is busy for seconds with more.
MOST_AT_FIRST = 300
#: Stands for names without a Latin letter; comes last.
NO_LETTER = "~"


@dataclass(frozen=True)
class Wishes:
    """What is asked for; an empty value asks for everybody, in the order of the programme."""

    order: str = ""
    session: str = ""
    organization: str = ""
    country: str = ""

    @property
    def any(self) -> bool:
        """Whether only some of the people are asked for."""
        return bool(self.session or self.organization or self.country)


@dataclass(frozen=True)
class Letter:
    """People whose names begin with it; ``sign`` is "" for names that have no Latin letter."""

    sign: str
    people: list[Person]


@dataclass(frozen=True)
class SpeakersPage:
    """The people that are shown, and the choices there are; one query, however many they are."""

    everybody: list[Person]
    people: list[Person]
    wishes: Wishes
    choices: Choices
    shows_all: bool = False

    @property
    def total(self) -> int:
        """How many people are announced."""
        return len(self.everybody)

    @property
    def count(self) -> int:
        """How many of them are shown."""
        return len(self.people)

    @property
    def is_by_name(self) -> bool:
        """Whether the order of names is asked for."""
        return self.wishes.order == BY_NAME

    @cached_property
    def letters(self) -> list[Letter]:
        """The people in the order of their names, by first letters."""
        people = sorted(self.people, key=_name_key)
        return [Letter(sign.strip(NO_LETTER), list(group)) for sign, group in groupby(people, key=_letter)]

    @property
    def first_people(self) -> list[Person]:
        """Those who stand on the page in the order of the programme: hundreds only where they are asked for."""
        return self.people if self.shows_all or self.wishes.any else self.people[:MOST_AT_FIRST]

    @property
    def is_large(self) -> bool:
        """Whether there are so many that a browser should not lay all of them out."""
        return self.count > MOST_LISTED

    @property
    def sessions(self) -> Choice:
        """The sessions, where there are several."""
        return _choice(self.choices.sessions, self.wishes.session)

    @property
    def organizations(self) -> Choice:
        """The organizations, where there are several."""
        return _choice(self.choices.organizations, self.wishes.organization)

    @property
    def countries(self) -> Choice:
        """The countries and regions, where there are several."""
        return _choice(self.choices.countries, self.wishes.country)


@dataclass(frozen=True)
class Choice:
    """A list to choose from, or, where it would be too long, a line for words in which ``text`` stands."""

    options: list[Option] = field(default_factory=list)
    is_typed: bool = False
    text: str = ""


class Choices:
    """What the people of an edition can be asked for, by the value that stands in an address."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people

    @cached_property
    def sessions(self) -> dict[str, str]:
        """Titles of sessions, in the order of the programme."""
        wholes = {whole.pk: whole for person in self.people for whole in _wholes(person)}
        return {one.slug: str(one.title) for one in sorted(wholes.values(), key=_programme_key)}

    @cached_property
    def organizations(self) -> dict[str, str]:
        """Names of organizations, in alphabetical order; in Chinese in that of the usual character set."""
        return self._by_label(lambda speaker: (organization_key(speaker), str(speaker.organization)))

    @cached_property
    def countries(self) -> dict[str, str]:
        """Names of countries and regions, in alphabetical order."""
        return self._by_label(lambda speaker: (str(speaker.country), str(getattr(speaker.country, "name", ""))))

    def _by_label(self, pair_of: Callable[[Speaker], tuple[str, str]]) -> dict[str, str]:
        pairs = {pair_of(person.speaker) for person in self.people}
        return dict(sorted((pair for pair in pairs if pair[0]), key=lambda pair: alphabetical(pair[1])))


def speakers_page(event: Event, query: MultiValueDict[str, str]) -> SpeakersPage:
    """Return the page for the parameters of an address; whatever is not known is ignored."""
    everybody = people_of(event)
    choices = Choices(everybody)
    wishes = Wishes(
        order=BY_NAME if query.get("order") == BY_NAME else "",
        session=_asked(query.get("session"), choices.sessions),
        organization=_asked(query.get("organization"), choices.organizations),
        country=_asked(query.get("country"), choices.countries),
    )
    shows_all = query.get("show") == EVERYTHING
    return SpeakersPage(everybody, _wanted(everybody, wishes, choices), wishes, choices, shows_all)


def _wanted(people: list[Person], wishes: Wishes, choices: Choices) -> list[Person]:
    """Return those who are asked for, in their order."""
    sessions = _meant(wishes.session, choices.sessions)
    organizations = _meant(wishes.organization, choices.organizations)
    countries = _meant(wishes.country, choices.countries)
    return [
        one
        for one in people
        if (not wishes.session or any(whole.slug in sessions for whole in _wholes(one)))
        and (not wishes.organization or organization_key(one.speaker) in organizations)
        and (not wishes.country or str(one.speaker.country) in countries)
    ]


def organization_key(speaker: Speaker) -> str:
    """Return what stands for the person's organization in an address, the same in both languages; "" without one."""
    english, chinese = (str(getattr(speaker, column)) for column in columns("organization"))
    return slugify_name(english) or (f"{fnv1a(english or chinese):08x}" if english or chinese else "")


def alphabetical(text: str) -> bytes:
    """Return the key of alphabetical order; the usual Chinese characters stand in GB 18030 as they are pronounced."""
    return sorting_name(text).encode("gb18030", "replace")


def _wholes(person: Person) -> Iterable[Session]:
    return [one.session.parent or one.session for one in person.appearances]


def _programme_key(session: Session) -> tuple[object, ...]:
    start = session.starts_at
    return (session.day, start is None, start.timestamp() if start else 0, session.position, session.pk)


def _name_key(person: Person) -> tuple[str, bytes]:
    return (_letter(person), alphabetical(english_name(person.appearance) or person.appearance.name))


def _letter(person: Person) -> str:
    first = sorting_name(english_name(person.appearance))[:1]
    return first.upper() if "a" <= first <= "z" else NO_LETTER


def _choice(known: dict[str, str], asked: str) -> Choice:
    if len(known) > MOST_LISTED:
        return Choice(is_typed=True, text=known.get(asked, asked))
    return Choice(options(known, [asked]) if len(known) > 1 else [])


def _asked(text: str | None, known: dict[str, str]) -> str:
    """Return what is asked for: a known value, or words where values are too many to be listed."""
    words = (text or "").strip()[:LONGEST_TEXT]
    return words if words in known or len(known) > MOST_LISTED else ""


def _meant(asked: str, known: dict[str, str]) -> set[str]:
    """Return the values that are asked for: by themselves, by their label, or all whose labels have the words."""
    if exact := {value for value, label in known.items() if asked in {value, label}}:
        return exact
    words = folded(asked).split()[:MOST_WORDS]
    return {value for value, label in known.items() if all(word in folded(label) for word in words)}
