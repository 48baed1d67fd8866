"""The brief as a whole: the real one of 2022, two of invented forums, and what goes wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from forum_site.lib.brief import Brief, BriefError, BriefLabel, BriefLine, BriefPartner, decode_brief, read_brief
from forum_site.lib.errors import DomainError

BRIEFS = Path(__file__).resolve().parent.parent / "data" / "briefs"
START = "Valley Forum 2022\nDate: 9-10 December 2022\n"


def brief_of(name: str, default_zone: str | None = "Asia/Shanghai") -> Brief:
    return read_brief(decode_brief((BRIEFS / f"{name}.txt").read_bytes()), default_zone=default_zone)


def partners_of(brief: Brief) -> list[tuple[str, str, int, str]]:
    return [(partner.role, partner.label, partner.position, partner.name) for partner in brief.partners]


def refusal(text: str) -> tuple[str, int | None]:
    with pytest.raises(BriefError) as caught, translation.override("en"):
        read_brief(text)
    with translation.override("en"):
        return str(caught.value), caught.value.line


def test_real_brief_gives_its_single_values():
    brief = brief_of("2022")

    assert brief.name == "International AI Cooperation and Governance Forum 2022"
    assert brief.theme == "AI Governance and International Cooperation for a Resilient Future"
    assert (brief.starts_on, brief.ends_on) == (date(2022, 12, 9), date(2022, 12, 10))
    assert brief.date_text == "December 9th - 10th, 2022"
    assert (brief.form, brief.attendance_mode, brief.location) == ("Online", "online", "")
    assert (brief.timezone_name, brief.timezone_text, brief.timezone_is_preset) == ("Asia/Shanghai", "", True)
    assert brief.language == "en"
    assert brief.lines == {"name": 3, "theme": 5, "starts_on": 7, "ends_on": 7, "form": 9}
    assert brief.leftover == [BriefLine(1, "About the Forum")]


def test_real_brief_gives_every_partner_in_printed_order():
    brief = brief_of("2022")

    assert brief.partners[0] == BriefPartner("host", "Host", "Tsinghua University", 1, 11)
    assert brief.partners[1] == BriefPartner(
        "organizer",
        "Organizer",
        "Institute for AI International Governance of Tsinghua University (I-AIIG)",
        1,
        13,
    )
    supporting = brief.partners[2:]
    assert {(partner.role, partner.label) for partner in supporting} == {("supporting", "Supporting Partners")}
    assert [partner.position for partner in supporting] == list(range(1, 20))
    assert [partner.line for partner in supporting] == list(range(17, 54, 2))
    printed = (BRIEFS / "2022.txt").read_text(encoding="utf-8").split("\n")
    assert [partner.name for partner in supporting] == [printed[number - 1].rstrip(";") for number in range(17, 54, 2)]
    assert supporting[5].name == "Center for Humanitarian Dialogue"
    assert supporting[17].name == "SPARK UNDP SDG Innovation Lab | Chengdu"


def test_real_brief_gives_five_paragraphs_and_all_labels():
    brief = brief_of("2022")

    assert [paragraph.line for paragraph in brief.background] == [57, 59, 61, 63, 65]
    assert brief.background[0].text.startswith("In recent years, artificial intelligence (AI)")
    assert brief.background[4].text.endswith("a community with a shared future for mankind.")
    assert [(label.line, label.field) for label in brief.labels] == [
        (5, "theme"),
        (7, "dates"),
        (9, "form"),
        (11, "host"),
        (13, "organizer"),
        (15, "supporting"),
        (55, "background"),
    ]


def test_real_brief_without_default_zone_leaves_the_zone_open():
    brief = brief_of("2022", default_zone=None)

    assert (brief.timezone_name, brief.timezone_is_preset) == ("", False)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("name", ["2022", "zh", "en"])
def test_brief_reads_the_same_with_every_line_end(name, line_end):
    text = (BRIEFS / f"{name}.txt").read_text(encoding="utf-8")

    assert read_brief(text.replace("\n", line_end)) == read_brief(text)


def test_chinese_brief_gives_its_single_values():
    brief = brief_of("zh")

    assert brief.name == "第三届河谷人工智能治理论坛（2023）"
    assert brief.theme == "让技术服务于河谷的每一个人"
    assert (brief.starts_on, brief.ends_on) == (date(2023, 11, 30), date(2023, 12, 1))
    assert (brief.attendance_mode, brief.location) == ("mixed", "河谷市会议中心三层")
    assert (brief.languages, brief.languages_text) == (["zh-hans", "en"], "中文、英文")
    assert (brief.timezone_name, brief.timezone_text, brief.timezone_is_preset) == ("Asia/Shanghai", "北京时间", False)
    assert brief.language == "zh-hans"
    assert brief.leftover == [BriefLine(1, "论坛简介"), BriefLine(29, "联系人：论坛秘书处")]


def test_chinese_brief_gives_every_partner_with_its_role():
    assert partners_of(brief_of("zh")) == [
        ("host", "主办单位", 1, "河谷大学"),
        ("co_host", "联合主办", 1, "河谷科学院"),
        ("co_host", "联合主办", 2, "远山研究所（北区、南区）"),
        ("organizer", "承办单位", 1, "河谷大学人工智能治理研究院（RV-AIG）"),
        ("co_organizer", "协办", 1, "河谷数据学会"),
        ("supporting", "国际支持机构", 1, "联合河流组织"),
        ("supporting", "国际支持机构", 2, "河谷儿童基金会"),
        ("supporting", "支持单位", 1, "河谷产业联盟"),
        ("supporting", "支持单位", 2, "青山技术促进会"),
        ("partner", "合作伙伴", 1, "蓝湖研究中心 | 东岸"),
        ("partner", "合作伙伴", 2, "白桥实验室"),
        ("media", "媒体支持", 1, "河谷日报"),
    ]


def test_chinese_brief_keeps_dates_inside_its_background():
    assert [paragraph.text for paragraph in brief_of("zh").background] == [
        "河谷地区的人工智能应用近年来发展很快。",
        "日期和地点的选择考虑了各方的意见。时间：一个不可忽视的因素。",
        "论坛旨在交流经验，推动合作。",
    ]


def test_english_brief_gives_its_single_values():
    brief = brief_of("en")

    assert brief.name == "Valley Dialogue on Public Algorithms"
    assert brief.theme == "Algorithms that answer to the public"
    assert (brief.starts_on, brief.ends_on) == (date(2027, 12, 30), date(2028, 1, 2))
    assert (brief.form, brief.attendance_mode) == ("Hybrid (on-site and online)", "mixed")
    assert brief.location == "Hall of the Valley Museum"
    assert brief.languages == ["en", "zh-hans", "fr"]
    assert (brief.timezone_name, brief.timezone_is_preset) == ("Europe/Berlin", False)
    assert brief.lines["theme"] == 10
    assert brief.lines["timezone_name"] == 8


def test_english_brief_gives_every_partner_with_its_role():
    assert partners_of(brief_of("en")) == [
        ("co_host", "Co-hosts", 1, "Valley University"),
        ("co_host", "Co-hosts", 2, "Institute of Rivers, Hillside"),
        ("co_host", "Co-hosts", 3, "Lake Academy (LA)"),
        ("organizer", "Organiser(s)", 1, "The Valley Museum"),
        ("host", "Host", 1, "Valley City Council"),
        ("host", "Host", 2, "Valley County"),
        ("supporting", "International Supporting Organizations", 1, "Union of Rivers (UOR)"),
        ("supporting", "International Supporting Organizations", 2, "Bridges Without Borders, Ltd."),
        ("partner", "Other Partners", 1, "Northern Lab | Harbour"),
        ("partner", "Other Partners", 2, "Southern Lab"),
        ("media", "Media partners", 1, "The Valley Herald"),
        ("sponsor", "Sponsor", 1, "Mill & Sons Inc."),
    ]


def test_english_brief_joins_wrapped_paragraphs():
    assert [paragraph.text for paragraph in brief_of("en").background] == [
        (
            "Date palms grew in the valley before any algorithm did, and the time: nobody counted it. "
            "Many people ask for whom machines decide."
        ),
        "The dialogue lets those affected speak with those who build.",
    ]


def test_english_brief_keeps_what_it_does_not_understand():
    assert brief_of("en").leftover == [
        BriefLine(2, "Concept of 3 March"),
        BriefLine(28, "Theme: A second theme"),
        BriefLine(37, "Contact: dialogue@valley.example"),
        BriefLine(38, "Room 4"),
    ]


def test_second_theme_stays_in_the_leftover():
    brief = read_brief(START + "Theme: First\nTheme: Second\n")

    assert brief.theme == "First"
    assert brief.leftover == [BriefLine(4, "Theme: Second")]
    assert BriefLabel(4, "Theme", "theme") not in brief.labels


def test_second_theme_inside_the_background_does_not_cut_it():
    brief = read_brief(START + "Theme: First\n\nBackground\n\nOne.\n\nTheme: Second\n\nTwo.\n")

    assert [paragraph.text for paragraph in brief.background] == ["One.", "Two."]
    assert brief.leftover == [BriefLine(9, "Theme: Second")]


def test_wrapped_theme_goes_on_in_small_letters():
    assert read_brief(START + "Theme: Algorithms that\nanswer to the public\nRoom 4").theme == (
        "Algorithms that answer to the public"
    )


def test_labels_after_the_background_are_read():
    brief = read_brief("Valley Forum\nBackground\nIt is time.\nDate: 9 December 2022\nHost: Valley University")

    assert brief.starts_on == date(2022, 12, 9)
    assert [paragraph.text for paragraph in brief.background] == ["It is time."]
    assert [partner.name for partner in brief.partners] == ["Valley University"]


@pytest.mark.parametrize("line", ["Date of birth of the idea: 2020.", "Time: it never waits.", "Date palms grow."])
def test_background_paragraph_that_begins_like_a_label_stays_a_paragraph(line):
    brief = read_brief(START + f"Background\n\nFirst.\n\n{line}\n")

    assert [paragraph.text for paragraph in brief.background] == ["First.", line]
    assert brief.leftover == []


def test_time_beside_a_date_gives_the_zone_and_stays_visible():
    brief = read_brief("Valley Forum\nDate: 9 December 2022\nTime: 9:00-17:00 (GMT+8)\n")

    assert (brief.timezone_name, brief.timezone_text, brief.timezone_is_preset) == ("Asia/Shanghai", "GMT+8", True)
    assert brief.lines["timezone_name"] == 3
    assert brief.leftover == [BriefLine(3, "9:00-17:00 (GMT+8)")]


def test_name_may_carry_a_label():
    brief = read_brief("会议名称：河谷论坛\n日期：2022年12月9日\n")

    assert (brief.name, brief.lines["name"]) == ("河谷论坛", 1)


def test_name_gives_the_year_that_the_date_lacks():
    brief = read_brief("2022年河谷论坛\n时间：12月9日-10日\n")

    assert (brief.starts_on, brief.ends_on) == (date(2022, 12, 9), date(2022, 12, 10))


def test_name_after_the_labels_is_found_by_its_word():
    assert read_brief("Date: 9 December 2022\n\nValley Forum\n").name == "Valley Forum"


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        (" \n\t\n", "The brief is empty.", 1),
        (
            "Theme: A\nDate: 9 December 2022",
            "Line 1: the name of the forum is missing. It belongs before the first label.",
            1,
        ),
        (
            "Valley Forum\n\nTheme: A",
            "The brief ends at line 3 without dates. Add a line such as “Date: 9–10 December 2022”.",
            3,
        ),
        ("Forum\n" * 5001, "The brief has more than 5000 lines. A brief is a short text.", 5000),
        ("Valley Forum\nDate:\n", "Line 2: the label has no date after it.", 2),
        ("Valley Forum\nDate: soon", "Line 2: no date was understood in “soon”.", 2),
        ("Valley Forum\nDate:\n\n9 May", "Line 4: the date “9 May” has no year.", 4),
        (
            "Valley Forum\nDate: 31 February 2022",
            "Line 2: “31 February 2022” names a day that does not exist in the calendar.",
            2,
        ),
        (
            "Valley Forum\nDate: 10-9 December 2022",
            "Line 2: the end of “10-9 December 2022” is before its start.",
            2,
        ),
    ],
)
def test_error_names_its_line(text, sentence, line):
    assert refusal(text) == (sentence, line)


def test_error_quotes_only_the_start_of_a_long_value():
    sentence, line = refusal("Valley Forum\nDate: " + "soon " * 100)

    assert line == 2
    assert len(sentence) < 130


def test_error_is_a_domain_error():
    with pytest.raises(DomainError):
        read_brief("")
