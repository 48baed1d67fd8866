"""The sentences of each mail, in the language that is active."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from registrations.domain import letters
from registrations.enums import RegistrationStatus
from registrations.models import Registration
from registrations.queries.spans import deadline_words


@dataclass(frozen=True)
class Words:
    """What one mail says. Without ``link_label`` it has no link."""

    subject: str
    heading: str
    paragraphs: list[str] = field(default_factory=list)
    link_label: str = ""


def _confirmed(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Registration confirmed: %(edition)s") % names(registration),
        heading=_("Your registration is confirmed"),
        paragraphs=[
            _("You are registered for %(edition)s.") % names(registration),
            _("The calendar entry is attached. By the link below you can see, change or cancel your registration."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _pending(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Registration received: %(edition)s") % names(registration),
        heading=_("We have received your registration"),
        paragraphs=[
            _("A place at %(edition)s is kept for you until the organizers have answered.") % names(registration),
            _("Their answer comes by mail. By the link below you can see, change or cancel your registration."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _waitlisted(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("On the waiting list: %(edition)s") % names(registration),
        heading=_("You are on the waiting list"),
        paragraphs=[
            _("All places at %(edition)s are taken.") % names(registration),
            *_position(registration),
            _("When a place becomes free it goes to the next person, and we tell you by mail."),
            _("By the link below you see your place on the list, and can leave it."),
            keep_link(),
        ],
        link_label=_("Open my registration"),
    )


def _promoted(registration: Registration, context: dict[str, Any]) -> Words:
    is_pending = registration.status == RegistrationStatus.PENDING
    pending = _("A place has become free and is kept for you until the organizers have answered.")
    confirmed = _("A place has become free, and it is yours. The calendar entry is attached.")
    return Words(
        subject=_("A place is free for you: %(edition)s") % names(registration),
        heading=_("A place is free for you"),
        paragraphs=[
            _("You were on the waiting list for %(edition)s.") % names(registration),
            pending if is_pending else confirmed,
            _("If you cannot come, please cancel by the link below, so that the next person can."),
        ],
        link_label=_("Open my registration"),
    )


def _cancelled(registration: Registration, context: dict[str, Any]) -> Words:
    by_organizer = context.get("by") == "organizer"
    organizer = _("The organizers have cancelled your registration for %(edition)s.")
    attendee = _("Your registration for %(edition)s is cancelled, as you asked.")
    again = "" if by_organizer else _("As long as registration is open you may register anew.")
    return Words(
        subject=_("Registration cancelled: %(edition)s") % names(registration),
        heading=_("Your registration is cancelled"),
        paragraphs=filled(
            (organizer if by_organizer else attendee) % names(registration), reason(context), entry_goes(context), again
        ),
    )


def _declined(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Registration not accepted: %(edition)s") % names(registration),
        heading=_("Your registration could not be accepted"),
        paragraphs=filled(
            _("The organizers of %(edition)s could not accept your registration.") % names(registration),
            reason(context),
        ),
    )


def _existing(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Your link: %(edition)s") % names(registration),
        heading=_("You are registered already"),
        paragraphs=filled(
            _("Somebody, probably you, has asked for your registration for %(edition)s.") % names(registration),
            _existing_status(registration),
            *_position(registration),
            _("Nothing was changed. By the link below you can see, change or cancel your registration."),
            keep_link(),
        ),
        link_label=_("Open my registration"),
    )


def _unverified(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("Please confirm your address: %(edition)s") % names(registration),
        heading=_("Please confirm your address"),
        paragraphs=[
            _("Somebody, probably you, has registered with this address for %(edition)s.") % names(registration),
            *_until(registration, context, _("The place is kept for you until %(moment)s.")),
            _("Open the link and press the button; then the place is yours. If it was not you, do nothing."),
            keep_link(),
        ],
        link_label=_("Confirm my address"),
    )


def _offered(registration: Registration, context: dict[str, Any]) -> Words:
    return Words(
        subject=_("A place is offered to you: %(edition)s") % names(registration),
        heading=_("A place is offered to you"),
        paragraphs=[
            _("You were on the waiting list for %(edition)s. A place has become free.") % names(registration),
            *_until(registration, context, _("It is kept for you until %(moment)s.")),
            _("Open the link and accept it or decline it. After that moment it goes to the next person."),
            keep_link(),
        ],
        link_label=_("Answer the offer"),
    )


def _expired(registration: Registration, context: dict[str, Any]) -> Words:
    offer = _("The place offered to you at %(edition)s was not accepted in time.")
    address = _("Your address was not confirmed in time for %(edition)s.")
    was_offered = context.get("old") == RegistrationStatus.OFFERED
    return Words(
        subject=_("Registration expired: %(edition)s") % names(registration),
        heading=_("Your registration has expired"),
        paragraphs=[
            (offer if was_offered else address) % names(registration),
            _("The place has been given back. As long as registration is open you may register anew."),
        ],
    )


def _changed(registration: Registration, context: dict[str, Any]) -> Words:
    facts = names(registration) | {"ticket_type": str(registration.ticket_type.name)}
    return Words(
        subject=_("Registration changed: %(edition)s") % facts,
        heading=_("Your registration is changed"),
        paragraphs=filled(
            _("You now attend %(edition)s as: %(ticket_type)s.") % facts,
            _existing_status(registration),
            _("A calendar entry that you have kept is brought up to date by the file attached.")
            if registration.status == RegistrationStatus.CONFIRMED
            else "",
        ),
        link_label=_("Open my registration"),
    )


Writer = Callable[[Registration, dict[str, Any]], Words]
WRITERS: dict[str, Writer] = {
    letters.CONFIRMED: _confirmed,
    letters.PENDING: _pending,
    letters.WAITLISTED: _waitlisted,
    letters.PROMOTED: _promoted,
    letters.CANCELLED: _cancelled,
    letters.DECLINED: _declined,
    letters.EXISTING: _existing,
    letters.UNVERIFIED: _unverified,
    letters.OFFERED: _offered,
    letters.EXPIRED: _expired,
    letters.CHANGED: _changed,
}


def names(registration: Registration) -> dict[str, str]:
    """Return what nearly every sentence names."""
    return {"edition": str(registration.event.name)}


def _position(registration: Registration) -> list[str]:
    position = registration.waiting_position()
    return [_("Your place on the list: %(position)s.") % {"position": position}] if position else []


def _existing_status(registration: Registration) -> str:
    return {
        RegistrationStatus.CONFIRMED: _("Your registration is confirmed."),
        RegistrationStatus.PENDING: _("Your registration waits for the organizers' answer."),
        RegistrationStatus.WAITLISTED: _("You are on the waiting list."),
        RegistrationStatus.UNVERIFIED: _("Your address is not confirmed yet: open the link and press the button."),
        RegistrationStatus.OFFERED: _("A place is offered to you: please open the link and accept or decline it."),
    }.get(RegistrationStatus(registration.status), "")


def _until(registration: Registration, context: dict[str, Any], sentence: str) -> list[str]:
    """Name the deadline in the person's own time, where it is known, beside the time of the edition."""
    if not context.get("until"):
        return []
    moment = deadline_words(registration, dt.datetime.fromisoformat(context["until"]))
    return [sentence % {"moment": moment}]


def reason(context: dict[str, Any]) -> str:
    """Return the organizers' reason as a paragraph, or ""."""
    return _("Reason: %(reason)s") % context if context.get("reason") else ""


def keep_link() -> str:
    """Return the warning under every personal link."""
    return _("The link is personal and needs no password: please do not pass it on.")


def entry_goes(context: dict[str, Any]) -> str:
    """Return what becomes of the calendar entry that the person had, or ""."""
    return _("The calendar file attached removes the entry.") if context.get("had_entry") else ""


def filled(*paragraphs: str) -> list[str]:
    """Leave out the paragraphs that are empty."""
    return [paragraph for paragraph in paragraphs if paragraph]
