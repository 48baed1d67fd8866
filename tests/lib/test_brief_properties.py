"""What holds for every brief: order and line ends make no difference, and nothing but a BriefError is raised."""

from __future__ import annotations

import calendar
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum_site.lib.brief import BriefError, candidates, decode_brief, match_key, read_brief
from forum_site.lib.brief.dates import read_dates

MONTHS = calendar.month_name[1:]
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 11, 1))
LENGTHS = st.integers(min_value=0, max_value=30).map(lambda days: timedelta(days=days))
SECTIONS = {
    "Name: Valley Forum": ("name", "Valley Forum"),
    "Theme: Water and data": ("theme", "Water and data"),
    "Form: Online": ("attendance_mode", "online"),
    "Venue:\nValley Museum": ("location", "Valley Museum"),
    "Date: 9-10 December 2022": ("ends_on", date(2022, 12, 10)),
    "Language: English": ("languages", ["en"]),
}
LISTS = ["Host: A", "Supporting Partners:\nB;\nC", "Other Partners\n\n- D\n\n- E", "Sponsors: F; G"]
PIECES = [
    *(
        "Date:",
        "时间：",
        "Theme",
        "Partners:",
        "Background",
        "主办单位",
        "9-10 December 2022",
        "12月9日",
        "2022",
        "9:00",
    ),
    *("、", ";", "(", "\n", "\r\n", " ", "\t", "\u3000", "-", "GMT+8", "UTC+99", "论坛", "1.", "【", "】", "**"),
]


def english(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def american(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]}. {day.day}, {day.year}"


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@given(DAYS, LENGTHS, st.sampled_from([english, american, chinese, date.isoformat]), st.sampled_from("-–—~至"))
def test_full_date_ranges_come_back(start, length, written, dash):
    end = start + length

    assert read_dates(f"{written(start)} {dash} {written(end)}", line=1) == (start, end)
    assert read_dates(f"{written(start)} to {written(end)}", line=1) == (start, end)


@given(DAYS, LENGTHS)
def test_short_date_ranges_come_back(start, length):
    end = start + length
    if start.month == end.month:
        month = MONTHS[start.month - 1]
        texts = [f"{month} {start.day}-{end.day}, {start.year}", f"{start.day}–{end.day} {month} {start.year}",
                 f"{start.year}年{start.month}月{start.day}日至{end.day}日"]  # fmt: skip
    else:
        texts = [
            f"{start.day} {MONTHS[start.month - 1]} to {english(end)}",
            f"{chinese(start)}—{end.month}月{end.day}日",
        ]

    assert [read_dates(text, line=1) for text in texts] == [(start, end)] * len(texts)


@given(st.permutations([*SECTIONS, *LISTS, "Background\nOne.\n\nTwo."]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_order_of_the_labels_makes_no_difference(sections, line_end):
    brief = read_brief("\n\n".join(sections).replace("\n", line_end))

    assert [getattr(brief, name) for name, _ in SECTIONS.values()] == [value for _, value in SECTIONS.values()]
    assert sorted(partner.name for partner in brief.partners) == list("ABCDEFG")
    assert [paragraph.text for paragraph in brief.background] == ["One.", "Two."]
    assert brief.leftover == []


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_brief_or_a_brief_error(text):
    for start in ("", "Forum\nDate: 9 May 2022\n"):
        with suppress(BriefError):
            brief = read_brief(start + text, default_zone="Asia/Shanghai")
            assert brief.name
            assert brief.starts_on <= brief.ends_on


@given(st.lists(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1), min_size=1, max_size=8))
def test_no_word_of_the_text_is_lost(words):
    brief = read_brief("Forum\nDate: 9 May 2022\n\nRemark one\n" + "\n".join(words))

    kept = [line.text for line in brief.leftover] + [brief.date_text]
    kept += [label.label for label in brief.labels] + [entry.text for entry in brief.background]
    kept += [partner.name for partner in brief.partners]
    kept += [brief.theme, brief.form, brief.location, brief.languages_text, brief.name]
    assert all(word in "\n".join(kept) for word in words)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_a_brief_error(data):
    with suppress(BriefError):
        assert "\r" not in decode_brief(data)


@given(st.text())
def test_every_name_matches_itself(name):
    key = match_key(name)

    assert candidates(name, [(1, [name])]) == ([1] if key else [])


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "a:" * 50_000, "Partners:\n" + "A、" * 50_000, "Date: " + "9-" * 50_000]
)
def test_long_texts_are_read_to_their_end(text):
    with suppress(BriefError):
        read_brief("论坛\n日期：2022年5月9日\n" + text)
