"""The facts that stand in mails, on the personal page and beside the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.enums import AttendanceMode
from events.models import Event
from forum_site.lib.moments import date_range, zone_brackets, zone_label, zone_words
from registrations.models import Invitation, Registration, RegistrationGroup, TicketType
from registrations.queries.spans import Span, deadline_words, moment_in, span_of


@dataclass(frozen=True)
class Fact:
    """One labelled line."""

    label: str
    value: str


def facts_of(registration: Registration) -> list[Fact]:
    """Return what a person wants to have at hand, in the current language; unknown facts are left out."""
    event, ticket_type = registration.event, registration.ticket_type
    position = registration.waiting_position()
    facts = [
        Fact(_("Theme"), str(event.theme)),
        Fact(_("Dates"), days_of(event)),
        *times_of(event, registration.timezone_name),
        Fact(_("Place"), place_of(event, ticket_type)),
        *own_facts(registration),
        Fact(_("Place on the waiting list"), str(position) if position else ""),
    ]
    return [fact for fact in facts if fact.value]


def own_facts(registration: Registration) -> list[Fact]:
    """Return what is the person's own, whatever becomes of the edition."""
    return [
        Fact(_("Attendance"), str(registration.ticket_type.name)),
        Fact(_("Name"), registration.full_name),
        Fact(_("Code"), registration.code),
    ]


def invitation_facts(invitation: Invitation) -> list[Fact]:
    """Return what an invited person wants to know first; unknown facts are left out. One query."""
    until = [Fact(_("Please answer by"), deadline_words(invitation, invitation.until))] if invitation.until else []
    return until + place_facts(invitation.event, invitation.ticket_type)


def place_facts(event: Event, ticket_type: TicketType) -> list[Fact]:
    """Return what is known of a place without the person who has it; unknown facts are left out. One query."""
    facts = [
        Fact(_("Theme"), str(event.theme)),
        Fact(_("Dates"), days_of(event)),
        *times_of(event, ""),
        Fact(_("Place"), place_of(event, ticket_type)),
        Fact(_("Attendance"), str(ticket_type.name)),
    ]
    return [fact for fact in facts if fact.value]


def group_facts(group: RegistrationGroup, members: list[Registration]) -> list[Fact]:
    """Return what the contact of a group wants to know, and each person with the status."""
    general = place_facts(group.event, members[0].ticket_type) if members else []
    return general + [Fact(one.full_name, " · ".join(filter(None, standing_in_group(one)))) for one in members]


def standing_in_group(registration: Registration) -> tuple[str, str]:
    """Return where somebody in a group stands, and until when a place without a name must be claimed, or ""."""
    until = registration.expires_at if registration.is_unclaimed else None
    claimed = _("to be claimed until %(moment)s") % {"moment": deadline_words(registration, until)} if until else ""
    return str(registration.get_status_display()), claimed


def offer_facts(event: Event) -> list[Fact]:
    """Return the lines beside the form."""
    facts = [
        Fact(_("Dates"), days_of(event)),
        Fact(_("Place"), _general_place(event)),
        Fact(_("Fee"), str(event.fee)),
    ]
    return [fact for fact in facts if fact.value]


def days_of(event: Event) -> str:
    """Return the days of the edition with the zone in which they are meant."""
    language = get_language() or "en"
    days = date_range(event.starts_on, event.ends_on, language)
    return days + zone_brackets(event.timezone_name, _noon(event), language)


def own_zone_of(registration: Registration) -> str:
    """Return the zone in which somebody reads times, with its offset on the first day; empty where it is not known."""
    if not registration.timezone_name:
        return ""
    return zone_words(registration.timezone_name, _noon(registration.event), get_language() or "en")


def times_of(event: Event, zone_name: str, span: Span | None = None) -> list[Fact]:
    """Return the begin of the programme in event time, and in the person's own time where that differs."""
    language = get_language() or "en"
    begin = (span or span_of(event)).starts_at
    if begin is None:
        return []
    facts = [Fact(_("Begins"), moment_in(event.timezone_name, begin, language))]
    if zone_name and zone_label(zone_name, begin) != zone_label(event.timezone_name, begin):
        facts.append(Fact(_("In your time"), moment_in(zone_name, begin, language)))
    return facts


def place_of(event: Event, ticket_type: TicketType) -> str:
    """Return where somebody with this ticket type goes, as far as it is known."""
    if ticket_type.attendance_mode == AttendanceMode.ONLINE:
        return _("Online")
    if event.venue is None:
        return str(event.place) or _("On site")
    comma = "，" if (get_language() or "en").startswith("zh") else ", "
    street, city = str(event.venue.address), str(event.venue.city)
    parts = (str(event.venue.name), street, "" if city in street else city)
    return comma.join(part for part in parts if part)


def _general_place(event: Event) -> str:
    printed = str(event.place or (event.venue.name if event.venue else ""))
    if event.attendance_mode == AttendanceMode.ONLINE:
        return printed or _("Online")
    if event.attendance_mode == AttendanceMode.MIXED and printed:
        return _("%(place)s, or online") % {"place": printed}
    return printed


def _noon(event: Event) -> dt.datetime:
    return dt.datetime.combine(event.starts_on, dt.time(12), tzinfo=event.zone)
