import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import ics
import pytest
import time_machine
import vobject
from icalendar import Calendar

from forum_site.lib.calendars import CalendarEntry, calendar_file

STAMP = dt.datetime(2026, 11, 20, 8, 40, 0, 123, tzinfo=dt.UTC)
OPENING = CalendarEntry(
    uid="opening@forum.example",
    starts_at=dt.datetime(2026, 12, 10, 1, 0, tzinfo=dt.UTC),
    ends_at=dt.datetime(2026, 12, 10, 2, 15, tzinfo=dt.UTC),
    zone_name="Asia/Shanghai",
    summary="Opening; welcome, and 开幕式",
    description="First line\r\nsecond line，中文\\n",
    location="Founders’ Hall, University of Eastmere",
    url="https://forum.example/en/events/eastmere-2026/agenda/?a=1&b=2",
    sequence=3,
    organizer_name='Eastmere Forum "2026"; office, 东湾论坛',
    organizer_email="forum@eastmere.example",
    changed_at=STAMP,
)


def _file(*entries, **options):
    return calendar_file(entries, name="Eastmere Forum 2026", stamp=STAMP, **options)


def _only_event(content):
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_calendar_file_comes_back_the_same():
    event = _only_event(_file(OPENING))

    assert event["uid"] == "opening@forum.example"
    assert event.decoded("dtstart") == OPENING.starts_at
    assert event.decoded("dtend") == OPENING.ends_at
    assert event.decoded("dtstart").tzinfo.key == "Asia/Shanghai"
    assert event["summary"] == OPENING.summary
    assert event["description"] == "First line\nsecond line，中文\\n"
    assert event["location"] == OPENING.location
    assert event["url"] == OPENING.url
    assert (event["sequence"], event["status"], event["transp"]) == (3, "CONFIRMED", "OPAQUE")
    assert event["organizer"] == "mailto:forum@eastmere.example"
    assert event["organizer"].params["CN"] == "Eastmere Forum '2026'; office, 东湾论坛"
    assert event.decoded("dtstamp") == event.decoded("last-modified") == STAMP.replace(microsecond=0)


@pytest.mark.parametrize("zone_name", ["Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "UTC"])
def test_calendar_file_is_read_alike_by_other_readers(zone_name):
    content = _file(dataclasses.replace(OPENING, zone_name=zone_name)).decode()

    (by_ics,) = ics.Calendar(content).events
    by_vobject = vobject.readOne(content).vevent

    assert by_ics.name == by_vobject.summary.value == OPENING.summary
    assert by_ics.begin.datetime == by_vobject.dtstart.value == OPENING.starts_at
    assert by_ics.end.datetime == by_vobject.dtend.value == OPENING.ends_at
    assert by_ics.uid == by_vobject.uid.value == OPENING.uid
    assert by_ics.location == by_vobject.location.value == OPENING.location


def test_calendar_file_names_itself_and_its_method():
    calendar = Calendar.from_ical(_file(OPENING, method="REQUEST", language="zh-hans"))

    assert calendar["method"] == "REQUEST"
    assert calendar["x-wr-calname"] == "Eastmere Forum 2026"
    assert calendar["x-wr-timezone"] == "Asia/Shanghai"
    assert calendar.walk("VEVENT")[0]["summary"].params["LANGUAGE"] == "zh-Hans"


def test_calendar_file_is_folded_into_short_lines():
    long = dataclasses.replace(OPENING, summary="人工智能治理" * 40)
    content = _file(long)

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert _only_event(content)["summary"] == long.summary


def test_calendar_file_brings_each_zone_once():
    berlin = dataclasses.replace(OPENING, uid="b", zone_name="Europe/Berlin")
    zones = Calendar.from_ical(_file(OPENING, berlin, berlin)).walk("VTIMEZONE")

    assert sorted(str(zone["tzid"]) for zone in zones) == ["Asia/Shanghai", "Europe/Berlin"]


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("zone_name", ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Sydney"])
def test_calendar_file_describes_the_zone_in_summer_and_winter(zone_name, month):
    at = dt.datetime(2026, month, 10, 12, tzinfo=dt.UTC)
    content = _file(dataclasses.replace(OPENING, zone_name=zone_name, starts_at=at, ends_at=at))
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    local = at.astimezone(ZoneInfo(zone_name))

    assert zone.to_tz(lookup_tzid=False).utcoffset(local.replace(tzinfo=None)) == local.utcoffset()


@pytest.mark.parametrize("zone_name", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe"])
def test_calendar_file_changes_clocks_at_the_second_they_change(zone_name):
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    (zone,) = Calendar.from_ical(
        _file(dataclasses.replace(OPENING, zone_name=zone_name, starts_at=at, ends_at=at))
    ).walk("VTIMEZONE")
    changes = [part for part in zone.subcomponents if part["tzoffsetfrom"].td != part["tzoffsetto"].td]

    assert len(changes) == 2
    for part in changes:
        for onset in [part["dtstart"].dt, *(later.dts[0].dt for later in part["rdate"])]:
            moment = (onset - part["tzoffsetfrom"].td).replace(tzinfo=dt.UTC)
            offsets = [_offset(moment - dt.timedelta(seconds=1), zone_name), _offset(moment, zone_name)]
            assert offsets == [part["tzoffsetfrom"].td, part["tzoffsetto"].td]


def _offset(at, zone_name):
    return at.astimezone(ZoneInfo(zone_name)).utcoffset()


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (dt.datetime(2026, 10, 24, 23, 30, tzinfo=dt.UTC), b"DTSTART;TZID=Europe/Berlin:20261025T013000"),
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), b"DTSTART:20261025T003000Z"),
        (dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), b"DTSTART:20261025T013000Z"),
        (dt.datetime(2026, 10, 25, 2, 30, tzinfo=dt.UTC), b"DTSTART;TZID=Europe/Berlin:20261025T033000"),
    ],
)
def test_calendar_file_tells_the_hour_that_comes_twice_apart(at, written):
    assert written in _file(dataclasses.replace(OPENING, zone_name="Europe/Berlin", starts_at=at, ends_at=at))


def test_calendar_file_knows_a_summer_that_stops_in_between():
    at = dt.datetime(2015, 7, 1, 12, tzinfo=dt.UTC)  # in Ramadan
    content = _file(dataclasses.replace(OPENING, zone_name="Africa/Casablanca", starts_at=at, ends_at=at))
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")

    offsets = [zone.to_tz(lookup_tzid=False).utcoffset(dt.datetime(2015, month, 1)) for month in (6, 7, 8, 12)]
    assert [offset // dt.timedelta(hours=1) for offset in offsets] == [1, 0, 1, 0]


def test_calendar_file_in_utc_needs_no_zone():
    content = _file(dataclasses.replace(OPENING, zone_name="UTC"))

    assert b"VTIMEZONE" not in content
    assert b"DTSTART:20261210T010000Z" in content


def test_calendar_file_takes_whole_days():
    content = _file(dataclasses.replace(OPENING, starts_at=dt.date(2026, 12, 10), ends_at=dt.date(2026, 12, 11)))

    assert b"DTSTART;VALUE=DATE:20261210\r\n" in content
    assert b"DTEND;VALUE=DATE:20261212\r\n" in content
    assert b"TRANSP:TRANSPARENT\r\n" in content
    assert b"VTIMEZONE" not in content


def test_calendar_file_gives_no_time_to_what_is_cancelled():
    event = _only_event(_file(dataclasses.replace(OPENING, status="CANCELLED"), method="CANCEL"))

    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_calendar_file_leaves_out_what_is_empty():
    bare = CalendarEntry("a@b", OPENING.starts_at, OPENING.ends_at, "Asia/Shanghai", "Opening")
    event = _only_event(_file(bare))

    assert not {"description", "location", "url", "organizer", "last-modified"} & {key.lower() for key in event}


def test_calendar_file_keeps_lines_apart():
    event = _only_event(_file(dataclasses.replace(OPENING, summary="One\r\nATTENDEE:mailto:x@y.example")))

    assert event["summary"] == "One ATTENDEE:mailto:x@y.example"
    assert "attendee" not in event


def test_calendar_file_may_be_empty():
    assert Calendar.from_ical(_file()).walk("VEVENT") == []


@time_machine.travel(STAMP, tick=False)
def test_calendar_file_is_stamped_with_now():
    content = calendar_file([OPENING], name="Forum")

    assert _only_event(content).decoded("dtstamp") == STAMP.replace(microsecond=0)
