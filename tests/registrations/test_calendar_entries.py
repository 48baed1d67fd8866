"""The calendar entries of registrations, read by four programs that others have written."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from registrations.domain.cancel import cancel
from registrations.models import Registration
from registrations.queries.calendar_entries import (
    days_entry,
    days_file,
    google_address,
    outlook_address,
    registration_file,
    web_calendars,
)
from registrations.queries.spans import Span
from tests.calendar_readers import READERS
from tests.factories import make_event, make_registration, make_series, make_session, make_ticket_type, make_venue

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2026, 12, 10), dt.date(2026, 12, 11)
STARTS_AT = dt.datetime(2026, 12, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ENDS_AT = dt.datetime(2026, 12, 11, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
NAME = "2026年东湖人工智能治理论坛：规则、责任与跨越国界的可信智能；面向未来的共同行动"


def attended(*, has_times: bool = True, **fields: Any) -> Registration:
    series = make_series(contact_name_zh_hans="东湖研究院, 国际部", contact_email="forum@eastmere.example")
    event = make_event(
        slug="eastmere-2026",
        series=series,
        name_zh_hans=NAME,
        theme_zh_hans="规则无界, 责任有痕; \\备注",
        starts_on=FIRST,
        ends_on=LAST,
        venue=make_venue(name_zh_hans="东湖大学, 主楼", city_zh_hans="东湖"),
    )
    if has_times:
        make_session(event, start="09:00", end="10:15")
        make_session(event, start="16:00", end="17:30", day=1)
    ticket_type = make_ticket_type(event, attendance_mode="onsite")
    return make_registration(ticket_type, **({"language": "zh-hans"} | fields))


@pytest.mark.parametrize("read", READERS)
def test_four_readers_find_the_span_of_the_programme(read):
    registration = attended()

    uid, starts_at, ends_at, summary = read(registration_file(registration))

    assert uid == f"registration-{registration.guid}@testserver"
    assert (starts_at, ends_at) == (STARTS_AT, ENDS_AT)
    assert starts_at.utcoffset() == dt.timedelta(hours=8)
    assert summary == NAME


@pytest.mark.parametrize("read", READERS)
def test_four_readers_find_whole_days_where_the_times_are_not_known(read):
    registration = attended(has_times=False)

    _, starts_on, ends_on, _ = read(registration_file(registration))

    assert (starts_on, ends_on) == (FIRST, LAST + dt.timedelta(days=1))


@pytest.mark.parametrize("read", READERS)
def test_four_readers_read_the_withdrawal(read):
    registration = cancel(attended())

    assert read(registration_file(registration, method="CANCEL"))[0].startswith("registration-")


def test_the_file_keeps_to_the_letter_of_the_standard():
    """RFC 5545: lines end in CRLF and have at most 75 octets; the zone that is named is described."""
    content = registration_file(attended())

    assert content.count("\n") == content.count("\r\n")
    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    assert content.count("BEGIN:VTIMEZONE") == 1
    assert re.search(r"DTSTART;TZID=Asia/Shanghai:20261210T090000\r\n", content)
    assert "METHOD:PUBLISH" in content
    assert "ATTENDEE" not in content


def test_the_file_does_not_give_the_personal_link_away():
    registration = attended()

    unfolded = registration_file(registration).replace("\r\n ", "")

    assert registration.secret not in unfolded
    assert "URL:http://testserver/zh-hans/events/eastmere-2026/" in unfolded
    assert registration.code in unfolded


def test_the_uid_stays_and_the_sequence_grows():
    registration = attended()
    before = registration_file(registration)
    after = registration_file(cancel(registration), method="CANCEL")

    def line(name: str, text: str) -> str:
        return re.search(rf"^{name}:.*$", text, re.MULTILINE)[0].strip()

    assert line("UID", before) == line("UID", after)
    assert (line("SEQUENCE", before), line("SEQUENCE", after)) == ("SEQUENCE:1", "SEQUENCE:2")
    assert (line("STATUS", before), line("STATUS", after)) == ("STATUS:CONFIRMED", "STATUS:CANCELLED")


def test_the_days_are_for_anybody():
    event = attended().event

    assert "SUMMARY;LANGUAGE=en:" + str(event.name_en or NAME) in days_file(event).replace("\r\n ", "")


def opened(event: Event, span: Span) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    entry = days_entry(event, span)
    return parse_qs(urlsplit(google_address(entry)).query), parse_qs(urlsplit(outlook_address(entry)).query)


def test_web_calendars_get_the_same_times():
    google, outlook = opened(attended().event, Span(STARTS_AT, ENDS_AT))

    assert google["dates"] == ["20261210T090000/20261211T173000"]
    assert google["ctz"] == ["Asia/Shanghai"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2026-12-10T01:00:00+00:00"], ["2026-12-11T09:30:00+00:00"])


def test_web_calendars_are_told_the_hour_that_comes_twice_apart():
    event = attended().event
    event.timezone_name = "Europe/Berlin"
    starts_at = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)

    google, _outlook = opened(event, Span(starts_at, starts_at + dt.timedelta(hours=1)))

    assert google["dates"] == ["20261025T013000Z/20261025T033000"]


def test_web_calendars_get_whole_days():
    google, outlook = opened(attended(has_times=False).event, Span())

    assert google["dates"] == ["20261210/20261212"]
    assert (outlook["startdt"], outlook["enddt"], outlook["allday"]) == (["2026-12-10"], ["2026-12-12"], ["true"])


def test_web_calendars_are_offered_to_private_and_to_official_accounts():
    calendars = web_calendars(attended().event)

    hosts = {"google": "calendar.google.com", "outlook": "outlook.live.com", "microsoft_365": "outlook.office.com"}
    assert {name: urlsplit(url).hostname for name, url in calendars.items()} == hosts
    assert urlsplit(calendars["outlook"]).query == urlsplit(calendars["microsoft_365"]).query
