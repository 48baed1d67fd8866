"""What changed between two snapshots of a programme; pure, knows nothing of the database.

A snapshot is a dictionary by the session's identifier, as ``events.queries.snapshot`` takes it. A text in both
languages is a dictionary with ``en`` and ``zh-hans``. All of it can be kept as JSON.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from events.enums import ChangeKind, SessionStatus

Entry = Mapping[str, Any]
Snapshot = Mapping[str, Entry]
Change = dict[str, Any]

TIMES = ("day", "starts_at", "ends_at")
PERSON_FIELDS = {
    ChangeKind.PERSON_NAME: ("name",),
    ChangeKind.PERSON_ROLE: ("role", "label"),
    ChangeKind.PERSON_TITLE: ("title",),
}
_RANKS = {kind: rank for rank, kind in enumerate(ChangeKind)}


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return every difference once, as dictionaries with kind, guid and title of the session, old and new value.

    ``old`` and ``new`` are None where there was or is nothing. Neither the order of sessions nor that of people counts.
    """
    found: list[Change] = []
    for guid in before.keys() | after.keys():
        found += _of_session(guid, before.get(guid), after.get(guid))
    return sorted(found, key=_place)


def _of_session(guid: str, old: Entry | None, new: Entry | None) -> Iterator[Change]:
    shown = new or old
    if shown is None:
        return

    def change(kind: ChangeKind, before: Any = None, after: Any = None) -> Change:
        return {"kind": kind.value, "guid": guid, "title": shown["title"], "old": before, "new": after}

    if old is None:
        yield change(ChangeKind.ADDED, None, _times(shown))
    elif new is None:
        yield change(ChangeKind.WITHDRAWN, _times(shown), None)
    else:
        for kind, before, after in _of_both(old, new):
            yield change(kind, before, after)


def _of_both(old: Entry, new: Entry) -> Iterator[tuple[ChangeKind, Any, Any]]:
    if old["status"] != new["status"]:
        is_off = new["status"] == SessionStatus.CANCELLED
        yield (ChangeKind.CANCELLED if is_off else ChangeKind.RETURNED), None, None
    if _times(old) != _times(new):
        yield ChangeKind.MOVED, _times(old), _times(new)
    for kind, field in ((ChangeKind.ROOM, "room"), (ChangeKind.TITLE, "title"), (ChangeKind.TYPE, "type")):
        if old[field] != new[field]:
            yield kind, old[field], new[field]
    yield from _of_people(old["people"], new["people"])


def _times(entry: Entry) -> dict[str, Any]:
    return {name: entry[name] for name in TIMES}


def _of_people(old: list[Entry], new: list[Entry]) -> Iterator[tuple[ChangeKind, Any, Any]]:
    gone: list[Entry] = []
    come: list[Entry] = []
    for before, after in _pairs(old, new):
        if before and after:
            yield from _of_person(before, after)
        elif before:
            gone.append(before)
        elif after:
            come.append(after)
    yield from _replacements(gone, come)


def _pairs(old: list[Entry], new: list[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Pair the parts of the same person; whoever has several in one session keeps the equal ones paired first."""
    before, after = _by(old, "guid"), _by(new, "guid")
    for guid in sorted(before.keys() | after.keys()):
        left, right = _without_equals(before[guid], after[guid])
        for number in range(max(len(left), len(right))):
            yield (left[number] if number < len(left) else None), (right[number] if number < len(right) else None)


def _without_equals(left: list[Entry], right: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    rest = list(right)
    gone = []
    for entry in left:
        if entry in rest:
            rest.remove(entry)
        else:
            gone.append(entry)
    return gone, rest


def _of_person(before: Entry, after: Entry) -> Iterator[tuple[ChangeKind, Any, Any]]:
    for kind, fields in PERSON_FIELDS.items():
        if any(before[field] != after[field] for field in fields):
            yield kind, before, after


def _replacements(gone: list[Entry], come: list[Entry]) -> Iterator[tuple[ChangeKind, Any, Any]]:
    """Where one person leaves a role and one takes it, the one replaces the other; else nobody can say who whom."""
    left, entered = _by(gone, "role"), _by(come, "role")
    for role in sorted(left.keys() | entered.keys()):
        if len(left[role]) == len(entered[role]) == 1:
            yield ChangeKind.PERSON_REPLACED, left[role][0], entered[role][0]
            continue
        for entry in left[role]:
            yield ChangeKind.PERSON_REMOVED, entry, None
        for entry in entered[role]:
            yield ChangeKind.PERSON_ADDED, None, entry


def _by(entries: Iterable[Entry], field: str) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_written):
        found[entry[field]].append(entry)
    return found


def _place(change: Change) -> tuple[Any, ...]:
    when = change["new"] or change["old"] or {}
    day = when.get("starts_at") or when.get("day") or "" if isinstance(when, dict) else ""
    return _RANKS[ChangeKind(change["kind"])], day, change["title"]["en"], change["guid"], _written(change)


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
