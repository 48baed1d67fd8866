"""The sentences of the mails that tell everybody of an edition that is moved or called off, in the active language."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.enums import AttendanceMode, EventStatus
from events.models import Venue
from forum_site.lib.moments import date_range, zone_words
from registrations.domain import letters
from registrations.emails.words import Words, Writer, entry_goes, filled, names
from registrations.enums import RegistrationStatus
from registrations.models import Registration
from registrations.queries.edition_facts import edition_facts


def _moved(registration: Registration, context: dict[str, Any]) -> Words:
    now = context.get("new") or edition_facts(registration.event)
    before = context.get("old") or now
    subject, heading, first = _what_happened(before["status"])
    new_words, old_words = _printed(now), _printed(before)
    return Words(
        subject=subject % names(registration),
        heading=heading,
        paragraphs=filled(
            first % names(registration),
            _("Now: %(when)s") % {"when": new_words},
            _("Before: %(old)s") % {"old": old_words} if old_words != new_words else "",
            _stays(registration),
            _("If you cannot come any more, please cancel by the link below, so that the next person can."),
        ),
        link_label=_("Open my registration"),
    )


def _what_happened(before: str) -> tuple[str, str, str]:
    """Return subject, heading and first sentence, by what the edition was before."""
    return {
        EventStatus.CANCELLED: (
            _("Takes place after all: %(edition)s"),
            _("The edition takes place after all"),
            _("%(edition)s, which was cancelled, takes place after all."),
        ),
        EventStatus.POSTPONED: (
            _("New dates: %(edition)s"),
            _("The new dates are known"),
            _("%(edition)s, which was postponed, takes place on the dates below."),
        ),
    }.get(
        EventStatus(before),
        (
            _("Changed: %(edition)s"),
            _("Date or place has changed"),
            _("%(edition)s takes place otherwise than you know it."),
        ),
    )


def _postponed(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Postponed: %(edition)s") % names(registration),
        heading=_("The edition is postponed"),
        paragraphs=filled(
            _("%(edition)s does not take place on the dates announced.") % names(registration),
            str(registration.event.status_note),
            entry_goes(_entry(registration)),
            _("Your registration stays as it is. We write to you as soon as the new dates are known."),
        ),
        link_label=_("Open my registration"),
    )


def _cancelled(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Cancelled: %(edition)s") % names(registration),
        heading=_("The edition is cancelled"),
        paragraphs=filled(
            _("%(edition)s does not take place.") % names(registration),
            str(registration.event.status_note),
            entry_goes(_entry(registration)),
            _("You need not do anything. Your data is kept no longer than you were told when you registered."),
        ),
        link_label=_("Open my registration"),
    )


def _stays(registration: Registration) -> str:
    if _entry(registration)["had_entry"]:
        return _("Your registration stays valid. The calendar entry is brought up to date by the file attached.")
    return _("Your registration stays as it is.")


def _entry(registration: Registration) -> dict[str, bool]:
    return {"had_entry": registration.status == RegistrationStatus.CONFIRMED}


def _printed(facts: dict[str, Any]) -> str:
    """The days with their zone, the venue, and the form, as far as they are known."""
    language = get_language() or "en"
    first, last = (dt.date.fromisoformat(facts[name]) for name in ("starts_on", "ends_on"))
    noon = dt.datetime.combine(first, dt.time(12), tzinfo=ZoneInfo(facts["zone"]))
    venue = Venue.objects.filter(pk=facts["venue"]).first() if facts["venue"] else None
    parts = [date_range(first, last, language), zone_words(facts["zone"], noon, language)]
    parts += [str(venue.name) if venue else "", str(AttendanceMode(facts["mode"]).label) if facts["mode"] else ""]
    return " · ".join(filter(None, parts))


EDITION_WRITERS: dict[str, Writer] = {
    letters.EDITION_MOVED: _moved,
    letters.EDITION_POSTPONED: _postponed,
    letters.EDITION_CANCELLED: _cancelled,
}
