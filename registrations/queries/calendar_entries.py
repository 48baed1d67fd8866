"""Calendar entries: the days of an edition, for anybody and for one registration."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from events.models import CalendarRecord, Event
from forum_site.lib.calendars import CalendarEntry, calendar_file
from forum_site.lib.web_calendars import MICROSOFT_365, google_address, outlook_address
from registrations.enums import RegistrationStatus
from registrations.models import Registration
from registrations.queries.edition_facts import IS_OFF
from registrations.queries.facts import place_of
from registrations.queries.spans import Span, span_of

CONTENT_TYPE = "text/calendar; method={method}"


def days_entry(event: Event, span: Span) -> CalendarEntry:
    """Return the entry for whoever wants to keep the dates, in the current language."""
    return CalendarEntry(
        uid=f"event-{event.pk}@{_host()}",
        **_times(event, span),
        zone_name=event.timezone_name,
        summary=str(event.name),
        description=str(event.theme),
        location=str(event.place or (event.venue.name if event.venue else "")),
        url=settings.SITE_URL + event.get_absolute_url(),
        sequence=event.version,
    )


def registration_entry(registration: Registration, *, status: str = "") -> CalendarEntry:
    """Return the entry of one person, in the current language. Its UID stays the same, its sequence grows.

    It names the public page: calendars are shown to colleagues, the personal link is not for them.
    """
    event = registration.event
    is_confirmed = registration.status == RegistrationStatus.CONFIRMED
    description = [str(event.theme), _("Code: %(code)s") % {"code": registration.code}]
    return CalendarEntry(
        uid=f"registration-{registration.guid}@{_host()}",
        **_times(event, span_of(event)),
        zone_name=event.timezone_name,
        summary=str(event.name),
        description="\n".join(line for line in description if line),
        location=place_of(event, registration.ticket_type),
        url=settings.SITE_URL + event.get_absolute_url(),
        sequence=registration.calendar_sequence + _changes_of(event),
        status=status or ("CONFIRMED" if is_confirmed else "TENTATIVE"),
        organizer_name=str(event.series.contact_name or event.series.name),
        organizer_email=event.series.contact_email or settings.DEFAULT_FROM_EMAIL,
    )


def method_for(registration: Registration) -> str:
    """Return whether the entry holds or is to be taken back: with the registration, or while the edition is off."""
    return "PUBLISH" if registration.is_active and registration.event.status not in IS_OFF else "CANCEL"


def _changes_of(event: Event) -> int:
    """Return a number that grows with every change of what the entry says of the edition and its programme. One query.

    The version counts what organizers do; the records of the sessions are kept by triggers and miss nothing.
    """
    changes = CalendarRecord.objects.filter(event=event).aggregate(number=Sum("sequence"))["number"]
    return event.version + (changes or 0)


def registration_file(registration: Registration, *, method: str = "PUBLISH") -> str:
    """Return the calendar file of one person in the language of the registration; ``CANCEL`` takes the entry back."""
    with override(registration.language):
        entry = registration_entry(registration, status="CANCELLED" if method == "CANCEL" else "")
        file = calendar_file([entry], name=str(registration.event.name), method=method, language=registration.language)
    return file.decode()


def days_file(event: Event) -> str:
    """Return the calendar file of the edition's days in the current language."""
    entry = days_entry(event, span_of(event))
    return calendar_file([entry], name=str(event.name), language=get_language() or "en").decode()


def web_calendars(event: Event) -> dict[str, str]:
    """Return the addresses that open the same entry in the web calendars of Google and Microsoft."""
    entry = days_entry(event, span_of(event))
    office = outlook_address(entry, MICROSOFT_365)
    return {"google": google_address(entry), "outlook": outlook_address(entry), "microsoft_365": office}


def _times(event: Event, span: Span) -> dict[str, Any]:
    """The span of the programme, or whole days where its times are not known."""
    if span.starts_at and span.ends_at:
        return {"starts_at": span.starts_at, "ends_at": span.ends_at}
    return {"starts_at": event.starts_on, "ends_at": event.ends_on}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
