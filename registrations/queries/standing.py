"""Where a registration stands, in the words of the banner on the personal page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import AttendanceMode, EventStatus
from registrations.enums import MUST_ANSWER, RegistrationStatus
from registrations.models import Registration
from registrations.queries.spans import deadline_words


@dataclass(frozen=True)
class Standing:
    """The banner: its tone ("positive", "warning", "danger" or ""), its icon, a word and a sentence.

    ``question`` is the word on the one button of somebody who has to answer.
    """

    tone: str
    icon: str
    word: str
    text: str
    question: str = ""


def standing_of(registration: Registration) -> Standing:
    """Return the banner in the current language. One query for whoever waits, else none."""
    if registration.event.status == EventStatus.CANCELLED and registration.is_active:
        return Standing("danger", "cross", _("Cancelled"), _("The whole edition is cancelled. You need do nothing."))
    if registration.status == RegistrationStatus.CONFIRMED:
        return Standing("positive", "check", _("Confirmed"), _confirmed_text(registration))
    if registration.status == RegistrationStatus.WAITLISTED:
        position = {"position": registration.waiting_position()}
        text = _("Your place on the list: %(position)s. We write to you as soon as a place is yours.") % position
        return Standing("warning", "clock", _("On the waiting list"), text)
    if registration.status in MUST_ANSWER:
        return _to_be_answered(registration)
    if registration.is_active:
        text = _("A place is kept for you. The organizers answer by mail.")
        return Standing("warning", "clock", _("To be approved"), text)
    return _over(registration)


def _to_be_answered(registration: Registration) -> Standing:
    """The question, with its deadline; at that moment the place is gone, even if the worker has not come by yet."""
    expires_at = registration.expires_at
    if expires_at is None or expires_at <= timezone.now():
        return _expired()
    moment = {"moment": deadline_words(registration, expires_at)}
    if registration.status == RegistrationStatus.OFFERED:
        text = _("A place has become free and is kept for you until %(moment)s. Then it goes to the next person.")
        return Standing("warning", "clock", _("A place is offered to you"), text % moment, _("Accept the place"))
    text = _("Your place is kept until %(moment)s. Confirm your address, and it is yours.")
    return Standing("warning", "clock", _("Address not confirmed"), text % moment, _("Confirm my address"))


def _expired() -> Standing:
    text = _("The time to answer is over, and the place has been given back.")
    return Standing("danger", "cross", _("Expired"), text)


def _confirmed_text(registration: Registration) -> str:
    if registration.event.status == EventStatus.POSTPONED:
        return _("The edition is postponed. Your registration stays valid for the new dates.")
    if registration.event.is_past:
        return _("This edition is over. Thank you for taking part.")
    if registration.ticket_type.attendance_mode == AttendanceMode.ONLINE:
        return _("You attend online.")
    return _("You attend on site.")


def _over(registration: Registration) -> Standing:
    reason = _("Reason: %(reason)s") % {"reason": registration.status_reason} if registration.status_reason else ""
    if registration.status == RegistrationStatus.DECLINED:
        return Standing("danger", "cross", _("Not accepted"), reason or _("The organizers could not accept it."))
    if registration.status == RegistrationStatus.CANCELLED:
        return Standing("danger", "cross", _("Cancelled"), reason or _("Your place was given back."))
    return _expired()
