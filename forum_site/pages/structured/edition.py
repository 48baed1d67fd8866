"""An edition and its series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from events.enums import AttendanceMode, EventStatus, RoomKind
from events.models import Appearance, Event, Room, Venue
from events.models.series import EventSeries
from forum_site.lib.markdown import plain_text
from forum_site.pages.structured.agents import bodies, performers, shortened
from forum_site.pages.structured.offers import is_free, offers_data
from forum_site.pages.structured.script import Data, absolute, known
from partners.queries.groups import PartnerGroup
from registrations.queries.offers import Offer

Moments = tuple[dt.datetime | None, dt.datetime | None]
SCHEMA = "https://schema.org/"
MODES = {
    AttendanceMode.ONSITE: f"{SCHEMA}OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: f"{SCHEMA}OnlineEventAttendanceMode",
    AttendanceMode.MIXED: f"{SCHEMA}MixedEventAttendanceMode",
}
STATUSES = {EventStatus.CANCELLED: f"{SCHEMA}EventCancelled", EventStatus.POSTPONED: f"{SCHEMA}EventPostponed"}


def edition_data(
    event: Event,
    *,
    image: str,
    offer: Offer,
    groups: list[PartnerGroup],
    people: list[Appearance],
    span: Moments = (None, None),
    sub_events: list[Data] | None = None,
) -> Data:
    """Return an edition with those behind it, the people announced first and the ways to attend.

    ``span``: first start and last end of the programme, where they are known. ``sub_events``: its sessions.
    """
    images = [image, absolute(event.cover.url)] if event.cover else [image]
    return known(
        **edition_core(event, span=span),
        description=edition_description(event),
        image=images,
        inLanguage=language_codes(event.languages),
        superEvent=series_data(event.series),
        subEvent=sub_events,
        **bodies(groups),
        performer=performers(event, people),
        offers=offers_data(event, offer),
        isAccessibleForFree=is_free(event),
    )


def edition_core(event: Event, *, span: Moments = (None, None)) -> Data:
    """Return what every mention of an edition says."""
    url = absolute(event.get_absolute_url())
    starts_at, ends_at = span
    return known(
        type_="Event",
        id_=f"{url}#event",
        name=str(event.name),
        url=url,
        startDate=moment(event, starts_at) or event.starts_on.isoformat(),
        endDate=moment(event, ends_at) or event.ends_on.isoformat(),
        eventStatus=STATUSES.get(EventStatus(event.status), f"{SCHEMA}EventScheduled"),
        eventAttendanceMode=mode_data(event.attendance_mode),
        location=location_data(event, mode=event.attendance_mode),
    )


def edition_description(event: Event) -> str:
    """Return the summary, else the theme."""
    return shortened(plain_text(str(event.summary))) or str(event.theme)


def series_data(series: EventSeries) -> Data:
    """Return the recurring forum."""
    home = absolute(reverse("pages:home"))
    return known(type_="EventSeries", id_=f"{home}#{series.slug}", name=str(series.name), url=home)


def location_data(event: Event, *, mode: str, room: Room | None = None) -> list[Data]:
    """Return where one goes and where one watches; neither is made up for an edition that never said."""
    is_stream = bool(room and room.kind == RoomKind.STREAM)
    found = []
    if mode != AttendanceMode.ONLINE and not is_stream:
        found += _places(event, room)
    if mode in {AttendanceMode.ONLINE, AttendanceMode.MIXED} or is_stream:
        found.append(known(type_="VirtualLocation", url=absolute(event.get_absolute_url())))
    return found


def mode_data(mode: str) -> str | None:
    """Return the form of attendance in schema.org's words."""
    return MODES[AttendanceMode(mode)] if mode else None


def moment(event: Event, at: dt.datetime | None) -> str:
    """Return a moment with the offset of the edition's zone."""
    return at.astimezone(event.zone).isoformat() if at else ""


def language_codes(codes: Iterable[str]) -> list[str]:
    """Return languages as BCP 47 writes them: "zh-Hans"."""
    return [_language_code(code) for code in codes]


def _language_code(code: str) -> str:
    head, *rest = code.split("-")
    return "-".join([head, *(part.title() if len(part) == 4 else part.upper() for part in rest)])


def _places(event: Event, room: Room | None) -> list[dict[str, Any]]:
    whole = _venue(event.venue) if event.venue else _printed_place(str(event.place))
    if room is None:
        return [whole] if whole else []
    return [known(type_="Place", name=str(room.name), address=whole.get("address"), containedInPlace=whole)]


def _venue(venue: Venue) -> Data:
    address = known(
        streetAddress=str(venue.address), addressLocality=str(venue.city), addressCountry=str(venue.country.code or "")
    )
    return known(
        type_="Place",
        name=str(venue.name),
        address={"@type": "PostalAddress", **address} if address else None,
        sameAs=venue.website,
    )


def _printed_place(place: str) -> Data:
    return known(type_="Place", name=place, address=place) if place else {}
