"""What search engines read."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from events.enums import AttendanceMode, EventStatus, RoomKind, SessionStatus, SessionType
from forum_site.pages.structured import json_ld
from partners.enums import PartnerRole
from tests.factories import (
    make_appearance,
    make_event,
    make_partner,
    make_partnership,
    make_room,
    make_series,
    make_session,
    make_speaker,
    make_ticket_type,
    make_venue,
)

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client, path):
    [text] = SCRIPT.findall(client.get(path).content.decode())
    return json.loads(text)


def address(event, rest="", language="en"):
    return f"/{language}/events/{event.slug}/{rest}"


def test_json_ld_cannot_end_its_element():
    html = json_ld({"name": "</script><script>alert(1)</script> & \u2028 “”"})

    assert html.count("<") == 2
    assert "&" not in html
    assert "\u2028" not in html
    assert json.loads(SCRIPT.fullmatch(html)[1])["name"] == "</script><script>alert(1)</script> & \u2028 “”"


def test_edition_says_when_where_and_how(client):
    venue = make_venue(name_en="Congress House", city_en="Beijing", country="CN")
    event = make_event(
        slug="forum",
        venue=venue,
        starts_on=dt.date(2026, 12, 10),
        attendance_mode=AttendanceMode.MIXED,
        languages=["en", "zh-hans"],
        series=make_series(slug="forums", name_en="The Forum"),
    )
    make_session(event, start="09:00", end="10:00")
    make_session(event, day=1, start="16:00", end="17:30")

    data = data_of(client, address(event))

    assert (data["@type"], data["@id"]) == ("Event", "http://testserver/en/events/forum/#event")
    assert (data["startDate"], data["endDate"]) == ("2026-12-10T09:00:00+08:00", "2026-12-11T17:30:00+08:00")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    place, stream = data["location"]
    assert (place["@type"], place["name"]) == ("Place", "Congress House")
    assert place["address"] == {"@type": "PostalAddress", "addressLocality": "Beijing", "addressCountry": "CN"}
    assert stream == {"@type": "VirtualLocation", "url": "http://testserver/en/events/forum/"}
    assert data["inLanguage"] == ["en", "zh-Hans"]
    assert (data["superEvent"]["@type"], data["superEvent"]["name"]) == ("EventSeries", "The Forum")
    assert data["image"] == "http://testserver/en/events/forum/card.png"


def test_edition_leaves_out_what_is_not_known(client):
    event = make_event(starts_on=dt.date(2026, 12, 10), theme_en="")
    make_session(event, start="09:00")

    data = data_of(client, address(event))

    assert (data["startDate"], data["endDate"]) == ("2026-12-10", "2026-12-11")
    unknown = {"location", "eventAttendanceMode", "organizer", "sponsor", "offers", "performer", "inLanguage"}
    assert not unknown & set(data)
    assert "isAccessibleForFree" not in data


@pytest.mark.parametrize(
    ("status", "word"), [(EventStatus.CANCELLED, "EventCancelled"), (EventStatus.POSTPONED, "EventPostponed")]
)
def test_edition_says_that_it_does_not_take_place_as_planned(client, status, word):
    event = make_event(status=status)
    make_ticket_type(event)

    data = data_of(client, address(event))

    assert data["eventStatus"] == f"https://schema.org/{word}"
    assert "offers" not in data


def test_online_edition_has_no_place(client):
    event = make_event(attendance_mode=AttendanceMode.ONLINE, place_en="Beijing, China")

    assert data_of(client, address(event))["location"]["@type"] == "VirtualLocation"


def test_edition_names_those_behind_it_by_their_part(client):
    event = make_event()
    for role in (PartnerRole.HOST, PartnerRole.ORGANIZER, PartnerRole.SUPPORTING, PartnerRole.SPONSOR):
        make_partnership(event, make_partner(name_en=role.label), role=role)

    data = data_of(client, address(event))

    assert [one["name"] for one in data["organizer"]] == ["Host", "Organizer"]
    assert data["sponsor"]["name"] == "Sponsor"
    assert data["contributor"]["name"] == "Supporting partner"


def test_offers_are_the_ways_to_attend(client):
    event = make_event(slug="forum", fee_en="Free", timezone_name="UTC")
    opens_at = timezone.now().replace(microsecond=0) - dt.timedelta(days=1)
    make_ticket_type(event, name_en="Online", opens_at=opens_at)
    make_ticket_type(event, name_en="On site", capacity=1, seats_taken=1)
    make_ticket_type(event, name_en="Secret", is_hidden=True)

    online, on_site = data_of(client, address(event))["offers"]

    assert online["name"] == "Online"
    assert (online["price"], online["availability"]) == ("0", "https://schema.org/InStock")
    assert online["validFrom"] == opens_at.isoformat()
    assert online["url"] == "http://testserver/en/events/forum/register/"
    assert on_site["availability"] == "https://schema.org/SoldOut"


def test_offer_has_no_price_where_none_was_printed(client):
    event = make_event(fee_en="CNY 500")
    make_ticket_type(event)

    data = data_of(client, address(event))

    assert "price" not in data["offers"]
    assert "isAccessibleForFree" not in data


def test_agenda_lists_sessions_but_no_breaks(client):
    event = make_event(slug="forum")
    make_session(event, slug="opening", start="09:00", end="10:00", title_en="Opening")
    make_session(event, start="10:00", end="10:15", type=SessionType.BREAK)
    make_session(event, start="11:00", title_en="Off", status=SessionStatus.CANCELLED)

    opening, off = data_of(client, address(event, "agenda/"))["subEvent"]

    assert opening["url"] == "http://testserver/en/events/forum/sessions/opening/"
    assert off["eventStatus"] == "https://schema.org/EventCancelled"


def test_agenda_names_no_more_sessions_than_a_page_can_bear(client, monkeypatch):
    monkeypatch.setattr("forum_site.pages.structured.session.MOST_SUB_EVENTS", 2)
    event = make_event()
    for hour in ("09:00", "10:00", "11:00"):
        make_session(event, start=hour)

    assert len(data_of(client, address(event, "agenda/"))["subEvent"]) == 2


def test_home_names_the_sessions_of_its_chart(client):
    event = make_event(slug="forum", place_en="Beijing, China", attendance_mode=AttendanceMode.ONSITE)
    whole = make_session(event, slug="opening", start="09:00", end="10:00", title_en="Opening")
    make_session(event, parent=whole, start="09:00", end="09:30")
    make_session(event, start="10:00", end="10:15", type=SessionType.BREAK)
    make_session(event, slug="off", start="11:00", end="12:00", status=SessionStatus.CANCELLED)

    home, agenda = (data_of(client, address(event, rest))["subEvent"] for rest in ("", "agenda/"))

    assert home == agenda
    assert [one["eventStatus"].rpartition("/")[2] for one in home] == ["EventScheduled", "EventCancelled"]
    assert (home[0]["name"], home[0]["startDate"]) == ("Opening", f"{event.starts_on}T09:00:00+08:00")
    assert home[0]["url"] == "http://testserver/en/events/forum/sessions/opening/"


def test_home_names_no_more_sessions_than_an_ordinary_programme_has(client, monkeypatch):
    monkeypatch.setattr("forum_site.pages.structured.session.MOST_ON_HOME", 2)
    event = make_event()
    for hour in ("09", "10", "11"):
        make_session(event, start=f"{hour}:00", end=f"{hour}:30")

    assert len(data_of(client, address(event))["subEvent"]) == 2


def test_session_names_people_parts_room_and_edition(client):
    event = make_event(venue=make_venue(name_en="Congress House"), attendance_mode=AttendanceMode.ONSITE)
    room = make_room(event.venue, name_en="Hall A")
    whole = make_session(event, slug="plenary", start="09:00", end="11:00", room=room, abstract_en="About *this*.")
    part = make_session(event, parent=whole, title_en="Part I")
    make_appearance(part, make_speaker(name_en="Ingrid Solvang"))

    data = data_of(client, address(event, "sessions/plenary/"))

    assert data["location"]["name"] == "Hall A"
    assert data["location"]["containedInPlace"]["name"] == "Congress House"
    assert data["description"] == "About this."
    assert data["performer"]["name"] == "Ingrid Solvang"
    assert (data["subEvent"]["name"], data["subEvent"]["startDate"]) == ("Part I", data["startDate"])
    assert data["superEvent"]["name"] == event.name


def test_session_in_a_stream_is_virtual(client):
    event = make_event(attendance_mode=AttendanceMode.ONSITE)
    make_session(event, slug="talk", start="09:00", room=make_room(name_en="Stream", kind=RoomKind.STREAM))

    assert data_of(client, address(event, "sessions/talk/"))["location"]["@type"] == "VirtualLocation"


def test_speaker_is_a_person_as_printed(client):
    event = make_event()
    speaker = make_speaker(slug="lin", name_en="LIN Qinghe", name_zh_hans="林清河", website="https://lin.example/")
    make_appearance(make_session(event, start="09:00"), speaker, printed_title_en="Dean")

    data = data_of(client, address(event, "speakers/lin/"))

    assert (data["@type"], data["name"], data["alternateName"]) == ("Person", "LIN Qinghe", "林清河")
    assert (data["description"], data["sameAs"]) == ("Dean", "https://lin.example/")
    assert data_of(client, address(event, "speakers/lin/", "zh-hans"))["name"] == "林清河"


def test_partner_is_an_organization(client):
    event = make_event()
    partner = make_partner(slug="icao", name_en="Conference of Audit Offices", short_name_en="CAO")
    make_partnership(event, partner)

    data = data_of(client, address(event, "partners/icao/"))

    assert (data["@type"], data["alternateName"]) == ("Organization", "CAO")


def test_nothing_hidden_is_told(client):
    event = make_event()
    shown = make_session(event, slug="shown", start="09:00", title_en="Shown")
    make_session(event, start="10:00", title_en="Secret draft", status=SessionStatus.DRAFT)
    embargo = timezone.now() + dt.timedelta(days=1)
    make_session(event, start="11:00", title_en="Secret embargo", publish_at=embargo)
    make_session(event, parent=shown, title_en="Secret part", status=SessionStatus.DRAFT)
    make_appearance(shown, make_speaker(name_en="Secret Person"), is_announced=False)

    for rest in ("", "agenda/", "sessions/shown/"):
        assert "Secret" not in client.get(address(event, rest)).content.decode()


@pytest.mark.parametrize("rest", ["", "agenda/", "sessions/first/"])
def test_structured_data_needs_as_many_queries_for_many_as_for_one(client, rest):
    counts = []
    for number in (1, 30):
        event = make_event(attendance_mode=AttendanceMode.MIXED, venue=make_venue())
        for one in range(number):
            session = make_session(event, slug="first" if not one else f"s{one}", start="09:00", end="10:00")
            make_appearance(session)
        make_ticket_type(event)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(event, rest)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_structured_data_speaks_the_language_of_the_page(client):
    event = make_event(theme_zh_hans="以实证立信任", name_zh_hans="论坛")

    with override("en"):
        assert data_of(client, address(event, "", "zh-hans"))["name"] == "论坛"
