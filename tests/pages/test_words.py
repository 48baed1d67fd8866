"""Headlines, names and charts."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from events.enums import SessionType
from forum_site.pages.glance import glance_chart
from forum_site.pages.themes import ShortDates, short_dates, split_phrases, theme_size
from tests.factories import make_event, make_session

CHINESE = "以实证立信任，以智能惠公众"


def rendered(template, **context):
    return Template("{% load ui %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rules That Travel: AI Across Borders", ["Rules That Travel:", "AI Across Borders"]),
        ("Plain", ["Plain"]),
        (f"A: {'b' * 40}", [f"A: {'b' * 40}"]),
        ("规则同行：\u200b构建国家", ["规则同行：", "构建国家"]),
        (CHINESE, ["以实证立信任，", "以智能惠公众"]),
    ],
)
def test_phrases_break_where_a_reader_would(text, parts):
    assert split_phrases(text) == parts


def test_dates_and_zones_hold_together_in_a_text():
    text = "2026年12月17日至18日（新加坡，GMT+8）<b>"

    assert rendered("{{ text|unbroken }}", text=text) == (
        '<span class="date">2026年12月17日至18日</span><span class="date">（新加坡，GMT+8）</span>&lt;b&gt;'
    )
    assert rendered("{{ text|unbroken }}", text="Fee: none (yet)") == "Fee: none (yet)"


def test_phrases_are_escaped():
    assert rendered("{{ text|phrases }}", text="<b>: c") == (
        '<span class="phrase">&lt;b&gt;:</span> <span class="phrase">c</span>'
    )


def test_a_chinese_theme_breaks_between_words_only():
    assert rendered("{{ text|phrases }}", text="人工智能治理") == '<span class="words">人工智能<wbr>治理</span>'
    assert rendered("{{ text|phrases }}", text="人工智能：治理 & 未来") == (
        '<span class="phrase hangs">人工智能：</span> <span class="phrase">治理 <wbr>&amp; 未来</span>'
    )


@pytest.mark.django_db
def test_a_theme_is_escaped_once():
    event = make_event(theme_en="Rules & Rights: Now")

    assert "Rules &amp; Rights:</span>" in render_to_string("pages/_hero.html", {"event": event})


@pytest.mark.parametrize(
    ("length", "size"),
    [(60, "hero-hall"), (61, "hero-hall theme-long"), (90, "hero-hall theme-long"), (91, "hero-aside")],
)
def test_theme_is_set_smaller_and_then_beside_the_hall(length, size):
    assert theme_size("x" * length) == size
    assert theme_size("论" * (length // 2)) == theme_size("x" * (length // 2 * 2))


def test_short_dates_share_a_month():
    assert short_dates(dt.date(2026, 12, 10), dt.date(2026, 12, 11), "en") == ShortDates("10–11", "December 2026")
    assert short_dates(dt.date(2026, 12, 10), dt.date(2026, 12, 10), "zh-hans") == ShortDates("10", "2026年12月")


def test_short_dates_across_months_are_written_out():
    assert short_dates(dt.date(2026, 11, 30), dt.date(2026, 12, 1), "en").month == "30 November – 1 December 2026"


@pytest.mark.django_db
def test_chart_days_share_their_hours():
    event = make_event(starts_on=dt.date(2026, 12, 10))
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="14:00", end="15:30", day=1)

    first, second = glance_chart(event)

    assert [hour.label for hour in first.hours] == ["09", "10", "11", "12", "13", "14", "15"]
    assert [(hour.first, hour.label) for hour in second.hours] == [(hour.first, hour.label) for hour in first.hours]
    assert [hour.at.isoformat() for hour in (first.hours[0], second.hours[0])] == [
        "2026-12-10T01:00:00+00:00",
        "2026-12-11T01:00:00+00:00",
    ]
    assert [(slot.first, slot.length) for slot in second.slots] == [(20, 6)]


@pytest.mark.django_db
def test_chart_of_a_day_with_a_change_of_clocks_stands_under_the_right_hours():
    event = make_event(starts_on=dt.date(2026, 10, 25), timezone_name="Europe/Paris")
    make_session(event, start="09:00", end="10:00")

    [day] = glance_chart(event)

    assert [(hour.label, hour.at.isoformat()) for hour in day.hours] == [("09", "2026-10-25T08:00:00+00:00")]


@pytest.mark.django_db
def test_chart_puts_parallel_sessions_into_one_slot():
    event = make_event()
    make_session(event, start="09:00", end="10:00")
    make_session(event, start="09:00", end="10:30")
    make_session(event, start="10:30", end="10:45", type=SessionType.BREAK)

    [day] = glance_chart(event)

    assert [(len(slot.blocks), slot.length, slot.is_break, slot.is_narrow) for slot in day.slots] == [
        (2, 6, False, False),
        (1, 1, True, True),
    ]
    assert day.most_parallel == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("end", "is_short"), [("15:00", False), ("22:00", True)])
def test_chart_sets_long_words_smaller_where_its_columns_are_narrow(end, is_short):
    event = make_event()
    make_session(event, start="09:00", end="10:15", title_en="Opening Ceremony")
    make_session(event, start="11:00", end=end)

    [day] = glance_chart(event)

    assert day.slots[0].is_short is is_short


@pytest.mark.django_db
def test_chart_is_empty_without_times():
    event = make_event()
    make_session(event)

    assert glance_chart(event) == []
