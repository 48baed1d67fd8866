"""The changes of a programme in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.domain.changes import Change
from events.enums import AppearanceRole, ChangeKind, SessionType, label_of
from events.models import Event, ProgrammeVersion
from events.queries.changes import addresses_of_sessions, versions_of
from events.templatetags.agenda import clock_span
from forum_site.lib.bilingual import LANGUAGES
from forum_site.lib.moments import day_label, is_chinese


@dataclass(frozen=True)
class ChangeLine:
    """One change: the session, with its address where it has a page, and what was and what is, as far as it is said."""

    title: str
    url: str
    person: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangeGroup:
    """All changes of one kind."""

    label: str
    lines: list[ChangeLine]


@dataclass(frozen=True)
class DescribedVersion:
    """A version with its changes in words."""

    version: ProgrammeVersion
    groups: list[ChangeGroup]


def described_versions(event: Event) -> list[DescribedVersion]:
    """Return all versions in words, the newest first, in the current language; two queries."""
    addresses = addresses_of_sessions(event)
    return [
        DescribedVersion(
            version=version,
            groups=groups_of(version.changes, event, addresses),
        )
        for version in versions_of(event)
    ]


def groups_of(changes: Iterable[Change], event: Event, addresses: Mapping[str, str] | None = None) -> list[ChangeGroup]:
    """Return changes by kind; they come in the order of the kinds."""
    return [
        ChangeGroup(str(ChangeKind(kind).label), [_line(change, event, addresses or {}) for change in group])
        for kind, group in groupby(changes, key=lambda change: change["kind"])
    ]


def _line(change: Change, event: Event, addresses: Mapping[str, str]) -> ChangeLine:
    kind = ChangeKind(change["kind"])
    words = _WORDS.get(kind)
    old, new = (words(value, event) if words and value else "" for value in (change["old"], change["new"]))
    person = _name(change["new"], event) if kind in _OF_A_PERSON else ""
    return ChangeLine(_text(change["title"]), addresses.get(change["guid"], ""), person, old, new)


def _text(both: Mapping[str, str]) -> str:
    """The text in the current language, else in the other one."""
    language = "zh-hans" if is_chinese(get_language() or "en") else "en"
    return both.get(language) or next((both[other] for other in LANGUAGES if both.get(other)), "")


def _title(both: Mapping[str, str], _event: Event) -> str:
    return _text(both)


def _time(times: Mapping[str, Any], event: Event) -> str:
    """Day and time, which scripts may show in another zone."""
    day = dt.date.fromisoformat(times["day"])
    label = day_label(day, get_language() or "en")
    if not times["starts_at"]:
        return label
    start, end = (dt.datetime.fromisoformat(at) if at else None for at in (times["starts_at"], times["ends_at"]))
    words = format_html(
        _("%(day)s, %(time)s") % {"day": label, "time": "{}"}, clock_span(start, end, event.timezone_name, day)
    )
    return format_html('<span data-day="{}">{}</span>', day.isoformat(), words)


def _type(value: str, _event: Event) -> str:
    return label_of(SessionType, value)


def _name(person: Mapping[str, Any], _event: Event) -> str:
    return _text(person["name"])


def _role(person: Mapping[str, Any], _event: Event) -> str:
    return _text(person["label"]) or label_of(AppearanceRole, person["role"])


def _part(person: Mapping[str, Any], event: Event) -> str:
    words = {"role": _role(person, event), "name": _name(person, event)}
    return _("%(role)s: %(name)s") % words


def _affiliation(person: Mapping[str, Any], _event: Event) -> str:
    return _text(person["title"])


_WORDS: dict[ChangeKind, Callable[[Any, Event], str]] = {
    ChangeKind.ADDED: _time,
    ChangeKind.WITHDRAWN: _time,
    ChangeKind.MOVED: _time,
    ChangeKind.ROOM: _title,
    ChangeKind.TITLE: _title,
    ChangeKind.TYPE: _type,
    ChangeKind.PERSON_ADDED: _part,
    ChangeKind.PERSON_REMOVED: _part,
    ChangeKind.PERSON_REPLACED: _part,
    ChangeKind.PERSON_ROLE: _role,
    ChangeKind.PERSON_NAME: _name,
    ChangeKind.PERSON_TITLE: _affiliation,
}
_OF_A_PERSON = {ChangeKind.PERSON_ROLE, ChangeKind.PERSON_TITLE}
