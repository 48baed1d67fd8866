"""Dates, form, languages, time zone and encodings of a brief."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import pytest

from forum_site.lib.brief import BriefError, decode_brief, read_brief
from forum_site.lib.brief.dates import read_dates, year_in
from forum_site.lib.brief.words import attendance_mode, language_codes, read_zone

CHINESE = (Path(__file__).resolve().parent.parent / "data" / "briefs" / "zh.txt").read_text(encoding="utf-8")
DAY = date(2022, 12, 9)


@pytest.mark.parametrize(
    "text",
    [
        "December 9th - 10th, 2022",
        "December 9th\u00a0 - 10th, 2022",
        "9-10 December 2022",
        "9–10 Dec. 2022",
        "9 – 10th December, 2022",
        "9 and 10 December 2022",
        "2022 December 9-10",
        "the 9th to the 10th of December 2022",
        "from 9 December 2022 until 10 December 2022",
        "Friday, December 9 - Saturday, December 10, 2022",
        "December 9 (Fri.) and 10 (Sat.), 2022",
        "December 9, 2022 (Day 1); December 10, 2022 (Day 2)",
        "December 9, 2022, 9:00 - December 10, 2022, 17:30 (GMT+8)",
        "9am-5pm, Dec. 9th & 10th, 2022",
        "2022-12-09 to 2022-12-10",
        "2022-12-09/2022-12-10",
        "2022/12/09–2022/12/10",
        "2022.12.9-10",
        "2022年12月9日至10日",
        "2022年12月9日-10日",
        "2022年12月9-10日",
        "2022 年 12 月 9 日 — 10 日",
        "2022年12月9日、10日",
        "２０２２年１２月９日（周五）至１０日（周六）",
        "2022年12月9日上午9:00—12月10日下午6时",
        "12月9日-10日",
        "9-10 December",
    ],
)
def test_dates_are_read_in_every_printed_manner(text):
    assert read_dates(text, line=1, year=2022) == (date(2022, 12, 9), date(2022, 12, 10))


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on"),
    [
        ("December 9, 2022", date(2022, 12, 9), date(2022, 12, 9)),
        ("December 9, 2022, 3 tracks", date(2022, 12, 9), date(2022, 12, 9)),
        ("Day 1, December 9, 2022", date(2022, 12, 9), date(2022, 12, 9)),
        ("9, 10 and 11 December 2022", date(2022, 12, 9), date(2022, 12, 11)),
        ("December 30, 2022 - January 2, 2023", date(2022, 12, 30), date(2023, 1, 2)),
        ("December 30 - January 2, 2023", date(2022, 12, 30), date(2023, 1, 2)),
        ("30 November to 1 December 2022", date(2022, 11, 30), date(2022, 12, 1)),
        ("2022年11月30日—12月1日", date(2022, 11, 30), date(2022, 12, 1)),
        ("12月30日至1月2日", date(2021, 12, 30), date(2022, 1, 2)),
        ("29 February 2024", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_dates_across_months_and_years(text, starts_on, ends_on):
    assert read_dates(text, line=1, year=2021) == (starts_on, ends_on)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "December 2022", "9/12/2022", "31 February 2022", "2022年13月1日", "2022-02-30", "0 May 2022",
     "December 10 - 9, 2022", "2022-12-10 to 2021-12-09", "9 May"],
)  # fmt: skip
def test_dates_that_cannot_be_are_refused(text):
    with pytest.raises(BriefError) as caught:
        read_dates(text, line=7)

    assert caught.value.line == 7


def test_year_in_a_name_must_be_the_only_one():
    assert [year_in(name) for name in ["Forum 2022", "２０２２论坛", "Forum", "2021-2022", "Forum 20220"]] == [
        2022,
        2022,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("Online", "online"),
        ("virtual conference", "online"),
        ("线上", "online"),
        ("On-site", "onsite"),
        ("In person", "onsite"),
        ("Offline", "onsite"),
        ("线下会议", "onsite"),
        ("Online + Offline", "mixed"),
        ("Hybrid", "mixed"),
        ("线上线下相结合", "mixed"),
        ("Dialogue", ""),
        ("", ""),
    ],
)
def test_attendance_mode_of_a_printed_form(form, mode):
    assert attendance_mode(form) == mode


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("English", ["en"]),
        ("Chinese and English (simultaneous interpretation)", ["zh-hans", "en"]),
        ("中文、英文", ["zh-hans", "en"]),
        ("英文/中文", ["en", "zh-hans"]),
        ("中英双语", ["zh-hans", "en"]),
        ("Traditional Chinese, French", ["zh-hant", "fr"]),
        ("Klingon", []),
    ],
)
def test_language_codes_follow_the_printed_order(text, codes):
    assert language_codes(text) == codes


@pytest.mark.parametrize(
    ("text", "default", "zone"),
    [
        ("9:00 (GMT+8)", None, ("Asia/Shanghai", "GMT+8", True)),
        ("9:00 (UTC+08:00)", None, ("Asia/Shanghai", "UTC+08:00", True)),
        ("9:00 (GMT+8)", "Europe/Berlin", ("Asia/Shanghai", "GMT+8", True)),
        ("9:00 (GMT+8)", "Asia/Singapore", ("Asia/Singapore", "GMT+8", True)),
        ("9:00 (GMT+1)", "Europe/Berlin", ("Europe/Berlin", "GMT+1", True)),
        ("9:00 (GMT-3)", "Europe/Berlin", ("", "GMT-3", False)),
        ("9:00 (Beijing time)", None, ("Asia/Shanghai", "Beijing time", False)),
        ("9:00 GMT+8 (Beijing Time)", None, ("Asia/Shanghai", "Beijing Time", False)),
        ("北京时间9:00", None, ("Asia/Shanghai", "北京时间", False)),
        ("Europe/Paris", "Asia/Shanghai", ("Europe/Paris", "Europe/Paris", False)),
        ("Europe/Atlantis", "Asia/Shanghai", ("Asia/Shanghai", "", True)),
        ("", "Asia/Shanghai", ("Asia/Shanghai", "", True)),
        ("", None, ("", "", False)),
        ("GMT+8", "No/Where", ("Asia/Shanghai", "GMT+8", True)),
    ],
)
def test_zone_is_printed_or_suggested(text, default, zone):
    assert read_zone(text, day=DAY, default=default) == zone


def test_zone_that_is_not_understood_stays_visible():
    brief = read_brief("Forum\nDate: 9 May 2022\nTime zone: of the valley")

    assert (brief.timezone_name, [line.text for line in brief.leftover]) == ("", ["of the valley"])


@pytest.mark.parametrize(
    "data",
    [
        CHINESE.encode(),
        codecs.BOM_UTF8 + CHINESE.encode(),
        CHINESE.encode("utf-16"),
        codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"),
        CHINESE.encode("gb18030"),
        CHINESE.replace("\n", "\r\n").encode("gb18030"),
        codecs.BOM_UTF8 + CHINESE.replace("\n", "\r\n").encode(),
        CHINESE.encode() + b"\x1a",
    ],
)
def test_decode_reads_every_encoding_and_line_end(data):
    assert decode_brief(data) == CHINESE
    assert read_brief(decode_brief(data)).name == "第三届河谷人工智能治理论坛（2023）"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"\xff\xfe\x00\xd8",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04",
        b"\x80\xff\xff",
        "Forum\nDate: 9–10 December 2022, the forum’s café".encode("cp1252"),
        b"a" * (1024 * 1024 + 1),
    ],
)
def test_decode_refuses_what_is_no_text(data):
    with pytest.raises(BriefError) as caught:
        decode_brief(data)

    assert caught.value.line is None
    assert str(caught.value)
