"""The files of the sample content hold together."""

from __future__ import annotations

import re

import pytest

from forum_site.sample.files import EDITIONS, FOLDER, both_languages, read_editions, spread


def test_editions_are_read_in_the_order_in_which_they_took_place():
    assert [edition["event"]["slug"] for edition in read_editions()] == [
        "aicg-2020",
        "aicg-2021",
        "aicg-2022",
        "calavine-forum-sample",
    ]


def test_editions_of_one_kind_can_be_asked_for():
    assert [edition["event"]["slug"] for edition in read_editions("invented")] == ["calavine-forum-sample"]


def test_every_file_belongs_to_an_edition():
    named = {name for editions in EDITIONS.values() for names in editions for name in names}
    assert named == {path.name for path in FOLDER.glob("*.yaml")}


def test_both_languages_takes_english_alone():
    assert both_languages("label", "Host") == {"label_en": "Host"}


def test_both_languages_takes_two_texts():
    assert both_languages("name", {"en": "Hall", "zh": "大厅\n"}) == {"name_en": "Hall", "name_zh_hans": "大厅"}


def test_both_languages_leaves_out_what_is_not_known():
    assert both_languages("name", None) == {}


def test_spread_names_the_fields_of_the_model():
    assert spread({"heading": {"zh": "今日"}}, heading="section_heading") == {"section_heading_zh_hans": "今日"}


@pytest.mark.parametrize("edition", read_editions("invented"), ids=lambda edition: edition["event"]["slug"])
def test_invented_edition_is_complete_in_both_languages(edition):
    assert one_language_only(edition) == []


def test_invented_edition_names_no_address_outside_example():
    text = "".join((FOLDER / name).read_text(encoding="utf-8") for name in EDITIONS["invented"][0])
    hosts = re.findall(r"(?:https?://|[\w.]@)([\w.-]+)", text)
    assert hosts
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_invented_edition_keeps_talks_inside_their_sessions_and_apart():
    for edition in read_editions("invented"):
        for session in edition["sessions"]:
            for item in [session, *session.get("parts", [])]:
                times = [(talk["start"], talk["end"]) for talk in item.get("talks", []) if "start" in talk]
                assert times == sorted(times)
                assert all(item["start"] <= start < end <= item["end"] for start, end in times)


def test_invented_edition_has_nobody_in_two_places_at_once():
    [edition] = read_editions("invented")
    seen = [
        (session["day"], session["start"], talk["person"])
        for session in edition["sessions"]
        for talk in session.get("talks", [])
    ]
    assert len(seen) == len(set(seen))


def one_language_only(value, path=""):
    """Return where a mapping of languages lacks one of them."""
    if isinstance(value, list):
        return [found for number, item in enumerate(value) for found in one_language_only(item, f"{path}[{number}]")]
    if not isinstance(value, dict):
        return []
    if value.keys() & {"en", "zh"} and not (value.get("en") and value.get("zh")):
        return [path]
    return [found for key, item in value.items() for found in one_language_only(item, f"{path}.{key}")]
