"""Drawing of cards: lines, fonts, picture."""

import io

import pytest
from PIL import Image

from forum_site.lib.cards import Card, can_draw, draw_card
from forum_site.lib.cards.setting import fit, pieces
from forum_site.lib.cards.typefaces import Typefaces, plain, runs

LONG = "International Cooperation and Accountable Governance for a Resilient Future " * 4


def test_runs_change_the_font_where_the_script_changes():
    assert runs("论坛2026 Dvořák", "serif") == [
        ("song", "论坛"),
        ("serif-latin", "2026 Dvořák"),
    ]


def test_quotes_look_like_the_signs_before_them():
    assert runs("“AI”", "sans") == [("sans-latin", "“AI”")]
    assert runs("谈“智”", "sans") == [("song", "谈“智”")]


def test_plain_text_is_one_line_of_composed_signs():
    assert plain("a\u200bb  \n e\u0301") == "ab é"


def test_chinese_lines_do_not_begin_with_a_comma():
    assert pieces("以实证，立信任 AI") == ["以实证，", "立", "信任 ", "AI"]


def test_fit_takes_the_first_size_that_needs_few_lines_enough():
    setting = fit("Evidence Before Trust", Typefaces(), face="serif", width=1056, sizes=[(76, 2), (64, 3)])

    assert (setting.lines, setting.size) == (["Evidence Before Trust"], 76)


@pytest.mark.parametrize("text", [LONG, "以实证立信任以智能惠公众" * 20])
def test_fit_cuts_what_is_too_long_for_every_size(text):
    faces = Typefaces()
    setting = fit(text, faces, face="serif", width=500, sizes=[(40, 2)])

    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith("…")
    assert max(faces.width(line, "serif", 40) for line in setting.lines) <= 500


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Dvořák – 林清河", True),
        ("TRỊNH Khánh Vy, Ǎ, ẞ, “€”", True),
        ("“智能”（AI）", True),
        ("龘", False),
        ("عربي", False),
    ],
)
def test_can_draw_knows_which_signs_the_fonts_have(text, can):
    assert can_draw(text) is can


def test_draw_card_gives_the_same_picture_for_the_same_words():
    card = Card("forum", "#4C2A8F", "论坛2026", LONG, "Second", "2026年12月10日", "北京")
    picture = draw_card(card)

    assert picture == draw_card(card)
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert len(picture) < 120_000


def test_every_latin_file_is_there():
    names = {name for face in ("serif", "sans") for name, _run in runs("Ařɓệ", face)}

    assert names == {f"{face}-{part}" for face in ("serif", "sans") for part in ("latin", "rest", "vietnamese")}
    assert all(Typefaces().font(name, 30) for name in names)


def test_draw_card_copes_with_nothing_but_a_title():
    assert draw_card(Card("forum", "#4C2A8F", "", "T")).startswith(b"\x89PNG")


def test_lines_do_not_end_inside_chinese_words():
    assert pieces("AI 与人工智能治理，未来") == ["AI ", "与人工智能", "治理，", "未来"]
