"""Where Chinese headings may break."""

import pytest

from forum_site.lib.chinese_words import chinese_pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("后疫情时代的人工智能国际合作与治理", "后疫情时代的|人工智能|国际合作|与治理"),
        ("如何构建一个平衡包容的人工智能治理体系", "如何|构建|一个|平衡|包容的|人工智能|治理|体系"),
        ("首届“清华大学人工智能合作与治理国际论坛”", "首届|“清华大学|人工智能|合作|与治理|国际论坛”"),
        ("预警及时：风险预测与危机应对", "预警|及时：|风险|预测|与危机|应对"),
        ("专题论坛3：AI治理的第二部分（上）", "专题论坛|3：AI治理的|第二部分|（上）"),
        ("赫斯特马克公共数字化局", "赫斯特马克|公共|数字化局"),
        ("", ""),
        ("AI Governance", "AI Governance"),
    ],
)
def test_chinese_pieces_end_where_words_end(text, pieces):
    assert "|".join(chinese_pieces(text)) == pieces


@pytest.mark.parametrize("text", ["，。", "与", "的", "与和", "甲乙丙丁戊己庚辛壬癸", "“”，的的"])
def test_chinese_pieces_join_to_the_text(text):
    assert "".join(chinese_pieces(text)) == text


def test_chinese_pieces_never_start_with_a_closing_sign():
    pieces = chinese_pieces("规则、标准，“治理”；国际（合作）：未来！")

    assert not [piece for piece in pieces if piece[0] in "、，”；）：！"]
