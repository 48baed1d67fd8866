"""What changed between two snapshots of a programme."""

from __future__ import annotations

import copy
import random

from hypothesis import given
from hypothesis import strategies as st

from events.domain.changes import changes_between

SMALL = st.sampled_from(["a", "b", "c"])
TEXT = st.fixed_dictionaries({"en": SMALL, "zh-hans": SMALL})
PERSON = st.fixed_dictionaries(
    {"guid": SMALL, "name": TEXT, "role": st.sampled_from(["keynote", "chair"]), "label": TEXT, "title": TEXT}
)
SESSION = st.fixed_dictionaries(
    {
        "title": TEXT,
        "day": st.sampled_from(["2026-12-10", "2026-12-11"]),
        "starts_at": st.sampled_from([None, "2026-12-10T01:00:00+00:00", "2026-12-10T02:00:00+00:00"]),
        "ends_at": st.sampled_from([None, "2026-12-10T03:00:00+00:00"]),
        "room": st.none() | TEXT,
        "status": st.sampled_from(["published", "cancelled"]),
        "type": st.sampled_from(["plenary", "panel"]),
        "people": st.lists(PERSON, max_size=3),
    }
)
SNAPSHOT = st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), SESSION, max_size=3)


def shuffled(snapshot):
    """The same programme in another order of sessions and people."""
    copied = copy.deepcopy(snapshot)
    for entry in copied.values():
        random.Random(1).shuffle(entry["people"])
    return dict(reversed(copied.items()))


@given(SNAPSHOT)
def test_a_programme_has_not_changed_against_itself(snapshot):
    assert changes_between(snapshot, shuffled(snapshot)) == []


@given(SNAPSHOT, SNAPSHOT)
def test_changes_do_not_depend_on_any_order(before, after):
    assert changes_between(before, after) == changes_between(shuffled(before), shuffled(after))


@given(SNAPSHOT, SNAPSHOT)
def test_what_differs_is_reported_and_reported_once(before, after):
    changes = changes_between(before, after)

    keys = [(one["kind"], one["guid"]) for one in changes if not one["kind"].startswith("person")]
    assert len(keys) == len(set(keys))
    assert {one["guid"] for one in changes} == {
        guid
        for guid in before.keys() | after.keys()
        if shuffled_entry(before.get(guid)) != shuffled_entry(after.get(guid))
    }


@given(SNAPSHOT, SNAPSHOT)
def test_the_way_back_has_as_many_changes(before, after):
    there, back = changes_between(before, after), changes_between(after, before)

    assert len(there) == len(back)
    assert sorted(map(repr, (one["old"] for one in there))) == sorted(map(repr, (one["new"] for one in back)))


@given(SNAPSHOT, SNAPSHOT)
def test_people_are_accounted_for(before, after):
    """Applying added, removed and replaced people to the old list gives the people of the new one."""
    for guid in before.keys() & after.keys():
        people = sorted(one["guid"] for one in before[guid]["people"])
        for change in changes_between({guid: before[guid]}, {guid: after[guid]}):
            if change["kind"] in {"person_removed", "person_replaced"}:
                people.remove(change["old"]["guid"])
            if change["kind"] in {"person_added", "person_replaced"}:
                people.append(change["new"]["guid"])
        assert sorted(people) == sorted(one["guid"] for one in after[guid]["people"])


def shuffled_entry(entry):
    """An entry that compares alike whatever the order of its people."""
    return entry and entry | {"people": sorted(map(repr, entry["people"]))}


def session(**fields):
    """A session of a snapshot."""
    return {
        "title": {"en": "Opening", "zh-hans": "开幕式"},
        "day": "2026-12-10",
        "starts_at": None,
        "ends_at": None,
        "room": None,
        "status": "published",
        "type": "opening",
        "people": [],
    } | fields


def person(guid, **fields):
    """A person of a snapshot."""
    both = {"en": guid, "zh-hans": guid}
    return {"guid": guid, "name": both, "role": "keynote", "label": both, "title": both} | fields


def kinds(before, after):
    """The kinds of changes of one session."""
    return [one["kind"] for one in changes_between({"s": before}, {"s": after})]


def test_one_who_leaves_a_role_and_one_who_takes_it_are_a_replacement():
    assert kinds(session(people=[person("ada")]), session(people=[person("ben")])) == ["person_replaced"]


def test_nobody_replaces_anybody_where_roles_differ_or_several_change():
    chair = person("ben", role="chair")

    assert kinds(session(people=[person("ada")]), session(people=[chair])) == ["person_added", "person_removed"]
    assert kinds(session(people=[person("ada"), person("eve")]), session(people=[person("ben")])) == [
        "person_added",
        "person_removed",
        "person_removed",
    ]


def test_a_new_part_and_a_new_title_of_the_same_person_are_two_changes():
    promoted = person("ada", role="chair", title={"en": "Director", "zh-hans": "主任"})

    assert kinds(session(people=[person("ada")]), session(people=[promoted])) == ["person_role", "person_title"]


def test_cancelling_and_taking_place_after_all_are_told_apart():
    off = session(status="cancelled")

    assert (kinds(session(), off), kinds(off, session())) == (["cancelled"], ["returned"])
