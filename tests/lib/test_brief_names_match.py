"""Known partners are recognised, and different ones are not taken for each other."""

from __future__ import annotations

import pytest

from forum_site.lib.brief import candidates, match_key

UNDP = "United Nations Development Programme"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Center for Humanitarian Dialogue", "Centre for Humanitarian Dialogue"),
        ("The Alan Turing Institute", "Alan Turing Institute"),
        (f"{UNDP} (UNDP)", UNDP),
        ("Institute of Rivers (I-RIV) of Valley University", "Institute of Rivers of Valley University"),
        ("Science & Technology Center", "Science and technology Centre"),
        ("SPARK Lab | Chengdu", "SPARK Lab Chengdu"),
        ("河谷大学 （北区）", "河谷大学(北区)"),
        ("河谷 大学", "河谷大学"),
        ("ＵＮ Women", "UN-Women"),
        ("Women’s Union", "Women's Union"),
        ("(UNDP)", "UNDP"),
    ],
)
def test_match_key_folds_what_makes_no_difference(one, other):
    assert match_key(one) == match_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Center for AI Governance", "Center for AI Governance (Beijing)"),
        ("河谷大学", "河谷大学（北区）"),
        ("Institute of Rivers", "Institute of Rivers (2022)"),
        ("Center of Rivers", "Institute of Rivers"),
    ],
)
def test_match_key_keeps_what_makes_a_difference(one, other):
    assert match_key(one) != match_key(other)
    assert candidates(one, [(1, [other])]) == []


@pytest.mark.parametrize("name", ["", "  ", "()", "—"])
def test_match_key_of_nothing_matches_nothing(name):
    assert match_key(name) == ""
    assert candidates(name, [(1, ["", "—", "()"])]) == []


@pytest.mark.parametrize("name", [UNDP, f"{UNDP} (UNDP)", "UNDP", "undp", "UN Development Programme (UNDP)", "开发署"])
def test_candidates_know_name_short_name_and_alias(name):
    known = [(1, ["UN Women", ""]), (2, [UNDP, "UNDP", "开发署"]), (3, [])]

    assert candidates(name, known) == [2]


@pytest.mark.parametrize("name", ["I-RIV", "Institute of Rivers", "IRIV"])
def test_candidates_know_an_acronym_in_the_brackets_of_a_known_name(name):
    assert candidates(name, [("a", ["Institute of Rivers (I-RIV)"])]) == ["a"]


def test_candidates_put_the_same_name_before_a_shared_acronym():
    known = [(1, ["Harbour Diary (HD)"]), (2, ["Humanitarian Dialogue"]), (2, ["Humanitarian Dialogue (HD)"])]

    assert candidates("Humanitarian Dialogue (HD)", known) == [2, 1]
