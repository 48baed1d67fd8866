"""Partner lists, and the labels they stand under."""

from __future__ import annotations

import pytest

from forum_site.lib.brief import read_brief
from forum_site.lib.brief.labels import label_of
from forum_site.lib.brief.partners import split_names

START = "Valley Forum 2022\nDate: 9-10 December 2022\n"
START_ZH = "河谷论坛\n时间：2022年12月9日至10日\n"


def names_of(text: str) -> list[str]:
    return [partner.name for partner in read_brief(text).partners]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Theme: A", "theme"),
        ("THEME：A", "theme"),
        ("Dates : A", "dates"),
        ("Date(s): A", "dates"),
        ("Date/Time: A", "dates"),
        ("Date & Time: A", "dates"),
        ("Format: A", "form"),
        ("Venue: A", "location"),
        ("Place: A", "location"),
        ("Language(s): A", "languages"),
        ("Working language: A", "languages"),
        ("Hosts: A", "host"),
        ("Co-host: A", "co_host"),
        ("Cohosts: A", "co_host"),
        ("Organisers: A", "organizer"),
        ("Co-organizers: A", "co_organizer"),
        ("Supporting Partner: A", "supporting"),
        ("International Supporting Partner(s): A", "supporting"),
        ("(International) Supporting Partners: A", "supporting"),
        ("International supporting organization: A", "supporting"),
        ("Other Partners: A", "partner"),
        ("Partners", "partner"),
        ("Sponsors: A", "sponsor"),
        ("Media partner: A", "media"),
        ("Background and Objective", "background"),
        ("BACKGROUND AND OBJECTIVES", "background"),
        ("Background & Objectives:", "background"),
        ("Title: A", "name"),
        ("Contact: A", "other"),
        ("主题：A", "theme"),
        ("主　题：A", "theme"),
        ("论坛主题：A", "theme"),
        ("时间:A", "dates"),
        ("会议日期：A", "dates"),
        ("形式：A", "form"),
        ("地点：A", "location"),
        ("语言：A", "languages"),
        ("工作语言：A", "languages"),
        ("主办：A", "host"),
        ("主办方：A", "host"),
        ("联合主办：A", "co_host"),
        ("承办单位：A", "organizer"),
        ("协办单位：A", "co_organizer"),
        ("支持单位：A", "supporting"),
        ("国际支持单位：A", "supporting"),
        ("合作伙伴：A", "partner"),
        ("媒体合作：A", "media"),
        ("背景与目标", "background"),
        ("背景和目标：", "background"),
        ("背景", "background"),
        ("会议名称：A", "name"),
        ("一、主题：A", "theme"),
        ("【主办单位】A", "host"),
        ("主办单位　A", "host"),
        ("Theme\tA", "theme"),
        ("主题 Theme: A", "theme"),
        ("**Theme:** A", "theme"),
        ("- Host: A", "host"),
    ],
)
def test_label_is_known(line, field):
    label = label_of(line)

    assert label is not None
    assert label.field == field


@pytest.mark.parametrize(
    "line",
    [
        "Date palms grow here",
        "Themes of the day: A",
        "Online",
        "https://valley.example",
        "主题演讲：A",
        "",
        ":",
        "A: B",
    ],
)
def test_label_is_not_seen_in_other_lines(line):
    assert label_of(line) is None


def test_label_is_kept_as_printed():
    assert label_of("  International  Supporting Partner(s) : A; B") == (
        "International Supporting Partner(s)",
        "supporting",
        "A; B",
        True,
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Institute A, University B", ["Institute A, University B"]),
        ("A; B；C;", ["A", "B", "C"]),
        ("A; B; and C", ["A", "B", "C"]),
        ("A、B", ["A、B"]),
        ("- A", ["A"]),
        ("•A", ["A"]),
        ("1. A", ["A"]),
        ("(2) A", ["A"]),
        ("A (B; C); D", ["A (B; C)", "D"]),
        ("A (B; C", ["A (B", "C"]),
        ("A | B", ["A | B"]),
        ("1.5 Degrees Club", ["1.5 Degrees Club"]),
        (";", []),
    ],
)
def test_split_names_of_an_english_brief(line, names):
    assert split_names(line, "en") == names


def test_split_names_of_a_chinese_brief_knows_the_enumeration_comma():
    assert split_names("甲中心、乙中心（东、西）；丙中心。", "zh-hans") == ["甲中心", "乙中心（东、西）", "丙中心"]


def test_list_on_the_line_of_its_label_ends_at_a_blank_line():
    brief = read_brief(START + "Partners: A; B\nC\n\nSome remark\n")

    assert [partner.name for partner in brief.partners] == ["A", "B", "C"]
    assert [line.text for line in brief.leftover] == ["Some remark"]


def test_list_goes_on_after_a_blank_line_when_a_semicolon_says_so():
    assert names_of(START + "Partners: A;\n\nB;\n\nC\n\nSome remark") == ["A", "B", "C"]


def test_list_under_its_label_goes_over_blank_lines():
    assert names_of(START + "Partners\n\nA\n\n\nB\nC") == ["A", "B", "C"]


@pytest.mark.parametrize(
    "line", ["Technical support:", "https://valley.example/partners", "press@valley.example", "Agenda", "Contact: C"]
)
def test_list_ends_where_something_else_begins(line):
    brief = read_brief(START + f"Partners:\nA\nB\n{line}\nD")

    assert [partner.name for partner in brief.partners] == ["A", "B"]
    assert [entry.text for entry in brief.leftover] == [line, "D"]


def test_list_ends_at_prose():
    sentence = "甲和乙都参加了去年的论坛，今年也会参加。"

    brief = read_brief(START_ZH + f"合作伙伴：\n甲、乙\n{sentence}")

    assert [partner.name for partner in brief.partners] == ["甲", "乙"]
    assert [line.text for line in brief.leftover] == [sentence]


def test_partner_with_a_colon_in_its_name_is_kept():
    assert names_of(START + "Partners:\nRIVERS: Towns for Water\nB") == ["RIVERS: Towns for Water", "B"]


def test_positions_count_within_each_label():
    brief = read_brief(START + "Supporting Partners: A; B\nInternational Supporting Partners: C\nHost: D\nHost: E")

    assert [(partner.name, partner.position) for partner in brief.partners] == [
        ("A", 1),
        ("B", 2),
        ("C", 1),
        ("D", 1),
        ("E", 2),
    ]
