import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from forum_site.lib import moments
from forum_site.lib.zone_cities import CHINESE_CITIES

WINTER = dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC)
SUMMER = dt.datetime(2026, 7, 1, 1, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 10)


def test_local_day_depends_on_the_zone():
    assert moments.local_day("Asia/Shanghai", WINTER) == DAY
    assert moments.local_day("America/New_York", WINTER) == dt.date(2026, 12, 9)


@time_machine.travel(WINTER, tick=False)
def test_local_day_is_today_by_default():
    assert moments.local_day("Asia/Shanghai") == DAY


@pytest.mark.parametrize(
    ("zone_name", "at", "label"),
    [
        ("Asia/Shanghai", WINTER, "GMT+8"),
        ("Asia/Kolkata", WINTER, "GMT+5:30"),
        ("Asia/Kathmandu", WINTER, "GMT+5:45"),
        ("Europe/London", WINTER, "GMT"),
        ("Europe/London", SUMMER, "GMT+1"),
        ("America/New_York", WINTER, "GMT-5"),
        ("America/St_Johns", WINTER, "GMT-3:30"),
        ("UTC", SUMMER, "GMT"),
    ],
)
def test_zone_label_gives_the_offset_of_that_day(zone_name, at, label):
    assert moments.zone_label(zone_name, at) == label


@pytest.mark.parametrize(
    ("zone_name", "english", "chinese"),
    [
        ("Asia/Shanghai", "Shanghai", "上海"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "布宜诺斯艾利斯"),
        ("Europe/Vaduz", "Vaduz", "Vaduz"),
    ],
)
def test_zone_city_is_the_one_in_the_name(zone_name, english, chinese):
    assert moments.zone_city(zone_name, "en") == english
    assert moments.zone_city(zone_name, "zh-hans") == chinese


def test_chinese_cities_are_known_zones():
    assert set(CHINESE_CITIES) <= moments.zone_names()
    assert len(CHINESE_CITIES) >= 60


def test_is_zone_refuses_other_words():
    assert moments.is_zone("Asia/Shanghai")
    assert not moments.is_zone("Beijing")
    assert not moments.is_zone("../etc/passwd")
    assert not moments.is_zone("")


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        ((2026, 12, 10), (2026, 12, 11), "10–11 December 2026", "2026年12月10日至11日"),
        ((2022, 11, 30), (2022, 12, 1), "30 November – 1 December 2022", "2022年11月30日至12月1日"),
        ((2025, 12, 31), (2026, 1, 2), "31 December 2025 – 2 January 2026", "2025年12月31日至2026年1月2日"),
        ((2025, 12, 9), (2026, 12, 10), "9 December 2025 – 10 December 2026", "2025年12月9日至2026年12月10日"),
        ((2026, 12, 10), (2026, 12, 10), "10 December 2026", "2026年12月10日"),
        ((2026, 12, 10), None, "10 December 2026", "2026年12月10日"),
    ],
)
def test_date_range_prints_shared_parts_once(start, end, english, chinese):
    first, last = dt.date(*start), dt.date(*end) if end else None

    assert moments.date_range(first, last, "en") == english
    assert moments.date_range(first, last, "zh-hans") == chinese


def test_day_label_names_the_weekday():
    assert moments.day_label(DAY, "en") == "Thursday 10 December"
    assert moments.day_label(DAY, "en", with_year=True) == "Thursday 10 December 2026"
    assert moments.day_label(DAY, "zh-hans") == "12月10日 周四"
    assert moments.day_label(DAY, "zh-hans", with_year=True) == "2026年12月10日 周四"


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0, "Thursday", "周四"),
        (1, "Thursday and Friday", "周四至周五"),
        (3, "Thursday to Sunday", "周四至周日"),
        (7, "", ""),
    ],
)
def test_weekday_range_names_first_and_last(days, english, chinese):
    end = DAY + dt.timedelta(days)

    assert moments.weekday_range(DAY, end, "en") == english
    assert moments.weekday_range(DAY, end, "zh-hans") == chinese


def test_weekday_range_needs_no_end():
    assert moments.weekday_range(DAY, None, "en") == "Thursday"


@pytest.mark.parametrize(
    ("month", "english"), [(1, "27 Jan"), (5, "27 May"), (6, "27 June"), (9, "27 Sept"), (11, "27 Nov")]
)
def test_short_day_shortens_the_month(month, english):
    assert moments.short_day(dt.date(2026, month, 27), "en") == english
    assert moments.short_day(dt.date(2026, month, 27), "zh-hans") == f"{month}月27日"


def test_clock_has_24_hours():
    assert moments.clock(WINTER, "Asia/Shanghai") == "09:00"
    assert moments.clock(WINTER, "America/New_York") == "20:00"


def test_time_range_stands_in_one_zone():
    end = WINTER + dt.timedelta(minutes=75)

    assert moments.time_range(WINTER, end, "Asia/Shanghai") == "09:00–10:15"
    assert moments.time_range(WINTER, None, "Asia/Shanghai") == "09:00"


def test_days_after_counts_local_days():
    assert moments.days_after(WINTER, DAY, "Asia/Shanghai") == 0
    assert moments.days_after(WINTER + dt.timedelta(hours=15), DAY, "Asia/Shanghai") == 1
    assert moments.days_after(WINTER, DAY, "America/New_York") == -1


def test_minutes_between_counts_what_passes_when_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    start = dt.datetime(2026, 3, 29, 1, 30, tzinfo=berlin)
    end = dt.datetime(2026, 3, 29, 3, 30, tzinfo=berlin)

    assert moments.minutes_between(start, end) == 60


def test_moment_label_names_its_zone():
    assert moments.moment_label(WINTER, "Asia/Shanghai", "en") == "10 December 2026, 09:00 (Shanghai, GMT+8)"
    assert moments.moment_label(WINTER, "Asia/Shanghai", "zh-hans") == "2026年12月10日 09:00（上海，GMT+8）"


def test_hour_label_stands_beside_its_day():
    assert moments.hour_label(WINTER, "Asia/Shanghai", "en") == "09:00 (Shanghai, GMT+8)"
    assert moments.hour_label(WINTER, "Asia/Shanghai", "zh-hans") == "09:00（上海，GMT+8）"
